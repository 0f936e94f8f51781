import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  basicConstraints,
  extension,
  keyUsage,
  makeCertificate,
  toPem,
  type CertificateModel,
} from '../../../test/support/certificate-maker.js';
import { ALIPAY_INTERMEDIATE, ALIPAY_ROOTS } from '../../../test/fixtures/alipay-roots.js';
import { AlipayError } from '../../errors/alipay-error.js';
import { verifyChain } from './certificate-chain.js';
import { readCertificates } from './read-certificates.js';

const AT = new Date('2030-01-01T00:00:00Z');
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const [rootKey, middleKey, leafKey] = [newKey(), newKey(), newKey()];
const CA = [basicConstraints(true), keyUsage(0x06)];

type Changes = Partial<CertificateModel>;
const root = (changes: Changes = {}) =>
  makeCertificate({
    ...{ subject: 'Root', issuer: 'Root', key: rootKey, signedWith: rootKey, serialNumber: 1n },
    ...{ extensions: CA, ...changes },
  });
const middle = (changes: Changes = {}) =>
  makeCertificate({
    ...{ subject: 'Middle', issuer: 'Root', key: middleKey, signedWith: rootKey, serialNumber: 2n },
    ...{ extensions: CA, ...changes },
  });
const leaf = (changes: Changes = {}) =>
  makeCertificate({
    ...{ subject: 'Leaf', issuer: 'Middle', key: leafKey, signedWith: middleKey, serialNumber: 3n },
    ...{ extensions: [basicConstraints(false), keyUsage(0x80)], ...changes },
  });

