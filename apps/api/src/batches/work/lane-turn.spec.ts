import { describe, expect, it } from '@jest/globals';
import { bulkhead } from 'cockatiel';
import { takeTurn, type TriedLine, type TurnEnds } from './lane-turn.js';
import type { LineOutcome } from './line-outcome.js';

interface Line {
  number: number;
}

const GROUP = 3;
const AT_ONCE = 2;
const authorized = (number: number): LineOutcome => ({
  kind: 'ended',
  status: 'authorized',
  code: null,
  authorizationId: `a-${number}`,
});

/** A lane in memory: its lines, what is made of each, and what was written down, one text a group. */
function lane(count: number, outcomes: Record<number, LineOutcome> = {}) {
  const waiting = new Set(Array.from({ length: count }, (_, index) => index + 1));
  const places = bulkhead(AT_ONCE, 1_000);
  const groups: string[] = [];
  const begun: number[] = [];
  let underWay = 0;
  const seen = { mostAtOnce: 0, running: true };
  const ends: TurnEnds<Line> = {
    read: (behind) =>
      Promise.resolve(
        seen.running
          ? [...waiting]
              .filter((number) => number > behind)
              .slice(0, GROUP)
              .map((number) => ({ number }))
          : [],
      ),
    attempt: async ({ number }) => {
      begun.push(number);
      underWay += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      return outcomes[number] ?? authorized(number);
    },
    settle: (tried) => {
      groups.push(tried.map(({ line, outcome }) => `${line.number} ${outcome.kind}`).join(', '));
      for (const { line, outcome } of tried) {
        if (outcome.kind === 'ended') waiting.delete(line.number);
      }
      return Promise.resolve();
    },
    inPlace: (work) => places.execute(work),
  };
  return { ends, waiting, groups, begun, seen };
}

const NEVER = new AbortController().signal;

describe('a turn at a lane', () => {
  it('does the lines in groups and in order, at most so many at once, until none is left', async () => {
    const { ends, waiting, groups, begun, seen } = lane(7);
    expect(await takeTurn(ends, NEVER)).toBe(false);
    expect(groups).toEqual(['1 ended, 2 ended, 3 ended', '4 ended, 5 ended, 6 ended', '7 ended']);
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([waiting.size, seen.mostAtOnce]).toEqual([0, AT_ONCE]);
  });

  it('goes past lines that have to wait, and looks at each once', async () => {
    const left = { kind: 'left' } as const;
    const { ends, waiting, begun } = lane(5, { 1: left, 2: { kind: 'failed-try' }, 4: left });
    expect(await takeTurn(ends, NEVER)).toBe(false);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect([...waiting]).toEqual([1, 2, 4]);
  });

  it.each([
    { kind: 'held', code: 'gateway-rate-limited', forMs: null },
    { kind: 'refused-by-gateway', code: 'gateway-refused' },
  ] as const)(
    'begins nothing more once a line is $kind, but writes down the others',
    async (end) => {
      const { ends, groups, begun } = lane(9, { 4: end });
      expect(await takeTurn(ends, NEVER)).toBe(false);
      // The one beside it was under way.
      expect(begun).toEqual([1, 2, 3, 4, 5]);
      expect(groups).toEqual(['1 ended, 2 ended, 3 ended', `4 ${end.kind}, 5 ended`]);
    },
  );

  it('is over when the batch is not to be worked on any more', async () => {
    const { ends, groups, seen } = lane(9);
    const { settle } = ends;
    ends.settle = async (tried: TriedLine<Line>[]) => {
      await settle(tried);
      seen.running = false;
    };
    expect(await takeTurn(ends, NEVER)).toBe(false);
    expect(groups).toHaveLength(1);
  });

  it('finishes what is under way when it has to stop, and says that there is more', async () => {
    const { ends, groups, begun } = lane(9);
    const stop = new AbortController();
    const { attempt } = ends;
    ends.attempt = (line, signal) => {
      if (line.number === 5) stop.abort();
      return attempt(line, signal);
    };
    expect(await takeTurn(ends, stop.signal)).toBe(true);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    expect(groups).toEqual(['1 ended, 2 ended, 3 ended', '4 ended, 5 ended']);
  });

  it('does not count a line that waited in vain for its turn', async () => {
    const { ends, groups } = lane(3);
    ends.attempt = () => Promise.resolve(null);
    await takeTurn(ends, NEVER);
    expect(groups).toEqual(['']);
  });

  it('begins nothing at all where it has to stop at once', async () => {
    const { ends, begun } = lane(3);
    expect(await takeTurn(ends, AbortSignal.abort())).toBe(true);
    expect(begun).toEqual([]);
  });

  it('passes on that the database is away, with nothing under way any more', async () => {
    const { ends, begun } = lane(9);
    ends.settle = () => Promise.reject(new Error('no database'));
    await expect(takeTurn(ends, NEVER)).rejects.toThrow('no database');
    expect(begun).toEqual([1, 2, 3]);
  });
});
