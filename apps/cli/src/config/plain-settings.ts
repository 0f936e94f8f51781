import {
  AlipayError,
  parseCharset,
  parseSignType,
  PRODUCTION_GATEWAY_URL,
} from '@zhimaper/alipay-core';
import { z } from 'zod';
import type { ConfigFaults } from './config-faults.js';

/** What a timer can hold: a longer one fires at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

function parsedBy<T>(parse: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof AlipayError)) throw error;
      context.addIssue({ code: 'custom', message: `is wrong: ${error.message} ${error.nextStep}` });
      return z.NEVER;
    }
  });
}

const plainVariables = z.object({
  ALIPAY_GATEWAY_URL: z
    .url({ protocol: /^https?$/, message: 'is not an http or https URL.' })
    .transform((text) => new URL(text).href)
    .default(PRODUCTION_GATEWAY_URL),
  ALIPAY_APP_ID: z.string().optional(),
  ALIPAY_APP_AUTH_TOKEN: z.string().optional(),
  ALIPAY_SIGN_TYPE: parsedBy(parseSignType).default('RSA2'),
  ALIPAY_CHARSET: parsedBy(parseCharset).default('utf-8'),
  ALIPAY_TIMEOUT_MS: z
    .string()
    .regex(/^\d{1,10}$/, 'is not a whole number of milliseconds.')
    .transform(Number)
    .refine((value) => value > 0 && value <= LONGEST_TIMEOUT_MS, {
      message: `is not between 1 and ${LONGEST_TIMEOUT_MS} milliseconds.`,
    })
    .default(15_000),
});

export type PlainSettings = z.infer<typeof plainVariables>;

/** Reads the `ALIPAY_*` variables that need no file; null with faults. An empty variable is an unset one. */
export function readPlainSettings(
  env: Readonly<Record<string, string | undefined>>,
  faults: ConfigFaults,
): PlainSettings | null {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = plainVariables.safeParse(given);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) faults.add(String(path[0]), message);
  return null;
}
