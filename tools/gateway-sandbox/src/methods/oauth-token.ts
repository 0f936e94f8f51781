import { gatewayError, type GatewayError } from '../answer/gateway-error.js';
import { beijingTime } from '../wire/beijing-time.js';
import type { GatewayMethod } from './gateway-method.js';

/** In the form of a real one; nobody has it. */
const USER_ID = '2088000000000001';

/**
 * `alipay.system.oauth.token`: a refresh token against a fresh pair, once. Its parameters stand beside the public ones, not
 * in `biz_content`, its success has neither `code` nor `msg`, and its errors come in `error_response`.
 */
export const oauthToken: GatewayMethod = {
  name: 'alipay.system.oauth.token',

  check({ params }, { tokens, now }) {
    const grantType = params.get('grant_type');
    // The sandbox hands out no authorisation codes, so that no code can be one of its own.
    if (grantType === 'authorization_code') return refused('isv.code-invalid');
    if (grantType !== 'refresh_token') return refused('isv.grant-type-invalid');
    const fault = tokens.refreshFault(params.get('refresh_token') ?? '', now);
    return fault === null ? null : refused(fault);
  },

  answer({ params }, { now, refreshTokens }) {
    const pair = refreshTokens(params.get('refresh_token') ?? '');
    const { grant } = pair;
    return {
      kind: 'success',
      members: {
        user_id: USER_ID,
        access_token: pair.accessToken,
        expires_in: secondsLeft(pair.accessDeadline, now),
        refresh_token: pair.refreshToken,
        re_expires_in: secondsLeft(grant.deadline, now),
        auth_start: beijingTime(grant.startedAt),
      },
    };
  },
};

function refused(subCode: string): GatewayError {
  return gatewayError(subCode, { errorResponse: true });
}

/** None, where a permanent grant outlives its deadline. */
function secondsLeft(deadline: number, now: number): number {
  return Math.max(0, Math.floor((deadline - now) / 1000));
}
