import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALIPAY_INTERMEDIATE } from '../../../test/fixtures/alipay-roots.js';
import { TEST_PRIVATE_KEY } from '../../../test/fixtures/test-key.js';
import { basicConstraints, extension, toPem } from '../../../test/support/certificate-maker.js';
import {
  bits,
  boolean,
  der,
  integer,
  oid,
  sequence,
  setOf,
  time,
} from '../../../test/support/der.js';
import { AlipayError } from '../../errors/alipay-error.js';
import { readPrivateKey } from '../read-private-key.js';
import { readCertificates } from './read-certificates.js';

const SHA256_RSA = sequence(oid('1.2.840.113549.1.1.11'), der(0x05));
const NAME = sequence(setOf(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from('x')))));
const YEAR = der(0x17, Buffer.from('260101000000Z'));
const SPKI = readPrivateKey(TEST_PRIVATE_KEY).publicKey.spkiDer;

/** A certificate around whatever fields are to be tried; nothing of it is signed. */
function certificate({
  version = [der(0xa0, integer(2n))],
  inner = SHA256_RSA,
  issuer = NAME,
  from = YEAR,
  key = SPKI,
  rest = [] as Uint8Array[],
} = {}): string {
  const validity = sequence(from, time(new Date('2050-06-30T23:59:59Z')));
  const fields = [...version, integer(1n), inner, issuer, validity, NAME, key, ...rest];
  return toPem(sequence(sequence(...fields), SHA256_RSA, bits(Buffer.alloc(256, 7))));
}
const withExtensions = (...extensions: Uint8Array[]) =>
  certificate({ rest: [der(0xa3, sequence(...extensions))] });

function read(text: string) {
  try {
    return readCertificates(text)[0];
  } catch (error) {
    if (error instanceof AlipayError) return error.code;
    throw error;
  }
}

describe('readCertificates', () => {
  it('reads a certificate of the first version, and dates of both forms', () => {
    expect(read(certificate({ version: [] }))).toMatchObject({
      subject: 'CN=x',
      issuer: 'CN=x',
      serialNumber: '1',
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2050-06-30T23:59:59Z'),
      isAuthority: false,
      maySignCertificates: true,
    });
  });

  it.each([
    ['500101000000Z', '1950-01-01T00:00:00.000Z'],
    ['491231235959Z', '2049-12-31T23:59:59.000Z'],
  ])('takes %s for %s', (text, instant) => {
    const from = der(0x17, Buffer.from(text));

    expect(read(certificate({ from }))).toMatchObject({ notBefore: new Date(instant) });
  });

  it('reads an empty name', () => {
    expect(read(certificate({ issuer: sequence() }))).toMatchObject({ issuer: '' });
  });

  it.each([
    ['eda08078', 'CN=\uFFFDx'],
    ['e4b878', 'CN=\uFFFDx'],
    ['c080', 'CN=\uFFFD\uFFFD'],
    ['f4908080', 'CN=\uFFFD\uFFFD\uFFFD\uFFFD'],
    ['efbbbf', 'CN=\uFEFF'],
  ])('replaces the malformed UTF-8 %s as the JDK does', (hex, name) => {
    const value = der(0x0c, Buffer.from(hex, 'hex'));

    expect(
      read(certificate({ issuer: sequence(setOf(sequence(oid('2.5.4.3'), value))) })),
    ).toMatchObject({ issuer: name });
  });

  it('sees extensions behind an identifier of the issuer', () => {
    const rest = [
      der(0x81, Buffer.of(0, 1)),
      der(0xa3, sequence(basicConstraints(true, 3n), extension('1.2.3', true, Buffer.of(5, 0)))),
    ];

    expect(read(certificate({ rest }))).toMatchObject({
      isAuthority: true,
      pathLength: 3,
      unknownCriticalExtensions: ['1.2.3'],
    });
  });

  it.each([
    ['an empty list', sequence(), false],
    ['FALSE spelled out', sequence(boolean(false)), false],
    ['a limit alone', sequence(integer(1n)), false],
    ['TRUE', sequence(boolean(true)), true],
  ])('takes constraints of %s for what they are', (_, value, isAuthority) => {
    expect(read(withExtensions(extension('2.5.29.19', true, value)))).toMatchObject({
      isAuthority,
    });
  });

  it('has no key for one that is not RSA, or not to be trusted', () => {
    const algorithm = sequence(oid('1.2.840.10045.2.1'), oid('1.2.156.10197.1.301'));
    const sm2 = sequence(algorithm, bits(Buffer.alloc(65, 4)));
    const weak = sequence(integer(2n ** 600n + 1n), integer(1n));
    const spki = sequence(sequence(oid('1.2.840.113549.1.1.1'), der(0x05)), bits(weak));

    expect(read(certificate({ key: sm2 }))).toMatchObject({ publicKey: null });
    expect(read(certificate({ key: spki }))).toMatchObject({ publicKey: null });
    expect(read(certificate())).toMatchObject({ publicKey: { modulusBits: 2048 } });
  });

  it.each([
    ['two different algorithms', certificate({ inner: sequence(oid('1.2.3'), der(0x05)) })],
    ['a time without seconds', certificate({ from: der(0x17, Buffer.from('2601010000Z')) })],
    ['a time that does not exist', certificate({ from: der(0x17, Buffer.from('261301000000Z')) })],
    ['an empty part of a name', certificate({ issuer: sequence(setOf()) })],
    ['a name without a type', certificate({ issuer: sequence(setOf(sequence(NAME, NAME))) })],
    ['an extension twice', withExtensions(basicConstraints(true), basicConstraints(false))],
    ['constraints that are none', withExtensions(extension('2.5.29.19', true, boolean(true)))],
    [
      'a limit below zero',
      withExtensions(extension('2.5.29.19', true, sequence(boolean(true), integer(-1n)))),
    ],
  ])('refuses %s', (_, text) => {
    expect(read(text)).toBe('INVALID_CERTIFICATE');
  });

  it('reads any damaged certificate, or refuses it', () => {
    const sound = Buffer.from(ALIPAY_INTERMEDIATE.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const damaged = Buffer.from(sound);
        for (const [offset, byte] of changes) damaged[offset] = byte;
        const result = read(damaged.toString('base64'));
        return result === 'INVALID_CERTIFICATE' || typeof result === 'object';
      }),
      { numRuns: 300 },
    );
  });
});
