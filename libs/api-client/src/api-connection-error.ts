/**
 * Why there is no answer of the API's: the connection could not be made or broke, the deadline passed, the caller gave
 * up, or something that is not the API answered.
 */
export type ApiConnectionErrorCode =
  'API_UNREACHABLE' | 'API_TIMEOUT' | 'API_ABORTED' | 'API_UNEXPECTED_ANSWER';

/**
 * No answer of the API's came. Whether it did what was asked is then unknown: for an application, send the same request
 * with the same Idempotency-Key again.
 */
export class ApiConnectionError extends Error {
  override readonly name = 'ApiConnectionError';
  readonly code: ApiConnectionErrorCode;
  readonly nextStep: string;

  constructor(
    code: ApiConnectionErrorCode,
    message: string,
    { nextStep, cause }: { nextStep: string; cause?: unknown },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.nextStep = nextStep;
  }
}
