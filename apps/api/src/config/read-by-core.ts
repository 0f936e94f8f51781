import { AlipayError } from '@zhimaper/alipay-core';
import { z } from 'zod';

/** A value that alipay-core reads; its refusals name what was found and what to do, never the value. */
export function readByCore<T>(read: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof AlipayError)) throw error;
      context.addIssue({ code: 'custom', message: messageOf(error) });
      return z.NEVER;
    }
  });
}

/** What is wrong and what to do, as one text. */
export function messageOf({ message, nextStep }: AlipayError): string {
  return `${message} ${nextStep}`;
}
