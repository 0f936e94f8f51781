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
    ...trustOptions(environment),
    signType: environment.ALIPAY_SIGN_TYPE,
    charset: environment.ALIPAY_CHARSET,
    timeoutMs: environment.ALIPAY_TIMEOUT_MS,
    ...(encryptKey === undefined ? {} : { encryptKey, needEncrypt: true }),
    ...(appAuthToken === undefined ? {} : { appAuthToken }),
  };
}

/** The environment holds either the key or all three certificates. */
function trustOptions(
  environment: Environment,
): Pick<
  GatewayClientOptions,
  'alipayCertificate' | 'alipayPublicKey' | 'alipayRootCertificate' | 'appCertificate'
> {
  const alipayPublicKey = environment.ALIPAY_PUBLIC_KEY;
  const appCertificate = environment.ALIPAY_APP_CERT_FILE;
  const alipayCertificate = environment.ALIPAY_CERT_FILE;
  const alipayRootCertificate = environment.ALIPAY_ROOT_CERT_FILE;
  return {
    ...(alipayPublicKey ? { alipayPublicKey } : {}),
    ...(appCertificate ? { appCertificate } : {}),
    ...(alipayCertificate ? { alipayCertificate } : {}),
    ...(alipayRootCertificate ? { alipayRootCertificate } : {}),
  };
}
