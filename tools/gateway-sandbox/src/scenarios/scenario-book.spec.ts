import { describe, expect, it } from '@jest/globals';

import { ScenarioBook } from './scenario-book.js';

const zhang = { method: 'apply', certNo: '330701199901011311', mobile: '13588111111' };

describe('ScenarioBook', () => {
  it('gives a request to the oldest scenario that fits, as often as it says', () => {
    const book = new ScenarioBook();
    book.add({ match: { mobile: '13900000000' }, then: { tamper: true } });
    book.add({ match: { mobile: '13588111111' }, times: 2, then: { unsigned: true } });
    book.add({ match: { method: 'apply', certNo: '330701199901011311' }, then: { delayMs: 1 } });

    expect([1, 2, 3, 4].map(() => book.take(zhang))).toEqual([
      { unsigned: true },
      { unsigned: true },
      { delayMs: 1 },
      { delayMs: 1 },
    ]);
    expect(book.take({ ...zhang, mobile: null, method: 'other' })).toBeNull();
  });

  it('takes everything without a match', () => {
    const book = new ScenarioBook();
    book.add({ then: { tamper: true } });
    expect(book.take({ method: null, certNo: null, mobile: null })).toEqual({ tamper: true });
  });

  it('lists what is left of each', () => {
    const book = new ScenarioBook();
    book.add({ times: 2, then: { tamper: true } });
    book.add({ match: { method: 'apply' }, then: { delayMs: 1 } });
    book.take(zhang);
    expect(book.list()).toEqual([
      { id: 'scenario-1', match: {}, times: 1, then: { tamper: true } },
      { id: 'scenario-2', match: { method: 'apply' }, times: null, then: { delayMs: 1 } },
    ]);
    book.clear();
    expect(book.list()).toEqual([]);
  });
});
