import type { GatewayClientOptions } from '@zhimaper/alipay-core';
import type { Environment } from '../config/environment-schema.js';

/** The gateway client's options, as the environment has them. */
export function gatewayOptions(environment: Environment): GatewayClientOptions {
  const encryptKey = environment.ALIPAY_ENCRYPT_KEY;
  const appAuthToken = environment.ALIPAY_APP_AUTH_TOKEN?.reveal();
  return {
    gatewayUrl: environment.ALIPAY_GATEWAY_URL,
    appId: environment.ALIPAY_APP_ID,
    privateKey: environment.ALIPAY_APP_PRIVATE_KEY,
    alipayPublicKey: environment.ALIPAY_PUBLIC_KEY,
    signType: environment.ALIPAY_SIGN_TYPE,
    charset: environment.ALIPAY_CHARSET,
    timeoutMs: environment.ALIPAY_TIMEOUT_MS,
    ...(encryptKey === undefined ? {} : { encryptKey, needEncrypt: true }),
    ...(appAuthToken === undefined ? {} : { appAuthToken }),
  };
}
