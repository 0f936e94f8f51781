import { PublicKey } from './keys.js';
import { readPublicKey } from './read-public-key.js';
import { resolve, type SignOptions } from './sign.js';

/**
 * Whether a signature in base64 is the key's over exactly this text or these bytes.
 *
 * A malformed signature is false, never a throw. Throws `AlipayError` (`INVALID_PUBLIC_KEY`, `UNSUPPORTED_SIGN_TYPE`,
 * `UNSUPPORTED_CHARSET`, `UNENCODABLE_CHARACTER`) for what is not the signature's fault.
 * Source: the gateway's published signing rules; RFC 8017, section 8.2.
 *
 * @param content a text, which is written in the charset, or the bytes as they came
 * @param signature the signature in base64
 * @param publicKey Alipay's public key, as text or read before
 * @param options sign type, charset and engine
 *
 * @example
 * const isGenuine = verify(signedBytes, signature, alipayPublicKey);
 */
export function verify(
  content: string | Uint8Array,
  signature: string,
  publicKey: string | PublicKey,
  options: SignOptions = {},
): boolean {
  const key = publicKey instanceof PublicKey ? publicKey : readPublicKey(publicKey);
  const { engine, signType, bytes } = resolve(content, options);
  return engine.verify(bytes, signature, key, signType);
}
