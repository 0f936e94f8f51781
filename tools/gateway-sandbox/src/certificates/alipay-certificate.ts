import type { KeyObject } from 'node:crypto';

import { generatePrivateKey } from '../keys/key-pairs.js';
import { certificateSn } from '../keys/serial-number.js';
import type { Rotation } from './rotation.js';

/** A certificate that answers are signed by. */
export interface AlipayCertificate {
  sn: string;
  /** The certificate and its issuer's, as PEM. */
  chain: string;
  trusted: boolean;
  privateKey: KeyObject;
}

/** What everybody may see of it. */
export interface PublicCertificate {
  alipayCertSn: string;
  /** The certificate and its issuer's, as PEM. */
  alipayCert: string;
  trusted: boolean;
}

export function publicPart({ sn, chain, trusted }: AlipayCertificate): PublicCertificate {
  return { alipayCertSn: sn, alipayCert: chain, trusted };
}

/** The authority that the configured root vouches for. */
export interface Issuer {
  issuingCert: string;
  issuingPrivateKey: KeyObject;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Issues the gateway a new certificate for a new key. */
export async function issueAlipayCertificate(
  own: Issuer,
  { trusted = true, validDays }: Rotation,
  now: number,
): Promise<AlipayCertificate> {
  const { issueLeaf, longFrom } = await import('../keys/certificates.js');
  const [privateKey, issuer] = await Promise.all([
    generatePrivateKey(),
    trusted ? own : foreignIssuer(now),
  ]);
  const notAfter = now + (validDays ?? 0) * DAY_MS;
  const leaf = await issueLeaf({
    commonName: 'Gateway Sandbox',
    privateKey,
    issuingPrivateKey: issuer.issuingPrivateKey,
    validity:
      validDays === undefined
        ? longFrom(now)
        : { notBefore: Math.min(now, notAfter) - DAY_MS, notAfter },
  });
  return { sn: certificateSn(leaf), chain: leaf + issuer.issuingCert, trusted, privateKey };
}

/** Every name is that of the sandbox's own authority: only the signatures tell it apart. */
async function foreignIssuer(now: number): Promise<Issuer> {
  const { issueIssuing } = await import('../keys/certificates.js');
  const [privateKey, rootPrivateKey] = await Promise.all([
    generatePrivateKey(),
    generatePrivateKey(),
  ]);
  const issuingCert = await issueIssuing({ privateKey, rootPrivateKey, now });
  return { issuingCert, issuingPrivateKey: privateKey };
}
