import { KJUR } from 'jsrsasign';
import { fromHex } from './hex.js';

/** Something that works but should not stay as it is. */
export interface KeyWarning {
  code: 'KEY_TOO_SHORT';
  message: string;
}

/** Alipay asks for 2048 bits; NIST SP 800-131A allows no less since 2014. */
const SHORTEST_GOOD_MODULUS = 2048;
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** What both kinds of keys show of themselves, which is never the key. */
abstract class Key<Format extends string> {
  protected abstract readonly kind: string;
  /** The format that the key was given in. */
  readonly format: Format;
  /** The length of the key in bits: 2048 is what Alipay asks for. */
  readonly modulusBits: number;
  readonly warnings: readonly KeyWarning[];

  constructor(format: Format, modulusBits: number) {
    this.format = format;
    this.modulusBits = modulusBits;
    this.warnings =
      modulusBits < SHORTEST_GOOD_MODULUS
        ? [
            {
              code: 'KEY_TOO_SHORT',
              message: `An RSA key of ${modulusBits} bits is too short: use ${SHORTEST_GOOD_MODULUS}.`,
            },
          ]
        : [];
  }

  toString(): string {
    return `[${this.kind}: RSA ${this.modulusBits} bits, ${this.format}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [INSPECT](): string {
    return this.toString();
  }
}

export type PublicKeyFormat = 'SPKI' | 'PKCS#1' | 'X.509';
export type PrivateKeyFormat = 'PKCS#8' | 'PKCS#1';

/** An RSA public key, read and checked. Make one with `readPublicKey`. */
export class PublicKey extends Key<PublicKeyFormat> {
  protected readonly kind = 'PublicKey';
  readonly #spkiHex: string;

  constructor(spkiHex: string, modulusBits: number, format: PublicKeyFormat) {
    super(format, modulusBits);
    this.#spkiHex = spkiHex;
  }

  /** The key as SubjectPublicKeyInfo (RFC 5280, section 4.1), DER. */
  get spkiDer(): Uint8Array {
    return fromHex(this.#spkiHex);
  }

  /** SHA-256 over `spkiDer`, in hexadecimal: names the key without being it. */
  get fingerprint(): string {
    return KJUR.crypto.Util.hashHex(this.#spkiHex, 'sha256');
  }

  /**
   * Whether another key is the same one, whatever formats the two were given in.
   *
   * Never throws. Source: RFC 5280, section 4.1 (one encoding a key).
   *
   * @param other the key to compare with
   *
   * @example
   * readPrivateKey(pem).publicKey.equals(readPublicKey(alipayPublicKey)); // false, or the wrong key is configured
   */
  equals(other: PublicKey): boolean {
    return this.#spkiHex === other.#spkiHex;
  }
}

/** An RSA private key, read and checked. Make one with `readPrivateKey`. */
export class PrivateKey extends Key<PrivateKeyFormat> {
  protected readonly kind = 'PrivateKey';
  readonly publicKey: PublicKey;
  readonly #pkcs8Hex: string;

  constructor(pkcs8Hex: string, publicKey: PublicKey, format: PrivateKeyFormat) {
    super(format, publicKey.modulusBits);
    this.#pkcs8Hex = pkcs8Hex;
    this.publicKey = publicKey;
  }

  /** The key as PKCS#8 (RFC 5208), DER: the secret itself. */
  get pkcs8Der(): Uint8Array {
    return fromHex(this.#pkcs8Hex);
  }
}
