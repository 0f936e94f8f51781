import { findError, ZHIMA_AUTHORIZATION_METHOD, type FailureClass } from '@zhimaper/alipay-core';
import type { GatewayVerdict } from '../errors/problem-schema.js';
import type { Authorization } from './authorization.entity.js';

/** What to do where the catalogue knows the code by another class, or not at all. */
const SOLUTION_BY_CLASS: Readonly<Record<FailureClass, string>> = {
  'not-sent': 'Send the same request again.',
  'rate-limited': 'Wait, then send the same request again.',
  'unknown-outcome': 'Do not apply again: find out from Alipay whether the authorisation exists.',
  'caller-config': "Correct the service's configuration, keys or application.",
  permission: 'Sign the product for the application, or ask Alipay for the permission.',
  token: "Renew the merchant's authorisation that the service calls with.",
  'caller-input': 'Correct the data and apply again with a new Idempotency-Key.',
  'end-user': 'Ask the person to correct this with Alipay.',
};

/** What Alipay answered to the last application; null where it granted it, or did not answer. */
export function gatewayVerdict(authorization: Authorization): GatewayVerdict | null {
  const { outcomeClass, gatewayCode: code, gatewaySubCode: subCode } = authorization;
  if (code === null || outcomeClass === null || outcomeClass === 'success') return null;
  const entry = findError({ code, subCode, method: ZHIMA_AUTHORIZATION_METHOD });
  // An answer that could not be verified has a class of its own, whatever its code claims.
  const solution = entry?.class === outcomeClass ? entry.solution : SOLUTION_BY_CLASS[outcomeClass];
  return { code, subCode, class: outcomeClass, solution };
}
