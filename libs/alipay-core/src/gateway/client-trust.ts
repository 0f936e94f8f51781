import { AlipayError } from '../errors/alipay-error.js';
import { PublicKey, readPublicKey, type PrivateKey } from '../signing/index.js';
import {
  readCertificateMode,
  type CertificateMode,
  type CertificateTexts,
} from './certificate-mode.js';
import { refuseOwnKey } from './own-key.js';

/** The options that say whose answers are believed: one key, or three certificates. */
export interface TrustOptions extends Partial<CertificateTexts> {
  alipayPublicKey?: string | PublicKey;
}

export interface ClientTrust {
  alipayPublicKey: PublicKey;
  certificates: CertificateMode | null;
  appCertSn: string | undefined;
  alipayRootCertSn: string | undefined;
}

const CERTIFICATES = ['appCertificate', 'alipayCertificate', 'alipayRootCertificate'] as const;

/**
 * Reads the key or the certificates that answers are verified by.
 *
 * Throws `AlipayError`: `INVALID_CONFIG` for a mixture of both, and what `readPublicKey` and `readCertificateMode` throw.
 */
export function readTrust(options: TrustOptions, privateKey: PrivateKey, at: Date): ClientTrust {
  const given = CERTIFICATES.filter((name) => options[name] !== undefined);
  if (given.length === 0) return keyTrust(options.alipayPublicKey, privateKey);
  if (options.alipayPublicKey !== undefined) {
    throw new AlipayError(
      'INVALID_CONFIG',
      `alipayPublicKey is given together with ${given.join(', ')}.`,
      {
        nextStep: 'Give alipayPublicKey alone, or the three certificates without it.',
      },
    );
  }
  const texts = {
    appCertificate: requireText(options.appCertificate, 'appCertificate'),
    alipayCertificate: requireText(options.alipayCertificate, 'alipayCertificate'),
    alipayRootCertificate: requireText(options.alipayRootCertificate, 'alipayRootCertificate'),
  };
  const certificates = readCertificateMode(texts, privateKey, at);
  const { appCertSn, alipayRootCertSn, alipay } = certificates;
  return { alipayPublicKey: alipay.publicKey, certificates, appCertSn, alipayRootCertSn };
}

function keyTrust(option: string | PublicKey | undefined, privateKey: PrivateKey): ClientTrust {
  const alipayPublicKey =
    option instanceof PublicKey ? option : readPublicKey(requireText(option, 'alipayPublicKey'));
  refuseOwnKey(alipayPublicKey, privateKey, 'alipayPublicKey');
  return { alipayPublicKey, certificates: null, appCertSn: undefined, alipayRootCertSn: undefined };
}

/** An option that must be a text; throws `AlipayError` (`INVALID_CONFIG`) for any other value. */
export function requireText(value: unknown, name: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new AlipayError('INVALID_CONFIG', `${name} is missing or not a text.`, {
    nextStep: `Give the client a ${name}.`,
  });
}
