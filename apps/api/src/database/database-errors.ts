import { types } from 'node:util';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/**
 * SQLSTATE classes and codes, and codes of node, that say: not now, but later perhaps. Among them a server that is
 * a standby (25006), one that does not take our password while it is being changed (28), and a transaction that
 * lost against another (40001, 40P01).
 */
const UNAVAILABLE_SQLSTATE = /^(08|28|53|58|57P0|57014|55P03|25P0[34]|25006|40001|40P01)/;
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
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed|Connection ended unexpectedly|timeout expired)/;

/** The answer to a COMMIT was lost: the transaction may be there or not. */
export class CommitUncertainError extends Error {
  override readonly name = 'CommitUncertainError';

  constructor(cause: unknown) {
    super('The database did not say whether it committed.', { cause });
  }
}

/** The SQLSTATE (or node's code) of an error from the database, null where it has none. */
export function databaseErrorCode(error: unknown): string | null {
  return textMember(sourceOf(error), 'code');
}

/** What the database adds to an error that it was told to raise; empty where it adds nothing. */
export function databaseErrorDetail(error: unknown): string {
  return textMember(sourceOf(error), 'detail') ?? '';
}

/** The constraint or unique index that a statement violated, null where it is not that. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof QueryFailedError ? textMember(sourceOf(error), 'constraint') : null;
}

/** Node's own codes hold no digit. */
const SQLSTATE = /^(?=.*\d)[\dA-Z]{5}$/;
/** A lock that one row needed was held for too long, or by a statement that waited for this one. */
const LOCKED = new Set(['55P03', '40P01']);

/**
 * Whether the database refused a statement about several rows because of one of them, or of another statement: each may
 * succeed alone.
 */
export function mayDoAlone(error: unknown): boolean {
  const code = databaseErrorCode(error) ?? '';
  return LOCKED.has(code) || (SQLSTATE.test(code) && !UNAVAILABLE_SQLSTATE.test(code));
}

/**
 * Whether the database could not be reached or did not answer in time: the same request may succeed later.
 *
 * Source: PostgreSQL documentation, appendix A (error codes).
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  // The second: the connection broke between two statements of a transaction.
  if (error instanceof CommitUncertainError || error instanceof QueryRunnerAlreadyReleasedError) {
    return true;
  }
  const code = databaseErrorCode(error);
  if (code !== null && (UNAVAILABLE_SQLSTATE.test(code) || UNAVAILABLE_NODE_CODE.has(code))) {
    return true;
  }
  const source = sourceOf(error);
  return types.isNativeError(source) && UNAVAILABLE_MESSAGE.test(source.message);
}

/** What pg threw; TypeORM wraps the failure of a statement. Node's own errors may come from another realm. */
function sourceOf(error: unknown): unknown {
  return error instanceof QueryFailedError ? error.driverError : error;
}

function textMember(source: unknown, member: string): string | null {
  const value: unknown = types.isNativeError(source) ? Reflect.get(source, member) : undefined;
  return typeof value === 'string' ? value : null;
}
