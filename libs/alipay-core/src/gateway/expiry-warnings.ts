import type { CertificateMode } from './certificate-mode.js';
import type { ClientWarning } from './client-options.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_DAYS = 30;

/** Warns of configured certificates that expire within 30 days, or have. */
export function expiryWarnings(
  { appCertificate, alipay }: CertificateMode,
  at: Date,
): ClientWarning[] {
  return [
    { option: 'appCertificate', notAfter: appCertificate.notAfter },
    { option: 'alipayCertificate', notAfter: alipay.notAfter },
  ]
    .filter(({ notAfter }) => notAfter.getTime() - at.getTime() < WARN_DAYS * DAY_MS)
    .map(({ option, notAfter }) => ({
      code: 'CERTIFICATE_EXPIRES_SOON',
      message: `${option} is valid until ${notAfter.toISOString()} only: download a new one from the open platform's console and configure it before.`,
    }));
}
