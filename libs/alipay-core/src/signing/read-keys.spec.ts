import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import {
  TEST_CERTIFICATE,
  TEST_CERTIFICATE_REQUEST,
  TEST_KEY_FINGERPRINT,
  TEST_PRIVATE_KEY,
} from '../../test/fixtures/test-key.js';
import { AlipayError } from '../errors/alipay-error.js';
import { readPrivateKey } from './read-private-key.js';
import { readPublicKey } from './read-public-key.js';

const privateKey = createPrivateKey(TEST_PRIVATE_KEY);
const publicKey = createPublicKey(TEST_PRIVATE_KEY);

function pem(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'spki'): string {
  return key.export({ type, format: 'pem' } as { type: 'pkcs1'; format: 'pem' }).toString();
}
function encrypt(type: 'pkcs1' | 'pkcs8', cipher: string): string {
  const options = { type, format: 'pem', cipher, passphrase: 'open sesame' } as const;
  return privateKey.export(options).toString();
}
function bare(text: string): string {
  return text.replace(/-----[^-]+-----|\s/g, '');
}
function andOneByte(base64: string): string {
  return Buffer.concat([Buffer.from(base64, 'base64'), Buffer.of(0)]).toString('base64');
}
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof AlipayError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

const pkcs8 = pem(privateKey, 'pkcs8');
const pkcs1 = pem(privateKey, 'pkcs1');
const spki = pem(publicKey, 'spki');
const pkcs1Public = pem(publicKey, 'pkcs1');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 });

