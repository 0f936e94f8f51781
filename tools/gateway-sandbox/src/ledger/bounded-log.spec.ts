import { describe, expect, it, jest } from '@jest/globals';

import { BoundedLog } from './bounded-log.js';

describe('BoundedLog', () => {
  it('keeps the newest entries and counts the others', () => {
    const onDrop = jest.fn();
    const log = new BoundedLog<number>(20, onDrop);

    for (let entry = 1; entry <= 20; entry += 1) log.push(entry);
    expect([log.entries().length, log.dropped, onDrop.mock.calls.length]).toEqual([20, 0, 0]);

    log.push(21);
    log.push(22);
    log.push(23);
    expect(log.entries().slice(0, 2)).toEqual([4, 5]);
    expect(log.entries().at(-1)).toBe(23);
    expect(log.dropped).toBe(3);
    expect(onDrop).toHaveBeenCalledTimes(1);
  });

  it('forgets everything when cleared', () => {
    const log = new BoundedLog<number>(1, () => undefined);
    log.push(1);
    log.push(2);
    log.clear();
    expect([log.entries(), log.dropped]).toEqual([[], 0]);
  });
});
