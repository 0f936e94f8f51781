import { describe, expect, it } from '@jest/globals';
import { Teardown } from './teardown.js';

describe('Teardown', () => {
  it('undoes the last thing first, once, and goes on past a failure', async () => {
    const undone: string[] = [];
    const failure = new Error('stuck');
    const teardown = new Teardown();
    teardown.add(() => Promise.resolve(undone.push('first')));
    teardown.add(() => Promise.reject(failure));
    teardown.add(() => Promise.resolve(undone.push('third')));
    expect(await teardown.run()).toEqual([failure]);
    expect(await teardown.run()).toEqual([]);
    expect(undone).toEqual(['third', 'first']);
  });
});
