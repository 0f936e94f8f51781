import type { Command } from 'commander';
import type { Session } from '../../runtime/session.js';
import type { VerifyCertificateOptions } from './verify.js';

const SN_HELP = `
Prints the number alone: app_cert_sn of the application's certificate, alipay_cert_sn of Alipay's,
alipay_root_cert_sn of the file of root certificates.

Examples:
  $ zhimaper certs sn app-cert.crt
  $ zhimaper certs sn alipay-root.crt --json

With --json: {"sn"}
Exit status: 0, or 2 where the file holds no certificate.`;

const INSPECT_HELP = `
Examples:
  $ zhimaper certs inspect alipay-cert.crt
  $ zhimaper certs inspect alipay-root.crt --json

With --json each certificate is one line: {"position","subject","issuer","serialNumber","sn","notBefore",
"notAfter","signatureAlgorithm","bits","fingerprint","isAuthority"}; bits and fingerprint are null where the
key is not RSA.
Exit status: 0, or 2 where the file holds no certificate.`;

const VERIFY_HELP = `
Follows the chain from the first certificate of FILE to a trusted root: every signature, date and right to issue.

Examples:
  $ zhimaper certs verify alipay-cert.crt --root alipay-root.crt
  $ cat app-cert.crt alipay-ca.crt | zhimaper certs verify - --root alipay-root.crt \\
      --private-key-file app-private-key.pem --json

With --json: {"valid","reason","detail","notAfter","chain"}; chain lists subjects from the certificate to the root.
Exit status: 0 valid, 1 not valid, 2 where a file holds no certificate or key.`;

export function addCertsCommands(parent: Command, session: Session): void {
  const certs = parent
    .command('certs')
    .description('look at X.509 certificates')
    .addHelpText('after', '\nExample:\n  $ zhimaper certs inspect alipay-cert.crt');
  addSn(certs, session);
  addInspect(certs, session);
  addVerify(certs, session);
}

function addSn(parent: Command, session: Session): void {
  const command = parent
    .command('sn')
    .description("print a certificate's serial number as Alipay names it")
    .argument('<file>', 'a certificate, or the file of root certificates; - reads stdin')
    .addHelpText('after', SN_HELP);
  session.attach<object>(command, {
    emptyResult: () => ({ sn: null }),
    load: async () => (await import('./sn.js')).runSn,
  });
}

function addInspect(parent: Command, session: Session): void {
  const command = parent
    .command('inspect')
    .description('say what the certificates of a file are')
    .argument('<file>', 'one certificate or several, PEM; - reads stdin')
    .addHelpText('after', INSPECT_HELP);
  session.attach<object>(command, {
    showsTimes: true,
    emptyResult: () => ({
      position: null,
      subject: null,
      issuer: null,
      serialNumber: null,
      sn: null,
      notBefore: null,
      notAfter: null,
      signatureAlgorithm: null,
      bits: null,
      fingerprint: null,
      isAuthority: null,
    }),
    load: async () => (await import('./inspect.js')).runInspectCertificates,
  });
}

function addVerify(parent: Command, session: Session): void {
  const command = parent
    .command('verify')
    .description('check the chain, the dates and the key of a certificate')
    .argument('<file>', 'the certificate, with the ones above it behind it; - reads stdin')
    .requiredOption('--root <file>', 'the trusted root certificates')
    .option('--private-key-file <file>', 'must be the key that the certificate is for')
    .addHelpText('after', VERIFY_HELP);
  session.attach<VerifyCertificateOptions>(command, {
    showsTimes: true,
    emptyResult: (outcome) => ({
      valid: null,
      reason: outcome,
      detail: null,
      notAfter: null,
      chain: null,
    }),
    load: async () => (await import('./verify.js')).runVerifyCertificate,
  });
}
