import { types } from 'node:util';

/** An error as it may be logged. */
export interface ErrorDescription {
  type: string;
  message: string;
  code?: string;
  constraint?: string;
  stack?: string;
  cause?: ErrorDescription;
}

const MOST_CAUSES = 3;

/**
 * Picks what may be logged of an error. A database error's statement, parameters and detail show the row that
 * it is about, so that nothing is taken but what is named here.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!types.isNativeError(error)) return { type: typeof error, message: 'not an error' };
  const description: ErrorDescription = { type: error.name, message: error.message };
  const text = (member: string) => {
    const value: unknown = Reflect.get(error, member);
    return typeof value === 'string' ? value : undefined;
  };
  const code = text('code');
  if (code !== undefined) description.code = code;
  const constraint = text('constraint');
  if (constraint !== undefined) description.constraint = constraint;
  if (error.stack !== undefined) description.stack = error.stack;
  if (error.cause !== undefined && depth < MOST_CAUSES) {
    description.cause = describeError(error.cause, depth + 1);
  }
  return description;
}
