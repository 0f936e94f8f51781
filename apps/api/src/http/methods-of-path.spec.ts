import { describe, expect, it } from '@jest/globals';
import { methodsOfPath } from './methods-of-path.js';

const ROUTES = [
  { method: 'POST', path: '/v1/authorizations' },
  { method: 'GET', path: '/v1/authorizations' },
  { method: 'GET', path: '/v1/authorizations/:id' },
  { method: 'GET', path: '/v1/authorizations/:id/token' },
];

describe('methodsOfPath', () => {
  it.each([
    ['/v1/authorizations', ['GET', 'POST']],
    ['/v1/authorizations/018f', ['GET']],
    ['/v1/authorizations/018f/token', ['GET']],
    ['/v1/authorizations/', []],
    ['/v1/authorizations/018f/other', []],
    ['/v2', []],
  ])('%s knows %j', (path, methods) => {
    expect(methodsOfPath(ROUTES, path)).toEqual(methods);
  });
});
