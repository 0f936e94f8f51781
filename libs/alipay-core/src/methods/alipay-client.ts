import { GatewayClient } from '../gateway/gateway-client.js';
import {
  applyZhimaAuthorization,
  type ApplyZhimaAuthorizationOptions,
  type ZhimaAuthorizationResult,
} from './apply-zhima-authorization.js';
import type { ZhimaAuthorizationInput } from './zhima-authorization-input.js';

/**
 * The client for Alipay's open gateway: `execute` for any method, and one typed method an interface.
 *
 * Throws `AlipayError` where an option is wrong, before anything is sent; keys are read once, here.
 *
 * @example
 * const client = new AlipayClient({ appId, privateKey, alipayPublicKey });
 * const result = await client.applyZhimaAuthorization({ certType: 'IDENTITY_CARD', certNo, name, mobile });
 * if (result.outcome === 'success') await store(result.accessToken, result.refreshToken);
 * await client.close();
 */
export class AlipayClient extends GatewayClient {
  /**
   * Applies for a person's Zhima authorisation (`alipay.user.auth.zhimaper.inner.apply`).
   *
   * Alipay matches name, ID number and mobile against its own records and sends the person an SMS. There is no
   * idempotency key at the gateway: after `unknown-outcome` the grant may exist, so never repeat on your own.
   * Throws `AlipayInputError` with every fault of the input; nothing was sent then.
   *
   * Source: interface document, request and response parameters.
   *
   * @example
   * const result = await client.applyZhimaAuthorization({
   *   certType: 'IDENTITY_CARD', certNo: '330701199901011311', name: '张三', mobile: '13588111111',
   * });
   * if (result.outcome !== 'success') console.error(result.code, result.subCode, result.solution);
   */
  applyZhimaAuthorization(
    input: ZhimaAuthorizationInput,
    options: ApplyZhimaAuthorizationOptions = {},
  ): Promise<ZhimaAuthorizationResult> {
    return applyZhimaAuthorization((method, call) => this.execute(method, call), input, options);
  }
}
