import { describe, expect, it } from '@jest/globals';
import { AlipayInputError } from '@zhimaper/alipay-core';
import type { Authorization } from '../../authorizations/authorization.entity.js';
import { CellError } from '../../crypto/cell.js';
import { UnknownKeyError } from '../../crypto/key-provider.js';
import { CommitUncertainError } from '../../database/database-errors.js';
import { ProblemError } from '../../errors/problem-error.js';
import { RateLimitedError } from '../../limits/rate-limited.js';
import { outcomeOf, outcomeOfError } from './line-outcome.js';

const ID = '01900000-0000-7000-8000-000000000001';
const FRESH = { tries: 0, blocker: null };
const ALLOWANCE = { quota: 1, remaining: 0, windowSeconds: 3_600, resetSeconds: 1_800 };

function authorization(state: Partial<Authorization>): Authorization {
  const silent = { gatewayCode: null, gatewaySubCode: null, resolution: null, failureReason: null };
  return { id: ID, ...silent, ...state } as Authorization;
}

describe('what an application means for its line', () => {
  it.each([
    ['authorized', null, null],
    ['rejected', null, 'application-rejected'],
    ['rejected', 'rejected', null],
    ['unknown', null, 'unknown-outcome'],
    ['abandoned', 'abandoned', null],
    ['erased', null, 'authorization-erased'],
  ] as const)('one that is %s (resolved: %s) ends it, with code %s', (status, resolution, code) => {
    const end = { kind: 'ended', status, code, authorizationId: ID };
    for (const replayed of [true, false]) {
      expect(outcomeOf({ authorization: authorization({ status, resolution }), replayed })).toEqual(
        end,
      );
    }
  });

  it.each([
    ['not-sent', 'connection-refused', { kind: 'held', code: 'gateway-unreachable', forMs: null }],
    ['not-sent', 'over-budget', { kind: 'held', code: 'over-budget', forMs: null }],
    ['rate-limited', null, { kind: 'held', code: 'gateway-rate-limited', forMs: null }],
    ['token', null, { kind: 'refused-by-gateway', code: 'gateway-refused' }],
    ['caller-config', null, { kind: 'refused-by-gateway', code: 'gateway-refused' }],
    ['permission', null, { kind: 'refused-by-gateway', code: 'gateway-refused' }],
  ] as const)('one that failed as %s (%s) concerns the batch', (outcomeClass, reason, outcome) => {
    const failureReason = reason as Authorization['failureReason'];
    const failed = authorization({ status: 'failed', outcomeClass, failureReason });
    expect(outcomeOf({ authorization: failed, replayed: false })).toEqual(outcome);
    expect(outcomeOf({ authorization: failed, replayed: true })).toEqual({ kind: 'left' });
  });

  it('one that is under way elsewhere leaves it for later', () => {
    const pending = authorization({ status: 'pending', outcomeClass: null });
    expect(outcomeOf({ authorization: pending, replayed: true })).toEqual({ kind: 'left' });
  });
});

describe('what an error means for its line', () => {
  const problem = (code: 'already-authorized' | 'unresolved-application' | 'unknown-outcome') =>
    new ProblemError(code, { members: { authorizationId: ID } });
  const ended = (status: string, code: string, authorizationId: string | null = null) => ({
    kind: 'ended',
    status,
    code,
    authorizationId,
  });

  const held = (code: string, forMs: number | null = null) => ({ kind: 'held', code, forMs });
  const limited = (policy: 'subject' | 'unmatched', remaining = 0) =>
    new RateLimitedError(policy, '', { ...ALLOWANCE, remaining });
  const already = problem('already-authorized');
  const reused = new ProblemError('idempotency-key-reused');

  it.each([
    ['already authorised', already, ended('refused', 'already-authorized', ID)],
    ['too often for the person', limited('subject'), ended('refused', 'rate-limited')],
    ['too many unknown people', limited('unmatched'), held('rate-limited', 1_800_000)],
    ['perhaps too many of them', limited('unmatched', 5), held('rate-limited')],
    ['outcome in the spool', problem('unknown-outcome'), { kind: 'left' }],
    ['database away', new CommitUncertainError(new Error()), held('database-unavailable')],
    ['key not configured', new UnknownKeyError('k'), held('unreadable-cell')],
    ['not sendable', new AlipayInputError([]), ended('failed', 'invalid-request')],
    ['other payload', reused, ended('failed', 'idempotency-key-reused')],
    ['cell changed', new CellError(''), { kind: 'failed-try' }],
    ['a bug', new TypeError(), { kind: 'failed-try' }],
  ])('%s', (_name, error, expected) => {
    expect(outcomeOfError(error, FRESH)).toEqual(expected);
  });

  it.each([
    ['unknown', ended('refused', 'unresolved-application', ID)],
    ['pending', { kind: 'left' }],
    ['authorized', { kind: 'left' }],
    [null, { kind: 'left' }],
  ] as const)('another application that is %s', (blocker, expected) => {
    const error = problem('unresolved-application');
    expect(outcomeOfError(error, { tries: 0, blocker })).toEqual(expected);
  });

  it('one that nobody foresaw ends it at the fifth try', () => {
    const at = (tries: number) => outcomeOfError(new TypeError(), { tries, blocker: null });
    expect(at(3)).toEqual({ kind: 'failed-try' });
    expect(at(4)).toEqual(ended('failed', 'internal-error'));
    const cell = outcomeOfError(new CellError(''), { tries: 4, blocker: null });
    expect(cell).toEqual(ended('failed', 'unreadable-cell'));
  });
});
