import { jsrsasignSignatureEngine } from './jsrsasign-engine.js';
import { PublicKey } from './keys.js';
import { resolvePortably, type PortableSignOptions } from './portable-options.js';
import { readPublicKey } from './read-public-key.js';

/**
 * Whether a signature in base64 is the key's over exactly this text or these bytes, found with nothing but the language.
 *
 * A malformed signature is false, never a throw. Throws `AlipayError` (`INVALID_PUBLIC_KEY`, `UNSUPPORTED_SIGN_TYPE`,
 * `UNSUPPORTED_CHARSET`, `UNENCODABLE_CHARACTER`) for what is not the signature's fault.
 * Source: the gateway's published signing rules; RFC 8017, section 8.2.
 *
 * @param content a text, which is written in UTF-8, or the bytes as they came
 * @param signature the signature in base64
 * @param publicKey Alipay's public key, as text or read before
 * @param options the sign type
 *
 * @example
 * const isGenuine = verify(signedBytes, signature, alipayPublicKey);
 */
export function verify(
  content: string | Uint8Array,
  signature: string,
  publicKey: string | PublicKey,
  options: PortableSignOptions = {},
): boolean {
  const key = publicKey instanceof PublicKey ? publicKey : readPublicKey(publicKey);
  const { bytes, signType } = resolvePortably(content, options);
  return jsrsasignSignatureEngine.verify(bytes, signature, key, signType);
}
