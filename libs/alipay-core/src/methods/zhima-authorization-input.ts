import { z } from 'zod';
import { AlipayInputError, type InputIssue } from '../errors/alipay-error.js';

/** The interface document's limits, counted in code points (the document names no unit). */
const LIMITS = { certNo: 32, certType: 32, name: 16, mobile: 16, linkedMerchantId: 16 } as const;
/** With `allowLongName`: longer than any name in a Chinese register, short enough to be one. */
const LONG_NAME_LIMIT = 64;

type Field = keyof typeof LIMITS;

/** `certNo` -> `CERT_NO`, as the document's own codes (`CERT_NO_IS_NULL`) spell it. */
function codePrefix(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function textField(field: Field, limit: number, example: string) {
  return z
    .string()
    .superRefine((value, context) => {
      const issue = (suffix: string, message: string) => {
        context.addIssue({ code: 'custom', message, params: { code: codePrefix(field) + suffix } });
      };
      if (value.trim() === '') issue('_IS_NULL', 'is required');
      else if (codePoints(value) > limit) {
        issue('_TOO_LONG', `is longer than the interface's limit of ${limit} characters`);
      }
    })
    .meta({ minLength: 1, maxLength: limit, examples: [example] });
}

function inputSchema(nameLimit: number) {
  return z.strictObject({
    certType: z
      .literal('IDENTITY_CARD')
      .describe('Kind of document; the interface knows the ID card only.'),
    certNo: textField('certNo', LIMITS.certNo, '330701199901011311').describe('ID number.'),
    name: textField('name', nameLimit, '张三').describe("The person's name, as on the ID card."),
    mobile: textField('mobile', LIMITS.mobile, '13588111111').describe(
      'Mobile number; the person gets the SMS here.',
    ),
    linkedMerchantId: textField('linkedMerchantId', LIMITS.linkedMerchantId, '2088721630869411')
      .optional()
      .describe('Second-level merchant, for service providers only.'),
  });
}

/**
 * What `applyZhimaAuthorization` takes, as a zod schema: validation, type and JSON Schema in one.
 *
 * Source: interface document, request parameters.
 *
 * @example zhimaAuthorizationInputSchema.safeParse(body).success
 */
export const zhimaAuthorizationInputSchema = inputSchema(LIMITS.name);
const longNameInputSchema = inputSchema(LONG_NAME_LIMIT);

export type ZhimaAuthorizationInput = z.infer<typeof zhimaAuthorizationInputSchema>;

export interface ZhimaAuthorizationCheckOptions {
  /** Whether what is merely unlikely (a wrong check digit, a foreign mobile) is refused too. Default false. */
  strict?: boolean;
  /** Whether a name of more than 16 characters is sent. Default false. */
  allowLongName?: boolean;
}

export interface CheckedZhimaAuthorizationInput {
  input: ZhimaAuthorizationInput;
  /** What is unlikely but was accepted. */
  warnings: readonly InputIssue[];
}

/**
 * Checks a person's data before anything is sent: every fault is reported at once, a missing field with the
 * document's own code (`CERT_NO_IS_NULL`, `CERT_TYPE_IS_NULL`, `NAME_IS_NULL`, `MOBILE_IS_NULL`).
 *
 * A final `x` of the ID number becomes `X`; nothing else is changed. Throws `AlipayInputError`.
 * Source: interface document, request parameters and business codes; GB 11643 for the check digit.
 *
 * @param value the person's data, whatever it may be
 * @param options what is refused beside faults
 *
 * @example
 * const { input, warnings } = checkZhimaAuthorizationInput({ certType: 'IDENTITY_CARD', certNo, name, mobile });
 */
export function checkZhimaAuthorizationInput(
  value: unknown,
  { strict = false, allowLongName = false }: ZhimaAuthorizationCheckOptions = {},
): CheckedZhimaAuthorizationInput {
  const schema = allowLongName ? longNameInputSchema : zhimaAuthorizationInputSchema;
  const result = schema.safeParse(value);
  if (!result.success) throw new AlipayInputError(zhimaInputIssues(value, result.error));
  const input = { ...result.data, certNo: result.data.certNo.replace(/x$/, 'X') };
  const warnings = unlikely(input);
  if (strict && warnings.length > 0) throw new AlipayInputError(warnings);
  return { input, warnings };
}

/**
 * Gives the faults that zod found in a person's data their stable codes.
 *
 * Never throws. Source: interface document, business error codes.
 *
 * @param value what was parsed, needed to tell a missing field from one of the wrong type
 * @param error what zod found in it
 *
 * @example
 * const { error } = zhimaAuthorizationInputSchema.safeParse({});
 * if (error) zhimaInputIssues({}, error).map(({ code }) => code); // ['CERT_TYPE_IS_NULL', …]
 */
export function zhimaInputIssues(value: unknown, error: z.ZodError): InputIssue[] {
  return error.issues.flatMap((issue): InputIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((field) => ({ field, code: 'UNKNOWN_FIELD', message: 'is not known' }));
    }
    const field = String(issue.path[0] ?? 'input');
    if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') {
      return [{ field, code: issue.params['code'], message: issue.message }];
    }
    const given: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
    if (field in LIMITS && (given === undefined || given === null || given === '')) {
      return [{ field, code: `${codePrefix(field)}_IS_NULL`, message: 'is required' }];
    }
    const message = field === 'certType' ? 'must be IDENTITY_CARD' : 'has the wrong type';
    return [{ field, code: `${codePrefix(field)}_INVALID`, message }];
  });
}

function unlikely({ certNo, mobile }: ZhimaAuthorizationInput): InputIssue[] {
  const issues: InputIssue[] = [];
  if (!/^(\d{15}|\d{17}[\dX])$/.test(certNo)) {
    issues.push({
      field: 'certNo',
      code: 'CERT_NO_SHAPE',
      message: 'is not an ID number of 18 or 15 digits',
    });
  } else if (certNo.length === 18 && certNo.at(-1) !== checkDigit(certNo)) {
    issues.push({
      field: 'certNo',
      code: 'CERT_NO_CHECK_DIGIT',
      message: 'has a check digit that does not match',
    });
  }
  if (!/^1[3-9]\d{9}$/.test(mobile)) {
    issues.push({
      field: 'mobile',
      code: 'MOBILE_SHAPE',
      message: 'is not a mainland mobile number of 11 digits',
    });
  }
  return issues;
}

/** ISO 7064 MOD 11-2 over the first 17 digits (GB 11643): the weight of a digit is 2^(17 - position) mod 11. */
function checkDigit(certNo: string): string {
  let sum = 0;
  for (const digit of certNo.slice(0, 17)) sum = ((sum + Number(digit)) * 2) % 11;
  const value = (12 - sum) % 11;
  return value === 10 ? 'X' : String(value);
}

function codePoints(text: string): number {
  return Array.from(text).length;
}
