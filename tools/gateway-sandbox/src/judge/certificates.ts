import { gatewayError, type GatewayError } from '../answer/gateway-error.js';
import type { ExpectedCertificates } from '../certificates/gateway-certificates.js';

/** Whether a request goes by certificates: one of the two serial numbers is enough to say so. */
export function isCertificateMode(params: ReadonlyMap<string, string>): boolean {
  return Boolean(params.get('app_cert_sn')) || Boolean(params.get('alipay_root_cert_sn'));
}

/** The two serial numbers of certificate mode. Without them the request goes by keys alone, which is as good. */
export function checkCertificates(
  params: ReadonlyMap<string, string>,
  expected: ExpectedCertificates | null,
  now: number,
): GatewayError | null {
  if (!isCertificateMode(params)) return null;
  if (!params.get('app_cert_sn')) return gatewayError('isv.missing-app-cert-sn');
  if (!params.get('alipay_root_cert_sn')) return gatewayError('isv.missing-alipay-root-cert-sn');
  if (expected === null || params.get('app_cert_sn') !== expected.appCertSn) {
    return gatewayError('isv.app-cert-not-exist');
  }
  if (params.get('alipay_root_cert_sn') !== expected.rootCertSn) {
    return gatewayError('isv.invalid-alipay-root-cert-sn');
  }
  return now > expected.appCertNotAfter ? gatewayError('app-cert-expired') : null;
}
