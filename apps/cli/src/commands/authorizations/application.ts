import {
  AlipayInputError,
  checkZhimaAuthorizationInput,
  type InputIssue,
  type ZhimaAuthorizationInput,
} from '@zhimaper/alipay-core';
import type { ApiPaths } from '@zhimaper/api-client';
import { z } from 'zod';
import { parseInstant } from '../../input/instant.js';
import { completePerson, readInputObject, type PersonOptions } from '../../input/person.js';
import { canPrompt, prompt } from '../../input/prompt.js';
import type { CliContext } from '../../runtime/context.js';

export interface ApplicationOptions extends PersonOptions {
  reference?: string;
  consentReference?: string;
  consentTextVersion?: string;
  consentGrantedAt?: string;
  confirmReapplication?: boolean;
  utc?: boolean;
}

export type Application =
  ApiPaths['/v1/authorizations']['post']['requestBody']['content']['application/json'];

export interface CheckedApplication {
  readonly application: Application;
  /** What is unlikely about the person's data but is sent. */
  readonly warnings: readonly InputIssue[];
}

const CONSENT_QUESTIONS = [
  { field: 'reference', label: 'Reference of the consent' },
  { field: 'textVersion', label: 'Version of the text agreed to' },
  { field: 'grantedAt', label: 'Agreed at (ISO 8601)' },
] as const;

/** Gathers an application from the file, the options and, where `mayPrompt`, the terminal. Throws `AlipayInputError`. */
export async function readApplication(
  context: CliContext,
  options: ApplicationOptions,
  mayPrompt: boolean,
): Promise<CheckedApplication> {
  const { reference, consent, confirmReapplication, ...fromFile } = await readInputObject(
    context,
    options.input,
  );
  const person = await completePerson(context, fromFile, options, mayPrompt);
  const declared = {
    reference: options.reference ?? reference,
    consent: await completeConsent(context, consent, options, mayPrompt),
    confirmReapplication: options.confirmReapplication ?? confirmReapplication,
  };
  const parsed = declarationSchema(options.utc ?? false).safeParse(declared);
  const checked = personOrIssues(person);
  if (checked instanceof AlipayInputError || !parsed.success) {
    throw new AlipayInputError([
      ...(checked instanceof AlipayInputError ? checked.issues : []),
      ...(parsed.error?.issues ?? []).map(issueOf),
    ]);
  }
  return { application: bodyOf(checked.input, parsed.data), warnings: checked.warnings };
}

function bodyOf(
  { linkedMerchantId, ...person }: ZhimaAuthorizationInput,
  { consent, reference, confirmReapplication }: z.output<ReturnType<typeof declarationSchema>>,
): Application {
  return {
    ...person,
    consent,
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

async function completeConsent(
  context: CliContext,
  fromFile: unknown,
  options: ApplicationOptions,
  mayPrompt: boolean,
): Promise<unknown> {
  // What is no object is refused as it is.
  if (fromFile !== undefined && !isObject(fromFile)) return fromFile;
  const { consentReference, consentTextVersion, consentGrantedAt } = options;
  const consent: Record<string, unknown> = {
    ...fromFile,
    ...(consentReference === undefined ? {} : { reference: consentReference }),
    ...(consentTextVersion === undefined ? {} : { textVersion: consentTextVersion }),
    ...(consentGrantedAt === undefined ? {} : { grantedAt: consentGrantedAt }),
  };
  if (mayPrompt && options.input !== '-' && canPrompt(context)) {
    for (const { field, label } of CONSENT_QUESTIONS) {
      consent[field] ??= await prompt(context, { label, hidden: false });
    }
  }
  return consent;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is said about the application; its lengths are the api's to judge. */
function declarationSchema(utc: boolean) {
  const text = z.string('is required').min(1, 'is required');
  const instant = text.transform((given, context) => {
    const at = parseInstant(given, utc);
    if (at) return at.toISOString();
    context.addIssue({ code: 'custom', message: 'is no time of ISO 8601' });
    return z.NEVER;
  });
  return z.object({
    reference: z.string('must be a text').min(1, 'is empty').optional(),
    consent: z.strictObject(
      { reference: text, textVersion: text, grantedAt: instant },
      {
        error: ({ code }) =>
          code === 'unrecognized_keys' ? 'has a member that is not known' : 'must be an object',
      },
    ),
    confirmReapplication: z.boolean('must be true or false').optional(),
  });
}

function issueOf({ path, message }: z.core.$ZodIssue): InputIssue {
  return {
    field: path.join('.'),
    code: message === 'is required' ? 'REQUIRED' : 'INVALID',
    message,
  };
}
