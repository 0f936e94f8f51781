import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { bits, boolean, der, integer, octets, oid, sequence, setOf, time } from './der.js';

const ALGORITHMS = {
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
  md5: '1.2.840.113549.1.1.4',
} as const;

/** What a certificate is made of; the defaults make a sound one. */
export interface CertificateModel {
  subject: string;
  issuer: string;
  /** The subject's key: only its public half is used. */
  key: KeyObject;
  signedWith: KeyObject;
  serialNumber?: bigint;
  notBefore?: Date;
  notAfter?: Date;
  digest?: keyof typeof ALGORITHMS;
  extensions?: Buffer[];
}

/** Makes a certificate (RFC 5280, section 4.1) from its model, as PEM. */
export function makeCertificate(model: CertificateModel): string {
  const { digest = 'sha256' } = model;
  const algorithm = sequence(oid(ALGORITHMS[digest]), der(0x05));
  const signed = sequence(
    der(0xa0, integer(2n)),
    integer(model.serialNumber ?? 1n),
    algorithm,
    commonName(model.issuer),
    sequence(
      time(model.notBefore ?? new Date('2026-01-01T00:00:00Z')),
      time(model.notAfter ?? new Date('2036-01-01T00:00:00Z')),
    ),
    commonName(model.subject),
    createPublicKey(model.key).export({ type: 'spki', format: 'der' }),
    ...(model.extensions?.length ? [der(0xa3, sequence(...model.extensions))] : []),
  );
  return toPem(sequence(signed, algorithm, bits(sign(digest, signed, model.signedWith))));
}

export function toPem(certificate: Uint8Array): string {
  const lines = Buffer.from(certificate).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

export function extension(type: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octets(value));
}

/** The extension of a certificate that may issue others, or must not. */
export function basicConstraints(isAuthority: boolean, pathLength?: bigint): Buffer {
  const members = [
    ...(isAuthority ? [boolean(true)] : []),
    ...(pathLength === undefined ? [] : [integer(pathLength)]),
  ];
  return extension('2.5.29.19', true, sequence(...members));
}

/** The extension that says what a key is for: `0x06` to sign certificates and revocations, `0x80` to sign. */
export function keyUsage(firstByte: number): Buffer {
  return extension('2.5.29.15', true, bits(Buffer.of(firstByte)));
}

function commonName(text: string): Buffer {
  return sequence(setOf(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(text)))));
}
