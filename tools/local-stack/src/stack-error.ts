/** What went wrong, for programs; the message and the next step say it to people. */
export type StackErrorCode =
  | 'ALREADY_RUNNING'
  | 'API_FAILED'
  | 'CHILD_ENDED'
  | 'COMPOSE_FILE_UNUSABLE'
  | 'DATABASE_FAILED'
  | 'EXAMPLE_NOT_AUTHORIZED'
  | 'FOLDER_UNUSABLE'
  | 'NGINX_MISSING'
  | 'PORT_IN_USE'
  | 'UNSUPPORTED_MACHINE';

interface StackErrorDetails {
  nextStep: string;
  logFile?: string;
  cause?: unknown;
}

/**
 * A fault of the local stack that a person can act upon.
 *
 * @example
 * throw new StackError('PORT_IN_USE', 'Port 3000 is taken.', { nextStep: 'Choose another with --port.' });
 */
export class StackError extends Error {
  override readonly name = 'StackError';
  readonly code: StackErrorCode;
  readonly nextStep: string;
  /** The file whose end says more. */
  readonly logFile: string | undefined;

  constructor(code: StackErrorCode, message: string, details: StackErrorDetails) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.nextStep = details.nextStep;
    this.logFile = details.logFile;
  }
}

/** Whether `error` is a system error with one of these codes, `ENOENT` for instance. */
export function isSystemError(error: unknown, ...codes: string[]): boolean {
  // Not `instanceof Error`: under Jest, Node's own errors come from another realm.
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  // A host with several addresses fails with an error for each, and no message for all.
  if ('errors' in error && Array.isArray(error.errors))
    return error.errors.map(messageOf).join(', ');
  return 'message' in error ? String(error.message) : 'unknown error';
}
