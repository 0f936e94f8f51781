import { findError } from '@zhimaper/alipay-core';

interface Codes {
  code: string | null;
  subCode?: string | null;
}

/** A label of few values, whatever the gateway answers: the catalogue's spelling, `other`, or `none` without any. */
export function subCodeLabel({ code, subCode }: Codes): string {
  if (subCode === undefined || subCode === null || subCode === '') return 'none';
  return findError({ code, subCode })?.subCode ?? 'other';
}
