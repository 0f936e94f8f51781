import { Body, Query, StandardSchemaValidationPipe } from '@nestjs/common';
import type { InputIssue } from '@zhimaper/alipay-core';
import type { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import { addRouteParts } from '../openapi/documented.js';
import { describeIssues } from './describe-issues.js';

type DescribeIssues = (value: unknown, error: z.ZodError, whole: string) => InputIssue[];

/** The body, parsed by a zod schema; a body that it refuses is answered with 400 and every fault. */
export function ValidBody(
  schema: z.ZodType,
  describe: DescribeIssues = describeIssues,
): ParameterDecorator {
  const body = Body({ schema: standardSchema(schema, 'body', describe) });
  return (target, key, index) => {
    body(target, key, index);
    addRouteParts(target, key, { body: schema });
  };
}

/** The query string's parameters, parsed by a zod schema. */
export function ValidQuery(schema: z.ZodObject<Record<string, z.ZodType>>): ParameterDecorator {
  const query = Query({ schema: standardSchema(schema, 'query', describeIssues) });
  return (target, key, index) => {
    query(target, key, index);
    addRouteParts(target, key, { query: schema });
  };
}

/** Runs the schemas of `ValidBody` and `ValidQuery`. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new ProblemError('invalid-request', { members: { issues: issues.flatMap(inputIssue) } }),
  });
}

interface StandardIssue {
  message: string;
  path: string[];
  code: string;
}

/** Only the part of a zod schema that validates, so that nothing else derives a second description from it. */
function standardSchema(schema: z.ZodType, whole: string, describe: DescribeIssues) {
  const validate = (value: unknown): { value: unknown } | { issues: StandardIssue[] } => {
    const result = schema.safeParse(value);
    if (result.success) return { value: result.data };
    const issues = describe(value, result.error, whole);
    return { issues: issues.map(({ field, ...issue }) => ({ ...issue, path: [field] })) };
  };
  return { '~standard': { version: 1 as const, vendor: 'zod', validate } };
}

function inputIssue(issue: object & { message: string }): InputIssue[] {
  if (!('code' in issue && 'path' in issue && Array.isArray(issue.path))) return [];
  return [{ field: String(issue.path[0]), code: String(issue.code), message: issue.message }];
}
