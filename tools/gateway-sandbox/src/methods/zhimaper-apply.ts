import { gatewayError, type GatewayError } from '../answer/gateway-error.js';
import { bizText, type GatewayRequest } from '../wire/gateway-request.js';
import { FIXED_MOBILES } from './fixed-mobiles.js';
import type { GatewayMethod, MethodAnswer } from './gateway-method.js';

interface Field {
  name: string;
  maxLength: number;
  /** The document's own code where the field is missing; null where it may be. */
  missing: string | null;
}

/** Interface document, request parameters and business codes. */
const FIELDS: readonly Field[] = [
  { name: 'cert_no', maxLength: 32, missing: 'CERT_NO_IS_NULL' },
  { name: 'cert_type', maxLength: 32, missing: 'CERT_TYPE_IS_NULL' },
  { name: 'name', maxLength: 16, missing: 'NAME_IS_NULL' },
  { name: 'mobile', maxLength: 16, missing: 'MOBILE_IS_NULL' },
  { name: 'linked_merchant_id', maxLength: 16, missing: null },
];

/** `alipay.user.auth.zhimaper.inner.apply`: a person's name, ID number and mobile against a pair of tokens. */
export const zhimaperApply: GatewayMethod = {
  name: 'alipay.user.auth.zhimaper.inner.apply',

  check(request) {
    for (const field of FIELDS) {
      const error = checkField(request, field);
      if (error !== null) return error;
    }
    return bizText(request, 'cert_type') === 'IDENTITY_CARD'
      ? null
      : invalidParameter('cert_type不是IDENTITY_CARD');
  },

  answer(request, { grantTokens }): MethodAnswer {
    const fixed = FIXED_MOBILES.get(bizText(request, 'mobile') ?? '');
    if (fixed?.kind === 'error') return fixed;
    if (fixed?.kind === 'no-tokens') {
      return { kind: 'success', members: { msg: 'Success', code: '10000' } };
    }
    const permanent = fixed?.kind !== 'no-token-type';
    const { accessToken, refreshToken } = grantTokens({ permanent });
    return {
      kind: 'success',
      members: {
        msg: 'Success',
        access_token: accessToken,
        refresh_token: refreshToken,
        ...(permanent ? { auth_token_type: 'permanent' } : {}),
        code: '10000',
      },
    };
  },
};

function checkField(request: GatewayRequest, field: Field): GatewayError | null {
  const { bizContent } = request;
  const value = bizContent.state === 'present' ? bizContent.fields[field.name] : undefined;
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    return field.missing === null ? null : gatewayError(field.missing);
  }
  if (typeof value !== 'string') return invalidParameter(`${field.name}不是字符串`);
  // The document does not name the unit of its lengths: code points, so that one character counts once.
  return [...value].length > field.maxLength ? invalidParameter(`${field.name}超长`) : null;
}

function invalidParameter(reason: string): GatewayError {
  return gatewayError('isv.invalid-parameter', { subMsg: `参数无效：${reason}` });
}
