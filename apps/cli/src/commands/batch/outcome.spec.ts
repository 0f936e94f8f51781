import { describe, expect, it } from '@jest/globals';
import type { Batch } from '@zhimaper/api-client';
import { exitStatusOf } from '../../runtime/exit-status.js';
import { outcomeOf, outcomeOfFailed } from './outcome.js';

type State = Pick<Batch, 'status' | 'pauseReason'>;

const COMPLETED: State = { status: 'completed', pauseReason: null };

function statusOf(state: State, counts: Record<string, number>): number {
  return exitStatusOf(outcomeOf({ ...state, counts } as Batch, []));
}

describe('outcomeOf', () => {
  it.each([
    [{ authorized: 2 }, 0],
    [{ authorized: 2, invalid: 1 }, 2],
    [{ authorized: 2, invalid: 1, rejected: 1 }, 1],
    [{ rejected: 1, refused: 1 }, 5],
    [{ abandoned: 1 }, 5],
    [{ erased: 1 }, 5],
    [{ refused: 1, unknown: 1 }, 3],
    [{}, 0],
  ])('takes the worst line of a completed batch: %j, %d', (counts, status) => {
    expect(statusOf(COMPLETED, counts)).toBe(status);
  });

  it.each<[State, number]>([
    [{ status: 'cancelled', pauseReason: null }, 5],
    [{ status: 'paused', pauseReason: 'requested' }, 75],
    [{ status: 'paused', pauseReason: 'gateway-refused' }, 78],
    [{ status: 'running', pauseReason: null }, 75],
  ])('says how a batch stands that has not completed: %j, %d', (state, status) => {
    expect(statusOf(state, { authorized: 1, waiting: 1 })).toBe(status);
  });

  it('counts lines that failed by their classes', () => {
    const batch = { ...COMPLETED, counts: { authorized: 1, failed: 2 } } as unknown as Batch;
    expect(outcomeOf(batch, ['not-sent', 'permission'])).toBe('permission');
  });
});

describe('outcomeOfFailed', () => {
  const gateway = { code: null, subCode: null, traceId: null };

  it.each([
    [null, 'not-sent'],
    [{ ...gateway, class: null }, 'not-sent'],
    [{ ...gateway, class: 'rate-limited' as const }, 'rate-limited'],
    [{ ...gateway, class: 'success' as const }, 'not-sent'],
  ])('of a gateway that said %j is %s', (said, outcome) => {
    expect(outcomeOfFailed({ gateway: said })).toBe(outcome);
  });
});
