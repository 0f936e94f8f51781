import type { InputIssue } from '../errors/alipay-error.js';
import type { GatewayAnswer, GatewayFailure, JsonValue } from '../gateway/answer.js';
import type { ExecuteOptions } from '../gateway/gateway-client.js';
import type { GatewayCall } from '../gateway/call-parameters.js';
import { maskSecret, withMaskedViews } from '../redaction/index.js';
import {
  checkZhimaAuthorizationInput,
  type ZhimaAuthorizationCheckOptions,
  type ZhimaAuthorizationInput,
} from './zhima-authorization-input.js';

export const ZHIMA_AUTHORIZATION_METHOD = 'alipay.user.auth.zhimaper.inner.apply';

export type ApplyZhimaAuthorizationOptions = ZhimaAuthorizationCheckOptions &
  Pick<ExecuteOptions, 'appAuthToken' | 'needEncrypt' | 'retry' | 'signal' | 'timeoutMs'>;

/** The person granted the authorisation. The tokens cannot be had again: store them before anything else. */
export interface ZhimaAuthorizationSuccess {
  outcome: 'success';
  accessToken: string;
  refreshToken: string;
  /** `permanent`, or null: then the tokens expire at a time that the answer does not tell. */
  authTokenType: string | null;
  code: string | null;
  traceId: string | null;
  verified: true;
  warnings: readonly InputIssue[];
}

export type ZhimaAuthorizationFailure = GatewayFailure & { warnings: readonly InputIssue[] };
export type ZhimaAuthorizationResult = ZhimaAuthorizationSuccess | ZhimaAuthorizationFailure;

/**
 * The interface's call for a person whose data was checked.
 *
 * Never throws. Source: interface document, request parameters.
 *
 * @param input the person, checked
 *
 * @example
 * const { input } = checkZhimaAuthorizationInput({ certType: 'IDENTITY_CARD', certNo, name, mobile });
 * prepareRequest(zhimaAuthorizationCall(input), identity, new Date()).stringToSign;
 */
export function zhimaAuthorizationCall(input: ZhimaAuthorizationInput): GatewayCall {
  return {
    method: ZHIMA_AUTHORIZATION_METHOD,
    bizContent: {
      cert_no: input.certNo,
      cert_type: input.certType,
      name: input.name,
      mobile: input.mobile,
      ...(input.linkedMerchantId === undefined
        ? {}
        : { linked_merchant_id: input.linkedMerchantId }),
    },
  };
}

/**
 * Applies for a person's Zhima authorisation. Never repeated unless asked: each application sends the person an
 * SMS.
 */
export async function applyZhimaAuthorization(
  execute: (method: string, options: ExecuteOptions) => Promise<GatewayAnswer>,
  value: ZhimaAuthorizationInput,
  { strict, allowLongName, ...options }: ApplyZhimaAuthorizationOptions,
): Promise<ZhimaAuthorizationResult> {
  const { input, warnings } = checkZhimaAuthorizationInput(value, {
    strict: strict ?? false,
    allowLongName: allowLongName ?? false,
  });
  const { method, ...call } = zhimaAuthorizationCall(input);
  const answer = await execute(method, {
    retry: { attempts: 1 },
    ...options,
    ...call,
    requiredMembers: ['access_token', 'refresh_token'],
  });
  if (answer.outcome !== 'success') return Object.assign(answer, { warnings });
  const { access_token, refresh_token, auth_token_type } = answer.data;
  const success: ZhimaAuthorizationSuccess = {
    outcome: 'success',
    accessToken: textOf(access_token),
    refreshToken: textOf(refresh_token),
    authTokenType: textOf(auth_token_type) || null,
    code: answer.code,
    traceId: answer.traceId,
    verified: true,
    warnings,
  };
  return withMaskedViews(success, {
    ...success,
    accessToken: maskSecret(success.accessToken),
    refreshToken: maskSecret(success.refreshToken),
  });
}

/** Both tokens are texts by then: a success without them is not one. */
function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
