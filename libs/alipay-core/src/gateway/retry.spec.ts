import { describe, expect, it } from '@jest/globals';
import type { GatewayAnswer } from './answer.js';
import { withRetries } from './retry.js';

function answer(outcome: GatewayAnswer['outcome']): GatewayAnswer {
  return { outcome } as GatewayAnswer;
}

async function run(
  outcomes: GatewayAnswer['outcome'][],
  { attempts = 4, deadline = Infinity, random = 0.5 } = {},
) {
  const pauses: number[] = [];
  let calls = 0;
  let now = 0;
  const last = await withRetries(
    () => Promise.resolve(answer(outcomes[calls++] ?? 'success')),
    { attempts, baseDelayMs: 200, maxDelayMs: 500 },
    {
      random: () => random,
      sleep: (milliseconds) => {
        pauses.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
      isOver: (after) => now + after >= deadline,
    },
  );
  return { calls, pauses, outcome: last.outcome };
}

describe('withRetries', () => {
  it('repeats what had no effect, with doubled, capped and jittered pauses', async () => {
    expect(await run(['not-sent', 'rate-limited', 'not-sent', 'success'])).toEqual({
      calls: 4,
      pauses: [100, 200, 250],
      outcome: 'success',
    });
  });

  it('draws a pause from zero up to its ceiling', async () => {
    expect((await run(['not-sent'], { random: 0 })).pauses).toEqual([0]);
    expect((await run(['not-sent'], { random: 0.999 })).pauses).toEqual([199]);
  });

  it.each([
    'unknown-outcome',
    'caller-config',
    'permission',
    'token',
    'caller-input',
    'end-user',
    'success',
  ] as const)('never repeats %s', async (outcome) => {
    expect(await run([outcome, 'success'])).toEqual({ calls: 1, pauses: [], outcome });
  });

  it('ends after the attempts that it has', async () => {
    expect(await run(['not-sent', 'not-sent', 'not-sent'], { attempts: 2 })).toEqual({
      calls: 2,
      pauses: [100],
      outcome: 'not-sent',
    });
  });

  it('does not begin a pause that would outlast the deadline', async () => {
    expect(await run(['not-sent', 'not-sent'], { deadline: 250 })).toEqual({
      calls: 2,
      pauses: [100],
      outcome: 'not-sent',
    });
  });
});
