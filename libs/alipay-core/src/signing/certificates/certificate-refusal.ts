import { AlipayError } from '../../errors/alipay-error.js';

/** Says what was found in place of a certificate; never the text, nor what a parser said of it. */
export function certificateRefusal(found: string): AlipayError {
  return new AlipayError('INVALID_CERTIFICATE', `Found ${found}, wanted an X.509 certificate.`, {
    nextStep:
      "Give the whole .crt file as it came from the open platform's console, -----BEGIN CERTIFICATE----- included.",
  });
}
