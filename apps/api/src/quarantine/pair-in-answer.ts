import {
  AlipayError,
  parseResponse,
  ZHIMA_AUTHORIZATION_METHOD,
  type Charset,
  type JsonValue,
} from '@zhimaper/alipay-core';

/** The tokens that an answer holds which nobody vouches for. */
export interface UnverifiedPair {
  accessToken: string;
  refreshToken: string;
  tokenType: 'permanent' | null;
}

const REPLACEMENT = '\ufffd';

/**
 * Takes the token pair out of an answer that was not believed, for a person who decided to believe it. Null where
 * the answer cannot be read, or where a token is missing or damaged.
 *
 * @param charset the one that the answer was asked for in
 */
export function pairInAnswer(bytes: Uint8Array, charset: Charset): UnverifiedPair | null {
  const members = membersOf(bytes, charset);
  const accessToken = members?.['access_token'];
  const refreshToken = members?.['refresh_token'];
  if (!isToken(accessToken) || !isToken(refreshToken)) return null;
  const tokenType = members?.['auth_token_type'] === 'permanent' ? 'permanent' : null;
  return { accessToken, refreshToken, tokenType };
}

function membersOf(bytes: Uint8Array, charset: Charset): Record<string, JsonValue> | null {
  try {
    const { value } = parseResponse(bytes, { method: ZHIMA_AUTHORIZATION_METHOD, charset });
    return typeof value === 'string' ? null : value;
  } catch (error) {
    if (error instanceof AlipayError) return null;
    throw error;
  }
}

function isToken(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '' && !value.includes(REPLACEMENT);
}
