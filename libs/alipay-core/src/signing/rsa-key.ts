import { BigInteger, RSAKey } from 'jsrsasign';

/** jsrsasign's RSA key, with the members that its published types leave out. */
export interface Rsa extends RSAKey {
  readonly n: BigInteger;
  readonly e: number;
  readonly isPrivate: boolean;
  setPublic(modulusHex: string, exponentHex: string): void;
  readPKCS5PubKeyHex(hex: string): void;
  /** The public operation: value to the power of e, modulo n. */
  doPublic(value: BigInteger): BigInteger;
}

export function isRsa(key: unknown): key is Rsa {
  return key instanceof RSAKey;
}

/** The public half of a key. */
export function rsaPublicKey({ n, e }: Rsa): Rsa {
  const key = emptyKey();
  key.setPublic(n.toString(16), e.toString(16));
  return key;
}

/** RFC 8017, appendix A.1.1. */
export function rsaPublicKeyOfPkcs1(hex: string): Rsa {
  const key = emptyKey();
  key.readPKCS5PubKeyHex(hex);
  return key;
}

function emptyKey(): Rsa {
  const key: RSAKey = new RSAKey();
  if (!isRsa(key)) throw new TypeError('jsrsasign made no RSA key.');
  return key;
}

/** The published types know no constructor from hexadecimal. */
export function bigInteger(hex: string): BigInteger {
  return Reflect.construct(BigInteger, [hex, 16]) as BigInteger;
}
