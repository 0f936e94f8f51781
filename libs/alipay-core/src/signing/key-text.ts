import { ASN1HEX, b64tohex, hextob64 } from 'jsrsasign';
import { cleanPastedText } from './pasted-text.js';

/** What a text that should be a key holds. */
type KeyMaterial =
  | 'PKCS#1 private key'
  | 'PKCS#8 private key'
  | 'encrypted private key'
  | 'PKCS#1 public key'
  | 'SPKI public key'
  | 'X.509 certificate'
  | 'certificate request'
  | 'EC private key'
  | 'EC key'
  | 'key of another algorithm'
  | 'OpenSSH key'
  | 'PKCS#12 file'
  | 'JSON web key'
  | 'PEM text in base64'
  | 'PEM block without its end'
  | 'key that is cut short'
  | 'empty text'
  | 'damaged text'
  | 'unknown text';

export interface KeyText {
  found: KeyMaterial;
  /** The DER structure, or '' where there is none. */
  hex: string;
  /** The whole PEM block for a key encrypted the old way (`Proc-Type: 4,ENCRYPTED`), else null. */
  legacyPem: string | null;
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
/** `-----BEGIN` in hexadecimal. */
const PEM_ARMOUR = '2d2d2d2d2d424547494e';
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \1-----/gs;

/**
 * Takes a key's text apart, however it was pasted: PEM or bare base64, literal `\n`, Windows line ends, a byte order
 * mark, quotes and blanks around it. Says what it found and never throws.
 */
export function readKeyText(text: string): KeyText {
  const cleaned = cleanPastedText(text);
  if (cleaned === '') return nothing('empty text');
  if (/^(ssh|ecdsa)-/.test(cleaned)) return nothing('OpenSSH key');
  if (cleaned.startsWith('{')) return nothing('JSON web key');
  if (!cleaned.includes('-----')) return readBase64(cleaned);
  // OpenSSL puts a curve's parameters before its key.
  const block = [...cleaned.matchAll(PEM_BLOCK)].find(([, label]) => label !== 'EC PARAMETERS');
  const [, label = '', body = ''] = block ?? [];
  if (block === undefined) return nothing('PEM block without its end');
  if (label === 'OPENSSH PRIVATE KEY') return nothing('OpenSSH key');
  if (body.includes('Proc-Type:')) {
    return { found: 'encrypted private key', hex: '', legacyPem: block[0] };
  }
  return readBase64(body);
}

function nothing(found: KeyMaterial): KeyText {
  return { found, hex: '', legacyPem: null };
}

function readBase64(text: string): KeyText {
  const base64 = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return nothing('unknown text');
  const hex = b64tohex(base64);
  if (hex.startsWith(PEM_ARMOUR)) return nothing('PEM text in base64');
  // A part of a key decodes too, but is shorter than its own header says.
  if (hex.startsWith('30') && ASN1HEX.getTLVblen(hex, 0) > hex.length) {
    return nothing('key that is cut short');
  }
  const isWhole = hextob64(hex).replace(/=+$/, '') === base64.replace(/=+$/, '');
  if (!isWhole || !ASN1HEX.isASN1HEX(hex)) return nothing('damaged text');
  return { found: classify(hex), hex, legacyPem: null };
}

function classify(hex: string): KeyMaterial {
  const tags = childTags(hex, 0);
  const shape = tags.slice(0, 3).join(' ');
  if (/^(02 ?)+$/.test(tags.join(' '))) {
    if (tags.length === 2) return 'PKCS#1 public key';
    return tags.length >= 9 ? 'PKCS#1 private key' : 'unknown text';
  }
  if (shape === '02 30 04') return ofAlgorithm(hex, [1, 0], 'PKCS#8 private key');
  if (shape === '30 03') return ofAlgorithm(hex, [0, 0], 'SPKI public key');
  if (shape === '30 04') return 'encrypted private key';
  if (shape.startsWith('02 04')) return 'EC private key';
  if (/^02 30( 30)?$/.test(shape)) return 'PKCS#12 file';
  if (shape === '30 30 03') {
    // A request has a version, a name, a key and attributes; a certificate has more.
    return childTags(hex, child(hex, 0, 0)).length <= 4
      ? 'certificate request'
      : 'X.509 certificate';
  }
  return 'unknown text';
}

function ofAlgorithm(hex: string, path: [number, number], rsa: KeyMaterial): KeyMaterial {
  const at = child(hex, child(hex, 0, path[0]), path[1]);
  const oid = ASN1HEX.hextooidstr(ASN1HEX.getV(hex, at));
  if (oid === RSA_ENCRYPTION) return rsa;
  return oid === EC_PUBLIC_KEY ? 'EC key' : 'key of another algorithm';
}

function child(hex: string, at: number, index: number): number {
  return ASN1HEX.getChildIdx(hex, at)[index] ?? 0;
}

function childTags(hex: string, at: number): string[] {
  return ASN1HEX.getChildIdx(hex, at).map((index) => hex.slice(index, index + 2));
}
