import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { startProgress } from './progress.js';

function progressAt(options: { isTTY: boolean; env?: Record<string, string> }) {
  const { context, stderr } = fakeContext(options);
  let ms = 0;
  const progress = startProgress({ ...context, now: () => new Date(ms) });
  return {
    stderr,
    progress,
    at: (time: number, line: string) => {
      ms = time;
      progress.update(() => line);
    },
  };
}

describe('startProgress', () => {
  it('draws one line of a terminal anew, ten times a second at most', () => {
    const { at, progress, stderr } = progressAt({ isTTY: true });
    at(0, '1 of 3');
    at(50, '2 of 3');
    at(100, '3 of 3');
    progress.end();
    expect(stderr.text()).toBe('\r\u001b[K1 of 3\r\u001b[K3 of 3\r\u001b[K');
  });

  it.each([
    ['a log', { isTTY: false }],
    ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }],
  ])('writes a line into %s every ten seconds', (_what, options) => {
    const { at, progress, stderr } = progressAt(options);
    at(9_999, 'too early');
    at(10_000, '1 of 3');
    at(12_000, '2 of 3');
    at(20_000, '3 of 3');
    progress.end();
    expect(stderr.text()).toBe('1 of 3\n3 of 3\n');
  });
});
