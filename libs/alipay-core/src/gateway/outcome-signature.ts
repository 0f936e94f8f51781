import { unescapeSlashes } from './response-text.js';
import type { ScannedResponse } from './response-scanner.js';

/** Whether `sign` (base64) is Alipay's over exactly these bytes; in certificate mode the serial number names the key. */
export type AnswerVerifier = (
  signedBytes: Uint8Array,
  sign: string,
  alipayCertSn: string | null,
) => boolean;

export type Trust = 'verified' | 'unsigned-answer' | 'invalid-signature';

/** How far an answer may be believed. */
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
