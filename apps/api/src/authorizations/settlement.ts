import {
  redactText,
  type OutcomeClass,
  type RefreshTokenResult,
  type ZhimaAuthorizationResult,
} from '@zhimaper/alipay-core';
import type { Authorization } from './authorization.entity.js';
import { statusAfter } from './authorization-status.js';

/** What the outcome of an application changes in its authorisation. */
export type Settlement = Pick<
  Authorization,
  'status' | 'tokenType' | 'failureReason' | 'gatewayCode' | 'gatewaySubCode' | 'gatewayTraceId'
> & { outcomeClass: OutcomeClass };

const LONGEST_CODE = 128;

/** Says what an outcome of the gateway means for the authorisation. */
export function settlementOf(result: ZhimaAuthorizationResult): Settlement {
  const { outcome, code, traceId } = result;
  const success = outcome === 'success';
  return {
    status: statusAfter(outcome),
    tokenType: success && result.authTokenType === 'permanent' ? 'permanent' : null,
    outcomeClass: outcome,
    failureReason: success ? null : result.reason,
    gatewayCode: storable(code),
    gatewaySubCode: success ? null : storable(result.subCode),
    gatewayTraceId: storable(traceId),
  };
}

/** Says what an outcome means for the authorisation whose pair was to be replaced: it stays authorised. */
export function refreshSettlementOf(result: RefreshTokenResult): Settlement {
  const success = result.outcome === 'success';
  return {
    status: 'authorized',
    tokenType: null,
    outcomeClass: result.outcome,
    failureReason: success ? null : result.reason,
    gatewayCode: storable(result.code),
    gatewaySubCode: success ? null : storable(result.subCode),
    gatewayTraceId: storable(result.traceId),
  };
}

/** An answer that nobody signed may hold anything where a code should stand: a column takes only a short plain text. */
function storable(text: string | null): string | null {
  return text === null
    ? null
    : redactText(text.replace(/[^\x20-\x7e]/g, '?')).slice(0, LONGEST_CODE);
}
