import { jsrsasignSignatureEngine } from './jsrsasign-engine.js';
import { PrivateKey } from './keys.js';
import { resolvePortably, type PortableSignOptions } from './portable-options.js';
import { readPrivateKey } from './read-private-key.js';

/**
 * Signs a text or bytes with nothing but the language and answers the signature in base64: the same bytes as
 * `node:crypto`, some eighty times slower.
 *
 * A key that is used again should be read once with `readPrivateKey`. Throws `AlipayError` (`INVALID_PRIVATE_KEY`,
 * `UNSUPPORTED_SIGN_TYPE`, `UNSUPPORTED_CHARSET`, `UNENCODABLE_CHARACTER`).
 * Source: the gateway's published signing rules; RFC 8017, section 8.2.
 *
 * @param content a text, which is written in UTF-8, or the bytes themselves
 * @param privateKey the application's private key, as text or read before
 * @param options the sign type
 *
 * @example
 * const signature = await sign(buildStringToSign(parameters), privateKey, { signType: 'RSA2' });
 */
export async function sign(
  content: string | Uint8Array,
  privateKey: string | PrivateKey,
  options: PortableSignOptions = {},
): Promise<string> {
  const key = privateKey instanceof PrivateKey ? privateKey : readPrivateKey(privateKey);
  const { bytes, signType } = resolvePortably(content, options);
  return jsrsasignSignatureEngine.sign(bytes, key, signType);
}
