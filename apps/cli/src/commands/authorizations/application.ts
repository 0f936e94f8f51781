import { checkApplication, type CheckedApplication } from '../../input/check-application.js';
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
  return checkApplication(person, declared, options.utc ?? false);
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
