import { describe, expect, it } from '@jest/globals';
import { scrubLine } from './scrub-line.js';

describe('scrubLine', () => {
  it.each([
    ['an ID number', 'of 11010519491231002X, once', 'of 110***********002X, once'],
    ['a mobile', 'call 13912345678 now', 'call 139****5678 now'],
    ['a token', 'got 20120823ac6ffaa4d2d84e7384bf983531473993.', 'got [redacted].'],
    [
      'a token in an escaped text',
      '\\"authusrB1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7\\"',
      '\\"[redacted]\\"',
    ],
    ['an API key', 'zma_00000000000000000000001wqgBs', 'zma_[redacted]'],
    ['the key of the administrator', 'zma_admin_0123456789abcdef', 'zma_[redacted]'],
    [
      'a bearer token',
      'Authorization: Bearer abcdefgh12345678',
      'Authorization: Bearer [redacted]',
    ],
  ])('masks %s', (_what, text, masked) => {
    expect(scrubLine(`{"msg":"${text}"}`)).toBe(`{"msg":"${masked}"}`);
  });

  it.each([
    ['a trace id', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['a request id', '01900000-0000-7000-8000-000000000001'],
    ['the first characters of an API key', 'zma_0Qxh3w'],
    [
      'a place in the code',
      '/srv/zhimaper/apps/api/dist/authorizations/authorizations.service.js:88:11',
    ],
    ['a constraint', 'authorizations_one_unresolved_application_of_a_person'],
    ['an instant', '2026-11-24T08:00:00.000Z'],
  ])('leaves %s', (_what, text) => {
    expect(scrubLine(`{"msg":"${text}"}`)).toBe(`{"msg":"${text}"}`);
  });
});
