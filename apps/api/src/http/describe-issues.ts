import { redactText, type InputIssue } from '@zhimaper/alipay-core';
import type { z } from 'zod';

/** A member's name as a caller may have mistyped it; anything else may be a value in the wrong place. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/**
 * Writes the faults that a schema found for a caller: where, a stable code, and a sentence that shows no value.
 *
 * @param value what was parsed, needed to tell a missing member from one of the wrong type
 * @param whole how to call the value itself, such as `body`
 */
export function describeIssues(value: unknown, error: z.ZodError, whole: string): InputIssue[] {
  return error.issues.flatMap((issue): InputIssue[] => {
    const field = issue.path.length === 0 ? whole : issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      const prefix = issue.path.length === 0 ? '' : `${field}.`;
      return issue.keys.map((key) => ({
        field: prefix + (PLAIN_NAME.test(key) ? redactText(key) : '(unnamed)'),
        code: 'UNKNOWN_MEMBER',
        message: 'is not known here',
      }));
    }
    if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') {
      return [{ field, code: issue.params['code'], message: issue.message }];
    }
    if (valueAt(value, issue.path) === undefined) {
      return [{ field, code: 'REQUIRED', message: 'is required' }];
    }
    return [{ field, code: issue.code.toUpperCase(), message: issue.message }];
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined,
    value,
  );
}
