import { AlipayError } from '../errors/alipay-error.js';

const KINDS = {
  INVALID_PRIVATE_KEY: {
    wanted: "the application's RSA private key (PKCS#8 or PKCS#1)",
    nextStep:
      'Give the private key that belongs to the application, whole, as PEM or as one line of base64.',
  },
  INVALID_PUBLIC_KEY: {
    wanted: "Alipay's RSA public key (SPKI, PKCS#1 or an X.509 certificate)",
    nextStep: "Copy Alipay's public key (支付宝公钥) whole from the open platform's console.",
  },
} as const;

/** Says what was found in place of a key, and what was wanted; never the key, nor what a parser said of it. */
export function keyRefusal(
  code: keyof typeof KINDS,
  found: string,
  nextStep: string = KINDS[code].nextStep,
): AlipayError {
  const article = /^[AEIOU]/i.test(found) ? 'an' : 'a';
  return new AlipayError(code, `Found ${article} ${found}, wanted ${KINDS[code].wanted}.`, {
    nextStep,
  });
}
