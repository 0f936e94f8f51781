import {
  AlipayInputError,
  checkZhimaAuthorizationInput,
  givesAway,
  type InputIssue,
  type ZhimaAuthorizationInput,
} from '@zhimaper/alipay-core';
import type { ApiPaths } from '@zhimaper/api-client';
import { z } from 'zod';
import { parseInstant } from './instant.js';

export type Application =
  ApiPaths['/v1/authorizations']['post']['requestBody']['content']['application/json'];

export interface CheckedApplication {
  readonly application: Application;
  /** What is unlikely about the person's data but is sent. */
  readonly warnings: readonly InputIssue[];
}

/** What a caller says about an application, beside the person. */
export interface Declaration {
  readonly reference: unknown;
  readonly consent: unknown;
  readonly confirmReapplication: unknown;
}

/**
 * Checks the person, and what is said about the application; a time without a zone is local, or UTC where `utc`.
 * Throws `AlipayInputError` with every fault of both.
 */
export function checkApplication(
  person: Record<string, unknown>,
  declaration: Declaration,
  utc: boolean,
): CheckedApplication {
  const parsed = (utc ? DECLARATION_IN_UTC : LOCAL_DECLARATION).safeParse(declaration);
  const checked = personOrIssues(person);
  if (checked instanceof AlipayInputError || !parsed.success) {
    throw new AlipayInputError([
      ...(checked instanceof AlipayInputError ? checked.issues : []),
      ...(parsed.error?.issues ?? []).map(issueOf),
    ]);
  }
  const application = bodyOf(checked.input, parsed.data);
  const unfit = [...controlCharacters(application), ...givenAway(application)];
  if (unfit.length > 0) throw new AlipayInputError(unfit);
  return { application, warnings: checked.warnings };
}

function bodyOf(
  { certType, certNo, name, mobile, linkedMerchantId }: ZhimaAuthorizationInput,
  { consent, reference, confirmReapplication }: z.output<typeof LOCAL_DECLARATION>,
): Application {
  return {
    ...{ certType, certNo, name, mobile, consent },
    ...(linkedMerchantId === undefined ? {} : { linkedMerchantId }),
    ...(reference === undefined ? {} : { reference }),
    ...(confirmReapplication === undefined ? {} : { confirmReapplication }),
  };
}

function personOrIssues(person: Record<string, unknown>) {
  try {
    return checkZhimaAuthorizationInput(person);
  } catch (error) {
    if (error instanceof AlipayInputError) return error;
    throw error;
  }
}

const CONTROL_CHARACTER = /\p{Cc}|\p{Cs}/u;
const HAS_CONTROL_CHARACTER = 'has a control character';

function controlCharacters({ certNo, name, mobile, linkedMerchantId }: Application): InputIssue[] {
  return Object.entries({ certNo, name, mobile, linkedMerchantId })
    .filter(([, text]) => text !== undefined && CONTROL_CHARACTER.test(text))
    .map(([field]) => ({ field, code: 'CONTROL_CHARACTER', message: HAS_CONTROL_CHARACTER }));
}

/** What the api would store as it is must not hold the person's data. */
function givenAway(application: Application): InputIssue[] {
  const { certNo, name, mobile, consent, reference, linkedMerchantId } = application;
  const stored = {
    reference,
    'consent.reference': consent.reference,
    'consent.textVersion': consent.textVersion,
    linkedMerchantId,
  };
  return Object.entries(stored)
    .filter(([, text]) => text !== undefined && givesAway(text, [certNo, name, mobile]))
    .map(([field]) => ({
      field,
      code: 'PERSONAL_DATA',
      message: "holds the person's data, and would be stored as it is",
    }));
}

/** What is said about the application, within the api's own limits. */
function declarationSchema(utc: boolean) {
  const text = z.string('is required').min(1, 'is required');
  const label = (most: number) =>
    text
      .max(most, `is longer than ${most} characters`)
      .refine((given) => !CONTROL_CHARACTER.test(given), HAS_CONTROL_CHARACTER);
  const instant = text.transform((given, context) => {
    const at = parseInstant(given, utc);
    if (at) return at.toISOString();
    context.addIssue({ code: 'custom', message: 'is no time of ISO 8601' });
    return z.NEVER;
  });
  return z.object({
    reference: z.string('must be a text').min(1, 'is empty').pipe(label(128)).optional(),
    consent: z.strictObject(
      { reference: label(128), textVersion: label(64), grantedAt: instant },
      {
        error: ({ code }) =>
          code === 'unrecognized_keys' ? 'has a member that is not known' : 'must be an object',
      },
    ),
    confirmReapplication: z.boolean('must be true or false').optional(),
  });
}

const LOCAL_DECLARATION = declarationSchema(false);
const DECLARATION_IN_UTC = declarationSchema(true);

function issueOf({ path, code, message }: z.core.$ZodIssue): InputIssue {
  const field = path.join('.');
  if (message === 'is required') return { field, code: 'REQUIRED', message };
  if (message === HAS_CONTROL_CHARACTER) return { field, code: 'CONTROL_CHARACTER', message };
  return { field, code: code === 'too_big' ? 'TOO_LONG' : 'INVALID', message };
}
