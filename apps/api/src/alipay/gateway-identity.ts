import type { GatewayIdentity } from '@zhimaper/alipay-core';
import type { Environment } from '../config/environment-schema.js';

/** As whom, and in which form, the service calls the gateway. */
export function gatewayIdentity(environment: Environment): GatewayIdentity {
  const { ALIPAY_APP_ID, ALIPAY_SIGN_TYPE, ALIPAY_CHARSET } = environment;
  return { appId: ALIPAY_APP_ID, signType: ALIPAY_SIGN_TYPE, charset: ALIPAY_CHARSET };
}
