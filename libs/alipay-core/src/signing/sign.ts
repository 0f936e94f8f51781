import { encodeText, parseCharset } from '../charset/index.js';
import { defaultSignatureEngine } from './default-engine.js';
import { PrivateKey } from './keys.js';
import { readPrivateKey } from './read-private-key.js';
import { parseSignType } from './sign-type.js';
import type { SignatureEngine } from './signature-engine.js';

export interface SignOptions {
  /** `RSA2` (default) or `RSA`, in any letter case. */
  signType?: string;
  /** How a text becomes bytes, in any letter case; `utf-8` by default. */
  charset?: string;
  /** Default: `node:crypto` where there is one, else jsrsasign. */
  engine?: SignatureEngine;
}

/**
 * Signs a text or bytes and answers the signature in base64.
 *
 * A key that is used again should be read once with `readPrivateKey`. Throws `AlipayError` (`INVALID_PRIVATE_KEY`,
 * `UNSUPPORTED_SIGN_TYPE`, `UNSUPPORTED_CHARSET`, `UNENCODABLE_CHARACTER`).
 * Source: the gateway's published signing rules; RFC 8017, section 8.2.
 *
 * @param content a text, which is written in the charset, or the bytes themselves
 * @param privateKey the application's private key, as text or read before
 * @param options sign type, charset and engine
 *
 * @example
 * const signature = await sign(buildStringToSign(parameters), privateKey, { charset: 'gbk' });
 */
export async function sign(
  content: string | Uint8Array,
  privateKey: string | PrivateKey,
  options: SignOptions = {},
): Promise<string> {
  const key = privateKey instanceof PrivateKey ? privateKey : readPrivateKey(privateKey);
  const { engine, signType, bytes } = resolve(content, options);
  return engine.sign(bytes, key, signType);
}

/** What signing and verifying have in common. */
export function resolve(content: string | Uint8Array, options: SignOptions) {
  const { engine = defaultSignatureEngine(), signType = 'RSA2', charset = 'utf-8' } = options;
  const bytes = typeof content === 'string' ? encodeText(content, parseCharset(charset)) : content;
  return { engine, signType: parseSignType(signType), bytes };
}
