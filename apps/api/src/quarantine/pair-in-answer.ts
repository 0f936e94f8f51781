import {
  AlipayError,
  decryptContent,
  parseResponse,
  ZHIMA_AUTHORIZATION_METHOD,
  type Charset,
  type EncryptKey,
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
 * the answer cannot be read, whatever the reason, or where a token is missing or damaged.
 *
 * @param charset the one that the answer was asked for in
 * @param encryptKey opens an answer that was encrypted, perhaps another key than the one that did not
 */
export function pairInAnswer(
  bytes: Uint8Array,
  charset: Charset,
  encryptKey?: EncryptKey,
): UnverifiedPair | null {
  const members = membersOf(bytes, charset, encryptKey);
  const accessToken = members?.['access_token'];
  const refreshToken = members?.['refresh_token'];
  if (!isToken(accessToken) || !isToken(refreshToken)) return null;
  const tokenType = members?.['auth_token_type'] === 'permanent' ? 'permanent' : null;
  return { accessToken, refreshToken, tokenType };
}

function membersOf(
  bytes: Uint8Array,
  charset: Charset,
  encryptKey: EncryptKey | undefined,
): Record<string, unknown> | null {
  try {
    const { value } = parseResponse(bytes, { method: ZHIMA_AUTHORIZATION_METHOD, charset });
    if (typeof value !== 'string') return value;
    if (encryptKey === undefined) return null;
    const content: unknown = JSON.parse(
      Buffer.from(decryptContent(value, encryptKey)).toString('utf8'),
    );
    return typeof content === 'object' && content !== null ? { ...content } : null;
  } catch (error) {
    if (error instanceof AlipayError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !value.includes(REPLACEMENT);
}
