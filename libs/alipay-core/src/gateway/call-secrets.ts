import type { JsonValue } from './answer.js';
import type { GatewayCall } from './request.js';

/** Shorter values stand inside ordinary words: replacing them would destroy a text and hide nothing. */
const SHORTEST_SECRET = 2;

/**
 * Lists every value of a call that must not come back in a text of the gateway: its errors may echo the whole
 * string that was signed.
 */
export function callSecrets(call: GatewayCall): string[] {
  const values = [
    ...Object.values(call.params ?? {}),
    call.appAuthToken ?? '',
    call.authToken ?? '',
    ...leaves(call.bizContent ?? ''),
  ];
  return values.filter((value) => value.length >= SHORTEST_SECRET);
}

function leaves(value: JsonValue): string[] {
  if (typeof value === 'string') return [value, ...leavesOfJson(value)];
  if (typeof value === 'number') return [String(value)];
  if (value === null || typeof value === 'boolean') return [];
  return Object.values(value).flatMap(leaves);
}

/** A text may be JSON inside JSON: bizContent given as text, or a nested document. */
function leavesOfJson(text: string): string[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return leaves(JSON.parse(text) as JsonValue);
  } catch {
    return [];
  }
}
