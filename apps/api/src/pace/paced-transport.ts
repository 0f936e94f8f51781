import type { Transport, TransportResult } from '@zhimaper/alipay-core';
import type { Pace } from './pace.js';

const OVER_BUDGET: TransportResult = { kind: 'not-sent', reason: 'over-budget' };

/** Lets a call leave only when the budget of all processes has room for it; otherwise it was never sent. */
export function createPacedTransport(inner: Transport, pace: Pick<Pace, 'admit'>): Transport {
  return {
    send: async (request) => {
      const startedAt = performance.now();
      try {
        if (!(await pace.admit())) return OVER_BUDGET;
      } catch (cause) {
        // Without the budget nobody knows whether there is room; without the database nothing could be stored either.
        return { ...OVER_BUDGET, cause };
      }
      const timeoutMs = request.timeoutMs - Math.floor(performance.now() - startedAt);
      return inner.send({ ...request, timeoutMs: Math.max(1, timeoutMs) });
    },
    close: () => inner.close(),
  };
}
