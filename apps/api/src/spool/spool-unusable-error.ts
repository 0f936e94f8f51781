import { systemErrorCode } from './system-error-code.js';

/** The folder of `SPOOL_DIR` cannot be made, entered or written to. */
export class SpoolUnusableError extends Error {
  override readonly name = 'SpoolUnusableError';

  constructor(cause: unknown) {
    const reason = systemErrorCode(cause) ?? 'unusable';
    super(`cannot be made or written to (${reason})`, { cause });
  }
}
