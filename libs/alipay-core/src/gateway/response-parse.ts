import { encodeText, type Charset } from '../charset/index.js';
import { AlipayError } from '../errors/alipay-error.js';
import { maskSecret, withMaskedViews } from '../redaction/index.js';
import { maskedMembers } from './response-masks.js';
import { scanResponse, type ScannedResponse } from './response-scanner.js';

export interface ParseResponseOptions {
  /** The method called, such as `alipay.trade.query`. */
  method: string;
  /** The charset asked for; `utf-8` by default. */
  charset?: Charset;
  /** Most levels of nesting, 1 to 512; 64 by default. */
  maxDepth?: number;
  /** Most bytes, inclusive; 10,485,760 by default. */
  maxBytes?: number;
}

/**
 * Takes a gateway answer apart without verifying it: the signed bytes, the parsed value and the signature.
 *
 * A text is taken for the answer in `charset`; hand over the bytes wherever they are still at hand, since only
 * they are what was signed. The result prints without its values.
 *
 * Throws `AlipayError` (`MALFORMED_RESPONSE`) for bytes that are no gateway answer, and (`UNENCODABLE_CHARACTER`)
 * for a text that `charset` cannot hold; `TypeError` when `maxDepth` is out of range.
 * Source: interface document, public response parameters.
 *
 * @param body the answer's bytes as they came, or its text
 * @param options the method called, the charset asked for, and limits in bytes and levels
 *
 * @example
 * const answer = parseResponse(body, { method: 'alipay.trade.query' });
 * const isGenuine = verify(answer.signedBytes, answer.sign ?? '', alipayPublicKey);
 */
export function parseResponse(
  body: Uint8Array | string,
  { charset = 'utf-8', ...options }: ParseResponseOptions,
): ScannedResponse {
  const bytes = typeof body === 'string' ? encodeText(body, charset, 'body') : body;
  const scanned = scanResponse(bytes, { ...options, charset });
  if (!scanned.ok) {
    throw new AlipayError(
      'MALFORMED_RESPONSE',
      `These bytes are no gateway answer (${scanned.reason}): ${scanned.detail}, at byte ${scanned.offset}.`,
      {
        nextStep:
          'Check that the whole body was kept as it came, and that method is the one called.',
      },
    );
  }
  const { memberName, signedBytes, value, sign, alipayCertSn, charset: actual } = scanned;
  const response = { memberName, signedBytes, value, sign, alipayCertSn, charset: actual };
  return withMaskedViews(response, {
    ...response,
    signedBytes: `[${signedBytes.length} bytes]`,
    value: typeof value === 'string' ? maskSecret(value) : maskedMembers(value),
  });
}
