import { BigInteger, KEYUTIL, pemtohex, RSAKey } from 'jsrsasign';
import { PrivateKey, PublicKey, type PrivateKeyFormat, type PublicKeyFormat } from './keys.js';

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

/** The further members of a private key, by their names in RFC 8017: d, p, q, dP, dQ, qInv. */
export interface RsaPrivate extends Rsa {
  readonly d: BigInteger;
  readonly p: BigInteger;
  readonly q: BigInteger;
  readonly dmp1: BigInteger;
  readonly dmq1: BigInteger;
  readonly coeff: BigInteger;
}

export function isRsa(key: unknown): key is Rsa {
  return key instanceof RSAKey;
}

export function asRsa(key: unknown): Rsa {
  if (isRsa(key)) return key;
  throw new TypeError('The key is not an RSA key.');
}

/** Only a key with all its numbers: jsrsasign's readers leave none out. */
export function isRsaPrivate(key: unknown): key is RsaPrivate {
  return isRsa(key) && key.isPrivate && 'p' in key && key.p instanceof BigInteger;
}

export function toPublicKey({ n, e }: Rsa, format: PublicKeyFormat): PublicKey {
  const key = emptyKey();
  key.setPublic(n.toString(16), e.toString(16));
  return new PublicKey(pemtohex(KEYUTIL.getPEM(key)), n.bitLength(), format);
}

export function toPrivateKey(key: RsaPrivate, format: PrivateKeyFormat): PrivateKey {
  return new PrivateKey(
    pemtohex(KEYUTIL.getPEM(key, 'PKCS8PRV')),
    toPublicKey(key, 'SPKI'),
    format,
  );
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