/** The serial numbers of the chain found, or the refusal. */
function verdict(file: string, roots: string, at = AT): string {
  const [first, ...intermediates] = readCertificates(file);
  try {
    return verifyChain(first, { intermediates, roots: readCertificates(roots), at })
      .map(({ serialNumber }) => serialNumber)
      .join(' ');
  } catch (error) {
    if (error instanceof AlipayError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
/** The same for a certificate in DER, or `unread` where it cannot even be read. */
function verdictOnBytes(certificate: Buffer, others: string, roots: string): string {
  try {
    readCertificates(certificate.toString('base64'));
  } catch (error) {
    if (error instanceof AlipayError && error.code === 'INVALID_CERTIFICATE') return 'unread';
    throw error;
  }
  return verdict(toPem(certificate) + others, roots);
}
const distrust = (message: string) => `CERTIFICATE_NOT_TRUSTED: ${message}`;
const unsigned = (serialNumber: number) =>
  distrust(
    `The certificate with the serial number ${serialNumber} is not signed by the issuer that it names, or with an algorithm that is not trusted.`,
  );
const about = (serialNumber: number, fault: string) =>
  distrust(`The certificate with the serial number ${serialNumber} ${fault}`);

describe('a chain to the root', () => {
  it.each([
    ['over an intermediate', leaf() + middle(), root(), '3 2 1'],
    ['without one', leaf({ issuer: 'Root', signedWith: rootKey }), root(), '3 1'],
    ['whose intermediate is trusted itself', leaf(), middle(), '3 2'],
    ['whose root stands in both files', leaf() + middle() + root(), root(), '3 2 1'],
    ['in any order', leaf() + root() + middle(), root(), '3 2 1'],
    ['among other roots', leaf() + middle(), ALIPAY_ROOTS + root(), '3 2 1'],
    [
      'past others of the same name',
      leaf() + middle({ key: newKey(), serialNumber: 9n }) + middle(),
      root({ key: newKey(), serialNumber: 8n }) + root(),
      '3 2 1',
    ],
    [
      'past an expired one of the same name',
      leaf() + middle({ serialNumber: 9n, notAfter: new Date('2027-01-01T00:00:00Z') }) + middle(),
      root(),
      '3 2 1',
    ],
    [
      'with just as many certificates as allowed',
      leaf() + middle({ extensions: [basicConstraints(true, 0n), keyUsage(0x06)] }),
      root({ extensions: [basicConstraints(true, 1n), keyUsage(0x06)] }),
      '3 2 1',
    ],
    [
      'without key usage',
      leaf({ extensions: [] }) + middle({ extensions: [basicConstraints(true)] }),
      root(),
      '3 2 1',
    ],
  ])('is found %s', (_, file, roots, serialNumbers) => {
    expect(verdict(file, roots)).toBe(serialNumbers);
  });

  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('may be signed with %s', (digest) => {
    expect(verdict(leaf({ digest }) + middle({ digest }), root({ digest }))).toBe('3 2 1');
  });

  it("is found for Alipay's own authority", () => {
    expect(verdict(ALIPAY_INTERMEDIATE, ALIPAY_ROOTS)).toBe(
      '7117002314182832735 2292228364100439313',
    );
  });
});

describe('what is no chain to the root', () => {
  const self = makeCertificate({
    ...{ subject: 'Leaf', issuer: 'Leaf', key: leafKey, signedWith: leafKey, serialNumber: 3n },
  });
  const noAuthority = [basicConstraints(false), keyUsage(0x06)];
  const otherKey = newKey();

  it.each([
    [
      'an intermediate that is missing',
      leaf(),
      root(),
      'No certificate at hand issued the certificate with the serial number 3.',
    ],
    [
      'another root',
      leaf() + middle(),
      root({ subject: 'Other', issuer: 'Other' }),
      'No certificate at hand issued the certificate with the serial number 2.',
    ],
    [
      'a root that signs itself only',
      self,
      root(),
      'No certificate at hand issued the certificate with the serial number 3.',
    ],
    [
      'a root in the file alone',
      leaf() + middle() + root(),
      root({ subject: 'Other', issuer: 'Other' }),
      'No certificate at hand issued the certificate with the serial number 1.',
    ],
  ])('is refused: %s', (_, file, roots, message) => {
    expect(verdict(file, roots)).toBe(distrust(message));
  });

  it.each([
    ['a leaf by another key', leaf({ signedWith: otherKey }) + middle(), root(), unsigned(3)],
    [
      'an intermediate by another key',
      leaf() + middle({ signedWith: otherKey }),
      root(),
      unsigned(2),
    ],
    [
      'a root of the same name',
      leaf() + middle(),
      root({ key: otherKey, signedWith: otherKey }),
      unsigned(2),
    ],
    ['MD5', leaf({ digest: 'md5' }) + middle(), root(), unsigned(3)],
    [
      'no authority',
      leaf() + middle({ extensions: noAuthority }),
      root(),
      about(2, 'may not issue certificates.'),
    ],
    [
      'no constraints',
      leaf() + middle({ extensions: [keyUsage(0x06)] }),
      root(),
      about(2, 'may not issue certificates.'),
    ],
    [
      'a key not for certificates',
      leaf() + middle({ extensions: [basicConstraints(true), keyUsage(0x82)] }),
      root(),
      about(2, 'may not issue certificates.'),
    ],
    [
      'a root that is no authority',
      leaf() + middle(),
      root({ extensions: [] }),
      about(1, 'may not issue certificates.'),
    ],
    ['a leaf that trusts itself', self, self, about(3, 'may not issue certificates.')],
    [
      'too long a path',
      leaf() + middle(),
      root({ extensions: [basicConstraints(true, 0n)] }),
      about(1, 'allows fewer certificates between it and the last one.'),
    ],
    [
      'a critical extension in the leaf',
      leaf({ extensions: [extension('2.5.29.30', true, Buffer.of(0x30, 0))] }) + middle(),
      root(),
      about(3, 'has a critical extension that is not known (2.5.29.30).'),
    ],
    [
      'a critical extension above',
      leaf() + middle({ extensions: [...CA, extension('1.2.3', true, Buffer.of(5, 0))] }),
      root(),
      about(2, 'has a critical extension that is not known (1.2.3).'),
    ],
  ])('is refused: %s', (_, file, roots, refusal) => {
    expect(verdict(file, roots)).toBe(refusal);
  });

  it('lets an extension that is not critical pass', () => {
    const unknown = extension('2.5.29.30', false, Buffer.of(0x30, 0));

    expect(verdict(leaf({ extensions: [unknown] }) + middle(), root())).toBe('3 2 1');
  });

  it('does not count certificates that an authority issued to itself', () => {
    const renewedKey = newKey();
    const renewed = middle({
      ...{ issuer: 'Middle', key: renewedKey, signedWith: middleKey, serialNumber: 4n },
    });
    const file = leaf({ signedWith: renewedKey }) + renewed + middle();

    expect(verdict(file, root({ extensions: [basicConstraints(true, 1n)] }))).toBe('3 4 2 1');
    expect(verdict(file, root({ extensions: [basicConstraints(true, 0n)] }))).toBe(
      about(1, 'allows fewer certificates between it and the last one.'),
    );
  });

  it('is a signature that does not fill its last byte', () => {
    const changed = Buffer.from(leaf().replace(/-----[^-]+-----|\s/g, ''), 'base64');
    // Before the 128 bytes of the signature stands how many bits of its last byte are unused.
    expect(changed.at(-129)).toBe(0);
    changed[changed.length - 129] = 1;

    expect(verdictOnBytes(changed, middle(), root())).toBe(unsigned(3));
  });

  it('is what any changed bit of a certificate makes', () => {
    const sound = Buffer.from(leaf().replace(/-----[^-]+-----|\s/g, ''), 'base64');
    fc.assert(
      fc.property(fc.nat(sound.length * 8 - 1), (bit) => {
        const changed = Buffer.from(sound);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        return /^(CERTIFICATE_|unread)/.test(verdictOnBytes(changed, middle(), root()));
      }),
      { numRuns: 150 },
    );
  });

  it('is refused outside the dates of any of its certificates, to the millisecond', () => {
    const dates = {
      notBefore: new Date('2027-01-01T00:00:00Z'),
      notAfter: new Date('2028-01-01T00:00:00Z'),
    };
    const early = new Date('2026-12-31T23:59:59.999Z');
    const late = new Date('2028-01-01T00:00:00.001Z');
    const files: [string, string, number][] = [
      [leaf(dates) + middle(), root(), 3],
      [leaf() + middle(dates), root(), 2],
      [leaf() + middle(), root(dates), 1],
    ];

    for (const [file, roots, serialNumber] of files) {
      const name = `The certificate with the serial number ${serialNumber}`;
      expect(verdict(file, roots, early)).toBe(
        `CERTIFICATE_NOT_YET_VALID: ${name} is valid from 2027-01-01T00:00:00.000Z only.`,
      );
      expect(verdict(file, roots, late)).toBe(
        `CERTIFICATE_EXPIRED: ${name} expired at 2028-01-01T00:00:00.000Z.`,
      );
      expect(verdict(file, roots, dates.notBefore)).toBe('3 2 1');
      expect(verdict(file, roots, dates.notAfter)).toBe('3 2 1');
    }
  });

  it('ends the search among many certificates of one name', () => {
    const twins = Array.from({ length: 40 }, (_, index) =>
      makeCertificate({
        ...{ subject: 'Twin', issuer: 'Twin', key: middleKey, signedWith: middleKey },
        ...{ extensions: CA, serialNumber: BigInt(100 + index) },
      }),
    ).join('');

    expect(verdict(leaf({ issuer: 'Twin' }) + twins, root())).toMatch(/^CERTIFICATE_NOT_TRUSTED: /);
  });
});
