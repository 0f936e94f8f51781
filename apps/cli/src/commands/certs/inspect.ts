import { certificateSerialNumber, type Certificate } from '@zhimaper/alipay-core/signing';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import type { View } from '../../runtime/view.js';
import { readCertificateFile } from './read-certificate-file.js';

/** Shows every certificate of a file. */
export async function runInspectCertificates({
  context,
  output,
  operands: [source = '-'],
}: CommandRun<object>): Promise<CommandOutcome> {
  const { certificates } = await readCertificateFile(context, source);
  for (const [index, certificate] of certificates.entries()) {
    const facts = factsOf(certificate, index + 1);
    await output.result(facts, (view) => [
      ...(index > 0 ? [''] : []),
      ...lines(facts, view, context.now()),
    ]);
  }
  return 'success';
}

type Facts = ReturnType<typeof factsOf>;

function factsOf(certificate: Certificate, position: number) {
  const { subject, issuer, serialNumber, notBefore, notAfter, publicKey } = certificate;
  return {
    position,
    subject,
    issuer,
    serialNumber,
    sn: certificateSerialNumber(Buffer.from(certificate.der).toString('base64')),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    signatureAlgorithm: certificate.signatureAlgorithm,
    bits: publicKey?.modulusBits ?? null,
    fingerprint: publicKey?.fingerprint ?? null,
    isAuthority: certificate.isAuthority,
  };
}

/** As OpenSSL names what certificates of this platform are signed with (RFC 8017, RFC 5758, GM/T 0006). */
const ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.156.10197.1.501': 'SM2-with-SM3',
};

const DAY_MS = 24 * 60 * 60 * 1000;

function lines(facts: Facts, view: View, now: Date): string[] {
  const days = Math.floor((Date.parse(facts.notAfter) - now.getTime()) / DAY_MS);
  const until = days < 0 ? view.style.red('expired') : `${days} days left`;
  return view.fields([
    ['certificate', String(facts.position)],
    ['subject', facts.subject],
    ['issuer', facts.issuer],
    ['serial number', facts.serialNumber],
    ['SN for Alipay', facts.sn],
    ['valid from', view.time(facts.notBefore)],
    ['valid until', `${view.time(facts.notAfter)} (${until})`],
    ['signed with', ALGORITHMS[facts.signatureAlgorithm] ?? facts.signatureAlgorithm],
    ['RSA key', facts.bits === null ? null : `${facts.bits} bits`],
    ['fingerprint', facts.fingerprint],
    ['may issue', facts.isAuthority ? 'yes' : 'no'],
  ]);
}
