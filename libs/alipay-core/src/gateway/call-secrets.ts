import type { BizValue } from './biz-content.js';
import type { GatewayCall } from './call-parameters.js';

/** Shorter values stand inside ordinary words: replacing them would destroy a text and hide nothing. */
const SHORTEST_SECRET = 2;

/**
 * Lists every value of a call that must not come back in a text of the gateway: its errors may echo the whole
 * string that was signed.
 *
 * @param defaultAppAuthToken the client's, for a call that names none
 */
export function callSecrets(call: GatewayCall, defaultAppAuthToken = ''): string[] {
  const values = [
    ...Object.values(call.params ?? {}),
    call.appAuthToken ?? defaultAppAuthToken,
    call.authToken ?? '',
    ...leaves(call.bizContent ?? ''),
  ];
  return values.filter((value) => value.length >= SHORTEST_SECRET);
}

function leaves(value: BizValue): string[] {
  if (typeof value === 'string') return [value, ...leavesOfJson(value)];
  if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** A text may be JSON inside JSON: bizContent given as text, or a nested document. */
function leavesOfJson(text: string): string[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return leaves(JSON.parse(text) as BizValue);
  } catch {
    return [];
  }
}
