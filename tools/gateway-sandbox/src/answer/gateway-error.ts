import { CODE_MESSAGES, SUB_CODES } from './sub-codes.js';

/** An error as the gateway words it. */
export interface GatewayError {
  code: string;
  msg: string;
  subCode: string | null;
  subMsg: string | null;
  /** Stands in `error_response` instead of the method's own member. */
  errorResponse: boolean;
}

export interface GatewayErrorOptions {
  code?: string;
  subMsg?: string;
  errorResponse?: boolean;
}

const LISTED = new Map(SUB_CODES.map(([subCode, code, text]) => [subCode, { code, text }]));

/**
 * The gateway does not know the app, or no key of it, and so has nothing to sign by. Such an answer comes
 * without `sign`.
 */
const UNSIGNABLE: ReadonlySet<string> = new Set([
  'isv.invalid-app-id',
  'isv.missing-app-id',
  'isv.missing-signature-config',
  'isv.missing-signature-key',
]);

/**
 * The error that the gateway gives for a sub code, with the code, message and text of its published list. An
 * unlisted sub code is a business failure, or an invalid argument where it begins with `isv.`.
 *
 * @example
 * gatewayError('NO_USER_ERROR').code // '40004'
 */
export function gatewayError(
  subCode: string | null,
  options: GatewayErrorOptions = {},
): GatewayError {
  const listed = subCode === null ? undefined : LISTED.get(subCode);
  const code = options.code ?? listed?.code ?? (subCode?.startsWith('isv.') ? '40002' : '40004');
  return {
    code,
    msg: CODE_MESSAGES.get(code) ?? 'Unknown Code',
    subCode,
    subMsg: options.subMsg ?? listed?.text ?? null,
    errorResponse: options.errorResponse ?? false,
  };
}

/** What the ledger calls an error: its sub code, or its code where it has none. */
export function errorName(error: GatewayError): string {
  return error.subCode ?? error.code;
}

export function isSignable(error: GatewayError): boolean {
  return error.subCode === null || !UNSIGNABLE.has(error.subCode);
}
