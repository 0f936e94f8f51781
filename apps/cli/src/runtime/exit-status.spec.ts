import { describe, expect, it } from '@jest/globals';
import { exitStatusOf, worstOutcome, type CommandOutcome } from './exit-status.js';

const TABLE: readonly (readonly [CommandOutcome, number])[] = [
  ['success', 0],
  ['end-user', 1],
  ['caller-input', 1],
  ['token', 1],
  ['not-verified', 1],
  ['invalid-usage', 2],
  ['invalid-input', 2],
  ['unknown-outcome', 3],
  ['not-authenticated', 4],
  ['not-allowed', 4],
  ['not-found', 5],
  ['conflict', 5],
  ['not-sent', 69],
  ['rate-limited', 75],
  ['limited', 75],
  ['caller-config', 78],
  ['permission', 78],
];

describe('exitStatusOf', () => {
  it.each(TABLE)('%s ends with %i', (outcome, status) => {
    expect(exitStatusOf(outcome)).toBe(status);
  });
});

describe('worstOutcome', () => {
  const worstFirst: readonly CommandOutcome[] = [
    'caller-config',
    'not-allowed',
    'unknown-outcome',
    'not-sent',
    'rate-limited',
    'not-found',
    'end-user',
    'invalid-input',
    'success',
  ];

  it.each(worstFirst.map((outcome, place) => [outcome, place] as const))(
    '%s decides over everything after it',
    (outcome, place) => {
      expect(worstOutcome(worstFirst.slice(place).toReversed())).toBe(outcome);
    },
  );

  it('orders the statuses 78, 4, 3, 69, 75, 5, 1, 2, 0', () => {
    expect(worstFirst.map(exitStatusOf)).toEqual([78, 4, 3, 69, 75, 5, 1, 2, 0]);
  });

  it('keeps the first of equally bad outcomes', () => {
    expect(worstOutcome(['success', 'permission', 'caller-config'])).toBe('permission');
  });

  it('is success where nothing happened', () => {
    expect(worstOutcome([])).toBe('success');
  });
});
