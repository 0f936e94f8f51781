import { gatewayError, type GatewayError } from '../answer/gateway-error.js';
import { isEncrypted, type BizContent } from '../wire/gateway-request.js';

/** Interface document, public parameters. */
const MAX_APP_AUTH_TOKEN = 40;

/** The public parameters that stand for themselves: presence, `version`, `format`, `app_auth_token`. */
export function checkPublicValues(params: ReadonlyMap<string, string>): GatewayError | null {
  if (!params.get('sign')) return gatewayError('isv.missing-signature');
  if (!params.get('timestamp')) return gatewayError('isv.missing-timestamp');
  const version = params.get('version');
  if (!version) return gatewayError('isv.missing-version');
  if (version !== '1.0') return gatewayError('isv.invalid-version', { subMsg: '无效的版本参数' });
  const format = params.get('format');
  if (format && format.toUpperCase() !== 'JSON') return gatewayError('isv.invalid-format');
  if ((params.get('app_auth_token') ?? '').length > MAX_APP_AUTH_TOKEN) {
    return gatewayError('isv.invalid-parameter', { subMsg: '参数无效：app_auth_token超长' });
  }
  return null;
}

/** `encrypt_type` against what is configured for the app. */
export function checkEncryption(
  params: ReadonlyMap<string, string>,
  hasContentKey: boolean,
): GatewayError | null {
  if (!params.get('encrypt_type')) return null;
  if (!isEncrypted(params)) return gatewayError('isv.invalid-encrypt-type');
  return hasContentKey ? null : gatewayError('isv.missing-encrypt-key');
}

export function checkBizContent({ state }: BizContent): GatewayError | null {
  if (state === 'illegal') return gatewayError('isv.illegal-json');
  if (state === 'undecipherable') return gatewayError('isv.decryption-error-unknown');
  if (state === 'not-an-object') {
    return gatewayError('isv.invalid-parameter', { subMsg: '参数无效：biz_content不是JSON对象' });
  }
  return null;
}
