import { describe, expect, it } from '@jest/globals';
import { nearMatches } from './near-matches.js';

const NAMES = ['NO_USER_ERROR', 'SYSTEM_ERROR', 'invalid-app-id', 'invalid-app-auth-token'];

describe('nearMatches', () => {
  it('finds what was mistyped, in any letter case', () => {
    expect(nearMatches('no_user_eror', NAMES)).toEqual(['NO_USER_ERROR']);
  });

  it('puts the nearest first and names each once', () => {
    expect(nearMatches('abcdefgx', ['abcdefgy', 'abcdefgx1', 'abcdefxx', 'abcdefgy'])).toEqual([
      'abcdefgx1',
      'abcdefgy',
      'abcdefxx',
    ]);
  });

  it('completes what was typed in part', () => {
    expect(nearMatches('no_user', NAMES)).toEqual(['NO_USER_ERROR']);
    expect(nearMatches('app', NAMES)).toEqual([]);
  });

  it('shows three at most', () => {
    expect(nearMatches('ab', ['aba', 'abb', 'abc', 'abd'])).toEqual(['aba', 'abb', 'abc']);
  });

  it('finds nothing where nothing is near', () => {
    expect(nearMatches('quite-different-thing', NAMES)).toEqual([]);
  });
});
