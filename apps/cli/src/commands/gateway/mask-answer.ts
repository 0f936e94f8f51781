import { maskSecret, redactText, type JsonObject, type JsonValue } from '@zhimaper/alipay-core';

/** An answer's data with tokens, personal data and key material masked, wherever they stand in it. */
export function maskAnswer(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, maskValue(value, isSensitive(name))]),
  );
}

function maskValue(value: JsonValue, sensitive: boolean): JsonValue {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, sensitive));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        maskValue(inner, sensitive || isSensitive(name)),
      ]),
    );
  }
  if (value === null || typeof value === 'boolean') return value;
  const text = String(value);
  const masked = sensitive ? maskSecret(text) : redactText(text);
  return masked === text ? value : masked;
}

/** Whether the one list of sensitive members, alipay-core's, knows the name. */
function isSensitive(name: string): boolean {
  const member = JSON.stringify({ [name]: 'x' });
  return redactText(member) !== member;
}
