import {
  checkZhimaAuthorizationInput,
  type CheckedZhimaAuthorizationInput,
  type ZhimaAuthorizationCheckOptions,
} from '@zhimaper/alipay-core';
import type { CliContext } from '../runtime/context.js';
import { parseJsonObject } from './json.js';
import { canPrompt, prompt, type Question } from './prompt.js';
import { nameOf, readTextSource } from './source.js';

export interface PersonOptions {
  name?: string;
  certNo?: string;
  mobile?: string;
  certType?: string;
  linkedMerchantId?: string;
  input?: string;
}

/** A person as JSON takes a few hundred bytes. */
const MAX_INPUT_BYTES = 64 * 1024;

const QUESTIONS: readonly (Question & { readonly field: 'name' | 'certNo' | 'mobile' })[] = [
  { field: 'name', label: 'Name', hidden: false },
  { field: 'certNo', label: 'ID number', hidden: true },
  { field: 'mobile', label: 'Mobile', hidden: false },
];

/** The options that hold personal data, where a file or a prompt would not show it to others. */
export function isOnCommandLine({ name, certNo, mobile }: PersonOptions): boolean {
  return name !== undefined || certNo !== undefined || mobile !== undefined;
}

/** What `--input` holds; nothing where it is not given. */
export async function readInputObject(
  context: CliContext,
  input: string | undefined,
): Promise<Record<string, unknown>> {
  if (input === undefined) return {};
  return parseJsonObject(await readTextSource(context, input, MAX_INPUT_BYTES), nameOf(input));
}

/** Completes a person from the options, which win, and, where `mayPrompt`, from whoever sits at the terminal. */
export async function completePerson(
  context: CliContext,
  fromFile: Record<string, unknown>,
  options: PersonOptions,
  mayPrompt: boolean,
): Promise<Record<string, unknown>> {
  const person: Record<string, unknown> = {
    certType: 'IDENTITY_CARD',
    ...fromFile,
    ...pick(options),
  };
  if (mayPrompt && options.input !== '-' && canPrompt(context)) {
    for (const { field, ...question } of QUESTIONS) {
      if (!person[field]) person[field] = await prompt(context, question);
    }
  }
  return person;
}

/**
 * Gathers the person from the file, the options and, where `mayPrompt`, from whoever sits at the terminal,
 * and checks it. Throws `AlipayInputError` with every fault.
 */
export async function readPerson(
  context: CliContext,
  options: PersonOptions,
  { mayPrompt, ...check }: ZhimaAuthorizationCheckOptions & { mayPrompt: boolean },
): Promise<CheckedZhimaAuthorizationInput> {
  const fromFile = await readInputObject(context, options.input);
  const person = await completePerson(context, fromFile, options, mayPrompt);
  return checkZhimaAuthorizationInput(person, check);
}

/** Only the person's members: the command has further options. */
function pick({ name, certNo, mobile, certType, linkedMerchantId }: PersonOptions) {
  const given = Object.entries({ name, certNo, mobile, certType, linkedMerchantId });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
