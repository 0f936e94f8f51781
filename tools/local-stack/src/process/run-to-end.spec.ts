import { describe, expect, it } from '@jest/globals';
import { runToEnd } from './run-to-end.js';

const env = { PATH: process.env['PATH'] };

describe('runToEnd', () => {
  it('tells status and output', async () => {
    const script = 'echo out; echo err >&2; exit 3';
    expect(await runToEnd('sh', ['-c', script], { env, timeoutMs: 10_000 })).toEqual({
      code: 3,
      signal: null,
      output: 'out\nerr\n',
      timedOut: false,
    });
  });

  it('forces what does not listen, and what that started, when its time is up', async () => {
    const start = performance.now();
    const script = `trap '' TERM; sleep 60 & wait; wait`;
    const result = await runToEnd('sh', ['-c', script], { env, timeoutMs: 200 });
    expect(result).toMatchObject({ signal: 'SIGKILL', timedOut: true });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('ends when aborted', async () => {
    const interruption = new AbortController();
    const running = runToEnd('sleep', ['60'], {
      env,
      timeoutMs: 60_000,
      signal: interruption.signal,
    });
    interruption.abort(new Error('called off'));
    await expect(running).rejects.toThrow('called off');
  });

  it('says that there is no such command', async () => {
    await expect(runToEnd('/no/such', [], { env, timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
