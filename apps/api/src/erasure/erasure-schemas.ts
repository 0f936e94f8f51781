import { zhimaAuthorizationInputSchema } from '@zhimaper/alipay-core';

/** Body of `POST /v1/subjects/erasure`. */
export const personSchema = zhimaAuthorizationInputSchema.pick({ certType: true, certNo: true });
