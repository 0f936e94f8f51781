import { unescapeSlashes } from './response-text.js';
import type { ScannedResponse } from './response-scanner.js';

/** Whether `sign` (base64) is Alipay's over exactly these bytes; in certificate mode the serial number names the key. */
export type AnswerVerifier = (
  signedBytes: Uint8Array,
  sign: string,
  alipayCertSn: string | null,
) => boolean;

/** How far a signature makes an answer believed. */
export type Trust = 'verified' | 'unsigned-answer' | 'invalid-signature';
/** The same, where the certificate itself may be one that is not believed. */
export type AnswerTrust = Trust | 'untrusted-certificate';

/**
 * How far an answer may be believed: its signature over the bytes as they came, then once more with `\/` read as `/`,
 * since some of the gateway's systems escape slashes after signing.
 *
 * Source: interface document, public response parameters.
 * Throws only what `verify` throws.
 *
 * @param response an answer that `parseResponse` took apart
 * @param verify what checks a signature
 *
 * @example
 * const trust = trustIn(parseResponse(body, { method }), (bytes, sign) => verify(bytes, sign, alipayPublicKey));
 */
export function trustIn(
  { signedBytes, sign, alipayCertSn, charset }: ScannedResponse,
  verify: AnswerVerifier,
): Trust {
  if (sign === null) return 'unsigned-answer';
  if (verify(signedBytes, sign, alipayCertSn)) return 'verified';
  const unescaped = unescapeSlashes(signedBytes, charset);
  return unescaped !== null && verify(unescaped, sign, alipayCertSn)
    ? 'verified'
    : 'invalid-signature';
}
