import { QueryFailedError } from 'typeorm';

/** SQLSTATE classes and codes, and codes of node, that say: not now, but later perhaps. */
const UNAVAILABLE_SQLSTATE = /^(08|53|57P0|57014|55P03|25P0[34])/;
const UNAVAILABLE_NODE_CODE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What pg and its pool throw without any code. */
const UNAVAILABLE_MESSAGE =
  /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|Connection ended unexpectedly|timeout expired)/;

/** The SQLSTATE (or node's code) of an error from the database, null where it has none. */
export function databaseErrorCode(error: unknown): string | null {
  return textMember(sourceOf(error), 'code');
}

/** The constraint or unique index that a statement violated, null where it is not that. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof QueryFailedError ? textMember(sourceOf(error), 'constraint') : null;
}

/**
 * Whether the database could not be reached or did not answer in time: the same request may succeed later.
 *
 * Source: PostgreSQL documentation, appendix A (error codes).
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = databaseErrorCode(error);
  if (code !== null && (UNAVAILABLE_SQLSTATE.test(code) || UNAVAILABLE_NODE_CODE.has(code))) {
    return true;
  }
  const source = sourceOf(error);
  return source instanceof Error && UNAVAILABLE_MESSAGE.test(source.message);
}

/** What pg threw; TypeORM wraps the failure of a statement. */
function sourceOf(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}

function textMember(source: unknown, member: string): string | null {
  const value: unknown = source instanceof Error ? Reflect.get(source, member) : undefined;
  return typeof value === 'string' ? value : null;
}
