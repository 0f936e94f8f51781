import { AlipayError } from '../errors/alipay-error.js';
import {
  readCertificates,
  requireValidAt,
  rootSerialNumberOf,
  serialNumberOf,
  verifyChain,
  type Certificate,
  type PrivateKey,
  type PublicKey,
} from '../signing/index.js';
import { refuseOwnKey } from './own-key.js';

/** The three files of certificate mode, as PEM text. */
export interface CertificateTexts {
  appCertificate: string;
  alipayCertificate: string;
  alipayRootCertificate: string;
}

/** A certificate of Alipay's whose chain was verified. */
export interface TrustedCertificate {
  /** Its serial number as Alipay counts. */
  sn: string;
  publicKey: PublicKey;
  /** The last instant at which every certificate of its chain is valid. */
  notAfter: Date;
}

/** What a client in certificate mode goes by. */
export interface CertificateMode {
  appCertSn: string;
  alipayRootCertSn: string;
  appCertificate: Certificate;
  alipay: TrustedCertificate;
  authorities: Authorities;
}

/** What a chain may be built from: the configured roots, and what the configured file holds besides. */
export interface Authorities {
  intermediates: readonly Certificate[];
  roots: readonly Certificate[];
}

/**
 * Reads and checks the certificates that a client is configured with.
 *
 * Throws `AlipayError`: `INVALID_CERTIFICATE`, `CERTIFICATE_EXPIRED`, `CERTIFICATE_NOT_YET_VALID`,
 * `CERTIFICATE_NOT_TRUSTED`, `APP_CERTIFICATE_MISMATCH`, `ALIPAY_PUBLIC_KEY_IS_OWN`; `option` names the text at fault.
 * Source: the gateway's published rules for certificates; RFC 5280, section 6.1.
 *
 * @param texts the three certificates as PEM, each a whole file
 * @param privateKey the application's private key, which its certificate has to belong to
 * @param at the instant at which they have to be valid
 *
 * @example
 * const texts = { appCertificate, alipayCertificate, alipayRootCertificate };
 * const { appCertSn, alipayRootCertSn } = readCertificateMode(texts, readPrivateKey(pem), new Date());
 */
export function readCertificateMode(
  texts: CertificateTexts,
  privateKey: PrivateKey,
  at: Date,
): CertificateMode {
  const roots = naming('alipayRootCertificate', () => {
    const read = readCertificates(texts.alipayRootCertificate);
    return { read, sn: rootSerialNumberOf(read) };
  });
  const appCertificate = naming('appCertificate', () => {
    const [certificate] = readCertificates(texts.appCertificate);
    requireOwnKey(certificate, privateKey);
    requireValidAt(certificate, at);
    return certificate;
  });
  return naming('alipayCertificate', () => {
    const [, ...intermediates] = readCertificates(texts.alipayCertificate);
    const authorities = { intermediates, roots: roots.read };
    const alipay = trustCertificate(texts.alipayCertificate, authorities, at);
    refuseOwnKey(alipay.publicKey, privateKey, 'It');
    return {
      appCertSn: serialNumberOf(appCertificate),
      alipayRootCertSn: roots.sn,
      appCertificate,
      alipay,
      authorities,
    };
  });
}

/**
 * Reads a file of Alipay's, its certificate first, and trusts the certificate if a chain leads to a root.
 *
 * Throws `AlipayError` (`INVALID_CERTIFICATE`, `CERTIFICATE_EXPIRED`, `CERTIFICATE_NOT_YET_VALID`,
 * `CERTIFICATE_NOT_TRUSTED`).
 */
export function trustCertificate(
  text: string,
  { intermediates, roots }: Authorities,
  at: Date,
): TrustedCertificate {
  const [leaf, ...others] = readCertificates(text);
  const chain = verifyChain(leaf, { intermediates: [...others, ...intermediates], roots, at });
  if (leaf.publicKey === null) {
    throw new AlipayError('INVALID_CERTIFICATE', 'It holds no RSA key that is to be trusted.', {
      nextStep: "Use the certificate for RSA2 from the open platform's console.",
    });
  }
  const notAfter = new Date(Math.min(...chain.map((link) => link.notAfter.getTime())));
  return { sn: serialNumberOf(leaf), publicKey: leaf.publicKey, notAfter };
}

function requireOwnKey({ publicKey }: Certificate, privateKey: PrivateKey): void {
  if (publicKey?.equals(privateKey.publicKey)) return;
  throw new AlipayError(
    'APP_CERTIFICATE_MISMATCH',
    'The certificate does not belong to the private key: each has another public key.',
    {
      nextStep:
        "Use the application's certificate (应用公钥证书) and the private key that its request was made with, both of the same application.",
    },
  );
}

/** Three files can be wrong in the same way: the message says which one it is. */
function naming<T>(name: keyof CertificateTexts, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof AlipayError)) throw cause;
    const { code, message, nextStep } = cause;
    throw new AlipayError(code, `${name}: ${message}`, { nextStep, option: name, cause });
  }
}
