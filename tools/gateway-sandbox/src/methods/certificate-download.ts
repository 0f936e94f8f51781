import { gatewayError } from '../answer/gateway-error.js';
import { bizText } from '../wire/gateway-request.js';
import type { GatewayMethod } from './gateway-method.js';

/** `alipay.open.app.alipaycert.download`: the certificate, with its issuer's, behind an `alipay_cert_sn`. */
export const certificateDownload: GatewayMethod = {
  name: 'alipay.open.app.alipaycert.download',

  check(request, { certificates }) {
    const sn = bizText(request, 'alipay_cert_sn');
    if (!sn) {
      const subMsg = '参数无效：缺少alipay_cert_sn';
      return gatewayError('isv.invalid-parameter', { subMsg });
    }
    return certificates.find(sn) === undefined ? gatewayError('isv.alipay-cert-not-exist') : null;
  },

  answer(request, { certificates }) {
    const chain = certificates.find(bizText(request, 'alipay_cert_sn') ?? '')?.chain ?? '';
    return {
      kind: 'success',
      members: {
        msg: 'Success',
        code: '10000',
        alipay_cert_content: Buffer.from(chain).toString('base64'),
      },
    };
  },
};
