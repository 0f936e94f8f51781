import { describe, expect, it } from '@jest/globals';
import { outcomeOfProblem } from './outcome-of-problem.js';

const gateway = (problemClass: 'end-user' | 'token' | 'rate-limited') => ({
  code: '40004',
  subCode: null,
  class: problemClass,
  solution: '',
});

describe('outcomeOfProblem', () => {
  it.each([
    [400, 'invalid-input'],
    [401, 'not-authenticated'],
    [403, 'not-allowed'],
    [404, 'not-found'],
    [405, 'invalid-input'],
    [408, 'not-sent'],
    [409, 'conflict'],
    [410, 'conflict'],
    [413, 'invalid-input'],
    [422, 'invalid-input'],
    [429, 'limited'],
    [502, 'caller-config'],
    [503, 'not-sent'],
    [504, 'unknown-outcome'],
  ])('takes status %d for %s', (status, outcome) => {
    expect(outcomeOfProblem({ status }, 'not-sent')).toBe(outcome);
  });

  it.each([
    [422, 'end-user', 'end-user'],
    [502, 'token', 'token'],
    [503, 'rate-limited', 'rate-limited'],
    [409, 'token', 'conflict'],
    [504, 'end-user', 'unknown-outcome'],
  ] as const)('with status %d and the class %s it is %s', (status, problemClass, outcome) => {
    expect(outcomeOfProblem({ status, gateway: gateway(problemClass) }, 'not-sent')).toBe(outcome);
  });

  it("knows the api's budget of gateway calls for a limit", () => {
    expect(outcomeOfProblem({ status: 503, code: 'over-budget' }, 'unknown-outcome')).toBe(
      'limited',
    );
  });

  it('leaves the rest to what the request could have done', () => {
    expect(outcomeOfProblem({ status: 500 }, 'unknown-outcome')).toBe('unknown-outcome');
    expect(outcomeOfProblem({ status: 500 }, 'not-sent')).toBe('not-sent');
  });
});
