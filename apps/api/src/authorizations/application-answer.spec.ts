import { describe, expect, it } from '@jest/globals';
import { problemKind } from '../errors/problem-catalogue.js';
import { applicationProblem } from './application-answer.js';
import type { Authorization } from './authorization.entity.js';

const ID = '01900000-0000-7000-8000-000000000001';

function answer(state: Partial<Authorization>, replayed = false) {
  const problem = applicationProblem({ id: ID, ...state } as Authorization, replayed);
  if (!problem) return null;
  return { status: problemKind(problem.code).status, code: problem.code, ...problem.members };
}

const silent = { gatewayCode: null, gatewaySubCode: null, resolution: null };

describe('applicationProblem', () => {
  it('has nothing against an authorisation that was granted', () => {
    expect(answer({ status: 'authorized', outcomeClass: 'success', gatewayCode: '10000' })).toBe(
      null,
    );
  });

  it.each([
    ['rejected', 'rejected'],
    ['abandoned', 'abandoned'],
    ['authorized', 'adopted'],
  ] as const)('answers %s with itself where a person decided so', (status, resolution) => {
    expect(answer({ ...silent, status, outcomeClass: 'unknown-outcome', resolution })).toBe(null);
  });

  it.each([
    ['pending', null, 409, 'application-in-flight'],
    ['unknown', 'unknown-outcome', 504, 'unknown-outcome'],
    ['rejected', 'end-user', 422, 'application-rejected'],
    ['rejected', 'caller-input', 422, 'application-rejected'],
    ['erased', 'success', 410, 'authorization-erased'],
    ['failed', 'not-sent', 503, 'gateway-unreachable'],
    ['failed', 'rate-limited', 503, 'gateway-rate-limited'],
    ['failed', 'token', 502, 'gateway-refused'],
    ['failed', 'caller-config', 502, 'gateway-refused'],
    ['failed', 'permission', 502, 'gateway-refused'],
  ] as const)('answers %s (%s) with %i %s', (status, outcomeClass, http, code) => {
    expect(answer({ status, outcomeClass, ...silent })).toEqual({
      status: http,
      code,
      authorizationId: ID,
    });
  });

  it('says what Alipay answered and what to do', () => {
    const state = {
      status: 'rejected',
      outcomeClass: 'end-user',
      gatewayCode: '40004',
      gatewaySubCode: 'NO_USER_ERROR',
      resolution: null,
    } as const;
    const gateway = answer(state)?.gateway;
    expect(gateway).toMatchObject({ code: '40004', subCode: 'NO_USER_ERROR', class: 'end-user' });
    expect(gateway?.solution).toMatch(/Alipay/);
  });

  it('does not give the advice of a code that nobody signed', () => {
    const state = {
      status: 'unknown',
      outcomeClass: 'unknown-outcome',
      gatewayCode: '40004',
      gatewaySubCode: 'NO_USER_ERROR',
    } as const;
    expect(answer(state)?.gateway).toEqual({
      code: '40004',
      subCode: 'NO_USER_ERROR',
      class: 'unknown-outcome',
      solution: 'Do not apply again: find out from Alipay whether the authorisation exists.',
    });
  });

  it('marks what was replayed, but not what is still under way', () => {
    const problem = (status: 'rejected' | 'pending') =>
      applicationProblem({ id: ID, status, outcomeClass: null, ...silent } as Authorization, true);
    expect(problem('rejected')?.headers).toEqual({ 'idempotent-replayed': 'true' });
    expect(problem('pending')?.headers).toEqual({});
  });
});
