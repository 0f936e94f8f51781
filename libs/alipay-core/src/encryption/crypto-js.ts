import * as jsrsasign from 'jsrsasign';

/** Bytes as CryptoJS holds them: big-endian words of 32 bits. */
interface Words {
  readonly words: number[];
  readonly sigBytes: number;
}

interface CipherOptions {
  readonly iv: Words;
  readonly mode: unknown;
  readonly padding: { pad(): void; unpad(): void };
}

/** The part of CryptoJS that is used here. */
interface CryptoJs {
  readonly AES: {
    encrypt(plain: Words, key: Words, options: CipherOptions): { ciphertext: Words };
    decrypt(sealed: { ciphertext: Words }, key: Words, options: CipherOptions): Words;
  };
  readonly enc: {
    readonly Base64: { parse(text: string): Words; stringify(words: Words): string };
  };
  readonly lib: { readonly WordArray: { create(words: number[], sigBytes: number): Words } };
  readonly mode: { readonly CBC: unknown };
}

/** It comes inside jsrsasign, whose published types leave it out. */
export const { CryptoJS } = jsrsasign as unknown as { readonly CryptoJS: CryptoJs };

export function toWords(bytes: Uint8Array): Words {
  const words = new Array<number>(Math.ceil(bytes.length / 4)).fill(0);
  for (const [at, byte] of bytes.entries()) {
    words[at >>> 2] = (words[at >>> 2] ?? 0) | (byte << (24 - 8 * (at % 4)));
  }
  return CryptoJS.lib.WordArray.create(words, bytes.length);
}

export function toBytes({ words, sigBytes }: Words): Uint8Array {
  return Uint8Array.from(
    { length: sigBytes },
    (_, at) => ((words[at >>> 2] ?? 0) >>> (24 - 8 * (at % 4))) & 0xff,
  );
}

/** The bytes of a base64 text in its one canonical spelling, or null for any other text. */
export function readBase64(text: string): Uint8Array | null {
  const words = CryptoJS.enc.Base64.parse(text);
  return CryptoJS.enc.Base64.stringify(words) === text ? toBytes(words) : null;
}
