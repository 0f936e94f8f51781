import { AlipayError } from '../errors/alipay-error.js';
import type { SignType } from './signature-engine.js';

/** The hash of each signature type, by the name that both engines use. */
export const DIGESTS: Readonly<Record<SignType, string>> = { RSA2: 'sha256', RSA: 'sha1' };

/**
 * Reads a signature type in any letter case.
 *
 * Throws `AlipayError` (`UNSUPPORTED_SIGN_TYPE`). Source: interface document, `sign_type`.
 *
 * @param name the name
 *
 * @example
 * parseSignType('rsa2') // 'RSA2'
 */
export function parseSignType(name: string): SignType {
  const signType = name.trim().toUpperCase();
  if (signType === 'RSA2' || signType === 'RSA') return signType;
  throw new AlipayError('UNSUPPORTED_SIGN_TYPE', 'The sign type is neither RSA2 nor RSA.', {
    nextStep: 'Use RSA2 (SHA-256), or RSA (SHA-1) where an old application still needs it.',
  });
}
