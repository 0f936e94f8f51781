import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeIssues } from './describe-issues.js';

const schema = z.strictObject({
  name: z.string().max(3),
  consent: z.strictObject({ at: z.iso.datetime() }),
});

function issuesOf(value: unknown) {
  const { error } = schema.safeParse(value);
  return error ? describeIssues(value, error, 'body') : [];
}

describe('describeIssues', () => {
  it('tells a missing member from one of the wrong type', () => {
    expect(issuesOf({ name: 4, consent: {} })).toEqual([
      {
        field: 'name',
        code: 'INVALID_TYPE',
        message: 'Invalid input: expected string, received number',
      },
      { field: 'consent.at', code: 'REQUIRED', message: 'is required' },
    ]);
  });

  it('names the whole where there is no member to name', () => {
    expect(issuesOf([])).toEqual([
      {
        field: 'body',
        code: 'INVALID_TYPE',
        message: 'Invalid input: expected object, received array',
      },
    ]);
    expect(issuesOf(undefined)).toEqual([
      { field: 'body', code: 'REQUIRED', message: 'is required' },
    ]);
  });

  it('names unknown members, unless the name could be a value', () => {
    const issues = issuesOf({
      name: 'x',
      consent: { at: '2026-01-01T00:00:00Z', extra: 1 },
      nmae: 'y',
      张三: 1,
      '330701199901011311': 1,
    });
    expect(issues.map(({ field, code }) => [field, code])).toEqual([
      ['consent.extra', 'UNKNOWN_MEMBER'],
      ['nmae', 'UNKNOWN_MEMBER'],
      ['(unnamed)', 'UNKNOWN_MEMBER'],
      ['(unnamed)', 'UNKNOWN_MEMBER'],
    ]);
  });

  it('never shows a value', () => {
    const canary = 'canary-value';
    const text = JSON.stringify(issuesOf({ name: canary, consent: { at: canary } }));
    expect(text).toContain('TOO_BIG');
    expect(text).not.toContain('canary');
  });
});
