import type { ZhimaAuthorizationInput } from '@zhimaper/alipay-core';
import type { Application } from './authorization-schemas.js';

/** What of an application is sent to Alipay. */
export function personOf({
  certType,
  certNo,
  name,
  mobile,
  linkedMerchantId,
}: Application): ZhimaAuthorizationInput {
  const person = { certType, certNo, name, mobile };
  return linkedMerchantId === undefined ? person : { ...person, linkedMerchantId };
}