/** An integer, or a sequence of what is given, in DER. */
function der(tag: 0x02 | 0x30, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** A public key in PKCS#1 with any numbers. */
function pkcs1Of(modulus: Buffer, exponent: Buffer): string {
  return der(0x30, der(0x02, Buffer.of(0), modulus), der(0x02, exponent)).toString('base64');
}

describe('readPrivateKey', () => {
  it.each([
    ['PKCS#8 PEM', pkcs8, 'PKCS#8'],
    ['PKCS#1 PEM', pkcs1, 'PKCS#1'],
    ['bare PKCS#8', bare(pkcs8), 'PKCS#8'],
    ['bare PKCS#1', bare(pkcs1), 'PKCS#1'],
    ['literal \\n', pkcs8.replaceAll('\n', '\\n'), 'PKCS#8'],
    ['Windows line ends', pkcs8.replaceAll('\n', '\r\n'), 'PKCS#8'],
    ['literal \\r\\n', pkcs1.replaceAll('\n', '\\r\\n'), 'PKCS#1'],
    ['a byte order mark', `\uFEFF${pkcs8}`, 'PKCS#8'],
    ['blanks on every line', pkcs8.replaceAll('\n', '  \n  '), 'PKCS#8'],
    ['quotes around it', `"${bare(pkcs8)}"`, 'PKCS#8'],
    ['text before the armour', `# our key\n${pkcs8}`, 'PKCS#8'],
  ])('reads %s', (_name, text, format) => {
    const key = readPrivateKey(text);
    expect(key.format).toBe(format);
    expect(key.modulusBits).toBe(2048);
    expect(key.warnings).toEqual([]);
    expect(key.publicKey.fingerprint).toBe(TEST_KEY_FINGERPRINT);
    expect(Buffer.from(key.pkcs8Der).toString('base64')).toBe(bare(pkcs8));
  });

  it.each([
    ['PKCS#8', 'pkcs8', 'aes-256-cbc'],
    ['PKCS#1', 'pkcs1', 'aes-128-cbc'],
  ] as const)('reads an encrypted %s key with its passphrase', (format, type, cipher) => {
    const encrypted = encrypt(type, cipher);
    const key = readPrivateKey(encrypted, { passphrase: 'open sesame' });
    expect(key.format).toBe(format);
    expect(key.publicKey.fingerprint).toBe(TEST_KEY_FINGERPRINT);
    expect(refusal(() => readPrivateKey(encrypted))).toBe(
      "INVALID_PRIVATE_KEY: Found an encrypted private key without its passphrase, wanted the application's RSA private key (PKCS#8 or PKCS#1).",
    );
    expect(refusal(() => readPrivateKey(encrypted, { passphrase: 'wrong' }))).toBe(
      "INVALID_PRIVATE_KEY: Found an encrypted private key that the passphrase does not open, wanted the application's RSA private key (PKCS#8 or PKCS#1).",
    );
  });

  it.each([
    ['PKCS#8', 'pkcs8', 'aes-256-cbc'],
    ['PKCS#8', 'pkcs8', 'des-ede3-cbc'],
    ['PKCS#1', 'pkcs1', 'aes-256-cbc'],
  ] as const)('reads an encrypted %s key without node:crypto (%s, %s)', (format, type, cipher) => {
    const encrypted = encrypt(type, cipher);
    const lookUp = jest.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
    try {
      const key = readPrivateKey(encrypted, { passphrase: 'open sesame' });
      expect(key.format).toBe(format);
      expect(key.publicKey.fingerprint).toBe(TEST_KEY_FINGERPRINT);
      expect(refusal(() => readPrivateKey(encrypted, { passphrase: 'wrong' }))).toBe(
        "INVALID_PRIVATE_KEY: Found an encrypted private key that the passphrase does not open, wanted the application's RSA private key (PKCS#8 or PKCS#1).",
      );
    } finally {
      lookUp.mockRestore();
    }
  });

  it.each([
    ['a public key (SPKI)', spki, 'a public key or certificate (SPKI public key)'],
    ['a public key (PKCS#1)', pkcs1Public, 'a public key or certificate (PKCS#1 public key)'],
    ['an EC key', pem(ec.privateKey, 'pkcs8'), 'an EC key'],
    [
      'an EC key (SEC 1)',
      ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
      'an EC private key',
    ],
    ['half a key', bare(pkcs8).slice(0, 800), 'a key that is cut short'],
    ['a key without its end', bare(pkcs8).slice(0, -8), 'a key that is cut short'],
    ['a key with a character lost', bare(pkcs8).replace('A', ''), 'a damaged text'],
    ['a key and a byte more', andOneByte(bare(pkcs8)), 'a damaged text'],
    ['armour without its end', pkcs8.slice(0, 800), 'a PEM block without its end'],
    ['a certificate', TEST_CERTIFICATE, 'a public key or certificate (X.509 certificate)'],
    ['a certificate request', TEST_CERTIFICATE_REQUEST, 'a certificate request'],
    ['a key of Ed25519', pem(ed25519.privateKey, 'pkcs8'), 'a key of another algorithm'],
    ['a key for RSASSA-PSS', pem(pss.privateKey, 'pkcs8'), 'a key of another algorithm'],
    ['a PKCS#12 file', 'MBYCAQMwCwYJKoZIhvcNAQcBMAQwADAA', 'a PKCS#12 file'],
    ['a JSON web key', JSON.stringify(privateKey.export({ format: 'jwk' })), 'a JSON web key'],
    ['PEM in base64', Buffer.from(pkcs8).toString('base64'), 'a PEM text in base64'],
    ['an empty text', ' \n', 'an empty text'],
    ['a path', '/etc/zhimaper/key.pem', 'an unknown text'],
    [
      'an OpenSSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----',
      'an OpenSSH key',
    ],
  ])('says what it found in place of a private key: %s', (_name, text, found) => {
    expect(refusal(() => readPrivateKey(text))).toBe(
      `INVALID_PRIVATE_KEY: Found ${found}, wanted the application's RSA private key (PKCS#8 or PKCS#1).`,
    );
  });

  it('refuses a key with one wrong character anywhere in its numbers', () => {
    const text = bare(pkcs8);
    const numbers = [80, 400, 420, 760, 960, 1_140, 1_300, 1_480, 1_610];
    const found = numbers.map((at) => {
      const wrong = text[at] === 'A' ? 'B' : 'A';
      return refusal(() => readPrivateKey(text.slice(0, at) + wrong + text.slice(at + 1)));
    });
    expect(new Set(found)).toEqual(
      new Set([
        "INVALID_PRIVATE_KEY: Found a private key whose numbers do not belong together, wanted the application's RSA private key (PKCS#8 or PKCS#1).",
      ]),
    );
  });

  it('warns of a key of 1024 bits', () => {
    const { privateKey: short } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const key = readPrivateKey(pem(short, 'pkcs8'));
    expect(key.warnings).toEqual([
      { code: 'KEY_TOO_SHORT', message: 'An RSA key of 1024 bits is too short: use 2048.' },
    ]);
  });

  it('shows nothing of the key', () => {
    const key = readPrivateKey(TEST_PRIVATE_KEY);
    const shown = '[PrivateKey: RSA 2048 bits, PKCS#8]';
    expect(inspect(key, { showHidden: true, depth: 9 })).toBe(shown);
    expect(JSON.stringify({ key })).toBe(`{"key":"${shown}"}`);
    expect(String(key)).toBe(shown);
  });
});

describe('readPublicKey', () => {
  it.each([
    ['SPKI PEM', spki, 'SPKI'],
    ['bare SPKI', bare(spki), 'SPKI'],
    ['PKCS#1 PEM', pkcs1Public, 'PKCS#1'],
    ['bare PKCS#1', bare(pkcs1Public), 'PKCS#1'],
  ])('reads %s', (_name, text, format) => {
    const key = readPublicKey(text);
    expect(key.format).toBe(format);
    expect(key.modulusBits).toBe(2048);
    expect(key.fingerprint).toBe(TEST_KEY_FINGERPRINT);
    expect(key.equals(readPrivateKey(TEST_PRIVATE_KEY).publicKey)).toBe(true);
    expect(Buffer.from(key.spkiDer).toString('base64')).toBe(bare(spki));
  });

  it('reads a certificate', () => {
    const key = readPublicKey(TEST_CERTIFICATE);
    expect(key.format).toBe('X.509');
    expect(key.fingerprint).toBe(TEST_KEY_FINGERPRINT);
  });

  it.each([
    ['a private key', pkcs8, 'a PKCS#8 private key'],
    ['a certificate request', TEST_CERTIFICATE_REQUEST, 'a certificate request'],
    ['an EC key', pem(ec.publicKey, 'spki'), 'an EC key'],
    ['an empty text', '', 'an empty text'],
    ['an OpenSSH key', 'ssh-rsa AAAAB3NzaC1yc2E= me@host', 'an OpenSSH key'],
    ['a key for RSASSA-PSS', pem(pss.publicKey, 'spki'), 'a key of another algorithm'],
    ['a short key', pkcs1Of(Buffer.alloc(60, 0xff), Buffer.of(3)), 'a key of 480 bits'],
    [
      'an exponent of 1',
      pkcs1Of(Buffer.alloc(256, 0xff), Buffer.of(1)),
      'a key with an unusable public exponent',
    ],
    [
      'an even exponent',
      pkcs1Of(Buffer.alloc(256, 0xff), Buffer.of(4)),
      'a key with an unusable public exponent',
    ],
    [
      'an exponent above 2^31',
      pkcs1Of(Buffer.alloc(256, 0xff), Buffer.of(0, 0x80, 0, 0, 1)),
      'a key with an unusable public exponent',
    ],
  ])('says what it found in place of a public key: %s', (_name, text, found) => {
    expect(refusal(() => readPublicKey(text))).toBe(
      `INVALID_PUBLIC_KEY: Found ${found}, wanted Alipay's RSA public key (SPKI, PKCS#1 or an X.509 certificate).`,
    );
  });

  it('tells keys apart', () => {
    const { publicKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(readPublicKey(pem(other, 'spki')).equals(readPublicKey(spki))).toBe(false);
  });
});
