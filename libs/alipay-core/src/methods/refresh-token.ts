import { AlipayInputError } from '../errors/alipay-error.js';
import type { GatewayAnswer, GatewayFailure, JsonValue } from '../gateway/answer.js';
import type { ExecuteOptions } from '../gateway/gateway-client.js';
import { maskSecret, withMaskedViews } from '../redaction/index.js';

/** The interface that exchanges tokens. Its own success carries neither `code` nor `msg`. */
export const OAUTH_TOKEN_METHOD = 'alipay.system.oauth.token';

/** What a success of `OAUTH_TOKEN_METHOD` looks like. */
export const OAUTH_TOKEN_ANSWER = {
  successWithoutCode: true,
  requiredMembers: ['access_token', 'refresh_token'],
} as const satisfies ExecuteOptions;

export type RefreshTokenOptions = Pick<
  ExecuteOptions,
  'appAuthToken' | 'retry' | 'signal' | 'timeoutMs'
>;

/** The pair was replaced: both old tokens are dead, and the new ones cannot be had again. Store them first. */
export interface RefreshTokenSuccess {
  outcome: 'success';
  accessToken: string;
  refreshToken: string;
  /** Seconds until the access token expires, or null where the answer does not tell. */
  expiresIn: number | null;
  /** Seconds until the refresh token expires, or null; a refresh does not extend that deadline. */
  reExpiresIn: number | null;
  /** The person at Alipay, or null: newer applications get `openId` in its place. */
  userId: string | null;
  openId: string | null;
  /** When the person granted the authorisation, as it came (`yyyy-MM-dd HH:mm:ss`), or null. */
  authStart: string | null;
  code: string | null;
  traceId: string | null;
  verified: true;
}

export type RefreshTokenResult = RefreshTokenSuccess | GatewayFailure;

/**
 * Exchanges a refresh token for a new pair. Never repeated unless asked: a refresh that took effect has killed the
 * old pair.
 */
export async function refreshToken(
  execute: (method: string, options: ExecuteOptions) => Promise<GatewayAnswer>,
  token: string,
  options: RefreshTokenOptions,
): Promise<RefreshTokenResult> {
  if (typeof token !== 'string' || token.trim() === '') {
    throw new AlipayInputError([
      { field: 'refreshToken', code: 'REFRESH_TOKEN_IS_NULL', message: 'is required' },
    ]);
  }
  const answer = await execute(OAUTH_TOKEN_METHOD, {
    retry: { attempts: 1 },
    ...options,
    ...OAUTH_TOKEN_ANSWER,
    params: { grant_type: 'refresh_token', refresh_token: token },
  });
  if (answer.outcome !== 'success') return answer;
  const { data } = answer;
  const success: RefreshTokenSuccess = {
    outcome: 'success',
    // Both are whole texts by then: a success without them is not one.
    accessToken: textOf(data['access_token']) ?? '',
    refreshToken: textOf(data['refresh_token']) ?? '',
    expiresIn: secondsOf(data['expires_in']),
    reExpiresIn: secondsOf(data['re_expires_in']),
    userId: textOf(data['user_id']),
    openId: textOf(data['open_id']),
    authStart: textOf(data['auth_start']),
    code: answer.code,
    traceId: answer.traceId,
    verified: true,
  };
  return withMaskedViews(success, {
    ...success,
    accessToken: maskSecret(success.accessToken),
    refreshToken: maskSecret(success.refreshToken),
    userId: success.userId && maskSecret(success.userId),
    openId: success.openId && maskSecret(success.openId),
  });
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The gateway writes its numbers as JSON numbers or as text. */
function secondsOf(value: JsonValue | undefined): number | null {
  const isWritten = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  const seconds = isWritten ? Number(value) : Number.NaN;
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : null;
}
