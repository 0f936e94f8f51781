import type { GatewayAnswer } from '../gateway/answer.js';
import { GatewayClient, type ExecuteOptions } from '../gateway/gateway-client.js';
import {
  applyZhimaAuthorization,
  type ApplyZhimaAuthorizationOptions,
  type ZhimaAuthorizationResult,
} from './apply-zhima-authorization.js';
import {
  OAUTH_TOKEN_ANSWER,
  OAUTH_TOKEN_METHOD,
  refreshToken,
  type RefreshTokenOptions,
  type RefreshTokenResult,
} from './refresh-token.js';
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
   * @param input the person, as the interface document names the fields
   * @param options checks, the call's deadline in milliseconds, its signal, retries and encryption
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
  /**
   * Exchanges a refresh token for a new pair of tokens (`alipay.system.oauth.token`).
   *
   * The old access token dies at once, the refresh token is replaced, and its deadline is not extended. A lost answer
   * loses the grant: after `unknown-outcome` never repeat on your own. That the tokens of
   * `alipay.user.auth.zhimaper.inner.apply` can be refreshed by this interface is not verified: the interface
   * document says that they can be refreshed, and names no method.
   * Throws `AlipayInputError` for an empty token; nothing was sent then.
   *
   * Source: the gateway's published documents, `alipay.system.oauth.token`.
   *
   * @param token the refresh token of the latest pair
   * @param options the call's deadline in milliseconds, its signal and retries
   *
   * @example
   * const result = await client.refreshToken(stored.refreshToken);
   * if (result.outcome === 'success') await store(result.accessToken, result.refreshToken, result.expiresIn);
   * else if (result.outcome === 'token') console.error('The person must be asked again.', result.subCode);
   */
  refreshToken(token: string, options: RefreshTokenOptions = {}): Promise<RefreshTokenResult> {
    return refreshToken((method, call) => this.execute(method, call), token, options);
  }

  /**
   * As `GatewayClient.execute`; it also knows which interfaces write a success without `code`.
   *
   * Throws as `GatewayClient.execute` does.
   * Source: interface document, public request and response parameters.
   *
   * @param method the interface's name, such as `alipay.trade.query`
   * @param options what to send, and how; `timeoutMs` is in milliseconds
   *
   * @example
   * const answer = await client.execute('alipay.trade.query', { bizContent: { out_trade_no: '4711' }, timeoutMs: 3_000 });
   * if (answer.outcome === 'success') console.log(answer.data['trade_status']);
   */
  override execute(method: string, options: ExecuteOptions = {}): Promise<GatewayAnswer> {
    return super.execute(
      method,
      method === OAUTH_TOKEN_METHOD ? { ...OAUTH_TOKEN_ANSWER, ...options } : options,
    );
  }
}
