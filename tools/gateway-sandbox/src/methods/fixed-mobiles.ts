import { gatewayError, type GatewayError } from '../answer/gateway-error.js';

/** What a fixed mobile makes of an accepted application. */
export type FixedAnswer =
  | { kind: 'error'; error: GatewayError }
  /** A success that lacks its tokens. */
  | { kind: 'no-tokens' }
  /** A success whose tokens expire: `auth_token_type` is left out. */
  | { kind: 'no-token-type' };

const error = (...args: Parameters<typeof gatewayError>): FixedAnswer => ({
  kind: 'error',
  error: gatewayError(...args),
});

/**
 * Mobiles that give one answer each without any set-up. From 1000 on, the last four digits recall the gateway's `code`: 4005
 * is 40005.
 */
export const FIXED_MOBILES: ReadonlyMap<string, FixedAnswer> = new Map([
  ['13800000001', error('CERT_NO_IS_NULL')],
  ['13800000002', error('CERT_TYPE_IS_NULL')],
  ['13800000003', error('NAME_IS_NULL')],
  ['13800000004', error('MOBILE_IS_NULL')],
  ['13800000005', error('NO_USER_ERROR')],
  ['13800000006', error('SYSTEM_ERROR')],
  ['13800001000', { kind: 'no-tokens' }],
  ['13800001001', { kind: 'no-token-type' }],
  ['13800002000', error('isp.unknow-error')],
  ['13800002001', error('aop.invalid-auth-token')],
  ['13800002002', error('aop.ACQ.SYSTEM_ERROR')],
  ['13800004001', error('isv.missing-default-signature-type')],
  ['13800004002', error('isv.invalid-parameter')],
  ['13800004003', error('isv.not-online-app')],
  ['13800004004', error('SANDBOX_UNLISTED', { subMsg: '未列出的业务错误' })],
  ['13800004005', error('isv.app-call-limited')],
  [
    '13800004006',
    error('isv.insufficient-isv-permissions', {
      subMsg: 'ISV权限不足，解决方案：https://open.alipay.com/api/errCheck?source=openapi',
      errorResponse: true,
    }),
  ],
  ['13800004013', error('isv.missing-signature-config')],
  ['13800005000', error(null, { code: '50000' })],
]);
