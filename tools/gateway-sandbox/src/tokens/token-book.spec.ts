import { beforeEach, describe, expect, it } from '@jest/globals';

import { TokenBook } from './token-book.js';

const NOW = Date.UTC(2026, 10, 24, 8);
const person = { certNo: '330701199901011311', mobile: '13588111111' };
const expiring = { ...person, permanent: false };

let book: TokenBook;
beforeEach(() => {
  book = new TokenBook({ accessMs: 1000, refreshMs: 5000 }, 3);
});

describe('TokenBook', () => {
  it('takes a refresh token once', () => {
    const first = book.grant(expiring, NOW);
    expect(book.refreshFault(first.refreshToken, NOW)).toBeNull();
    const second = book.refresh(first.refreshToken, NOW);
    expect(second.replaces).toEqual({
      accessToken: first.accessToken,
      refreshToken: first.refreshToken,
    });
    expect(book.refreshFault(first.refreshToken, NOW)).toBe('isv.refresh-token-invalid');
    expect(book.refreshFault(second.refreshToken, NOW)).toBeNull();
    expect(() => book.refresh(first.refreshToken, NOW)).toThrow(
      new TypeError('This refresh token is not to be taken.'),
    );
  });

  it('does not take an access token for a refresh token, or one that it never issued', () => {
    const { accessToken } = book.grant(expiring, NOW);
    expect(book.refreshFault(accessToken, NOW)).toBe('isv.refresh-token-invalid');
    expect(book.refreshFault('', NOW)).toBe('isv.refresh-token-invalid');
  });

  it('keeps the deadline of the first pair', () => {
    const first = book.grant(expiring, NOW);
    const second = book.refresh(first.refreshToken, NOW + 4000);
    expect([second.grant.deadline, second.accessDeadline]).toEqual([NOW + 5000, NOW + 5000]);
    expect(book.refreshFault(second.refreshToken, NOW + 4999)).toBeNull();
    expect(book.refreshFault(second.refreshToken, NOW + 5000)).toBe('isv.refresh-token-time-out');
  });

  it('lets permanent tokens live', () => {
    const { accessToken, refreshToken } = book.grant({ ...person, permanent: true }, NOW);
    const later = NOW + 1_000_000;
    expect([book.accessFault(accessToken, later), book.refreshFault(refreshToken, later)]).toEqual([
      null,
      null,
    ]);
  });

  it('knows which of its access tokens are dead', () => {
    const first = book.grant(expiring, NOW);
    expect(book.accessFault(first.accessToken, NOW + 999)).toBeNull();
    expect(book.accessFault(first.accessToken, NOW + 1000)).toBe('aop.auth-token-time-out');
    book.refresh(first.refreshToken, NOW);
    expect(book.accessFault(first.accessToken, NOW)).toBe('aop.invalid-auth-token');
    expect(book.accessFault('from elsewhere', NOW)).toBeNull();
  });

  it('forgets the oldest pairs over its limit', () => {
    const pairs = Array.from({ length: 4 }, () => book.grant(expiring, NOW));
    expect(pairs.map((pair) => book.refreshFault(pair.refreshToken, NOW))).toEqual([
      'isv.refresh-token-invalid',
      null,
      null,
      null,
    ]);
  });
});
