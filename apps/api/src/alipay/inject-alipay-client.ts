import { Inject } from '@nestjs/common';

/** Injection token of the `AlipayClient`. */
export const ALIPAY_CLIENT = Symbol('AlipayClient');

/** Injects the client of Alipay's gateway that `AlipayModule` made. */
export function InjectAlipayClient(): PropertyDecorator & ParameterDecorator {
  return Inject(ALIPAY_CLIENT);
}
