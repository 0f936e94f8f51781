import { createUndiciTransport, type Transport } from '@zhimaper/alipay-core';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment-schema.js';
import type { Pace } from '../pace/pace.js';
import { createPacedTransport } from '../pace/paced-transport.js';
import { createBreakerTransport, type BreakerState } from './breaker-transport.js';
import { createBulkheadTransport } from './bulkhead-transport.js';

/** How busy the way to the gateway is. */
interface GatewayLoad {
  breaker: BreakerState;
  inFlight: number;
  waiting: number;
}

/** The one way to the gateway, with what holds calls back. */
export interface GuardedTransport extends Transport {
  readonly load: GatewayLoad;
}

/** Injection token of the `GuardedTransport`. */
export const GATEWAY_TRANSPORT = Symbol('GatewayTransport');

/**
 * Makes the way to the gateway: the pace of all processes, a bulkhead, then a breaker, then undici. The breaker stands inside, so that it
 * sees nothing but what became of real calls.
 */
export function createGuardedTransport(
  environment: Environment,
  pace: Pace,
  logger: Logger,
): GuardedTransport {
  const { GATEWAY_BREAKER_FAILURES: failures, GATEWAY_BREAKER_PAUSE_MS: pauseMs } = environment;
  // As many connections as calls: none waits for one where nobody would see it.
  const network = createUndiciTransport({ connections: environment.GATEWAY_CONCURRENCY });
  const breaker = createBreakerTransport(network, { failures, pauseMs }, (state) => {
    logger.warn({ breaker: state }, `the gateway's circuit is ${state}`);
  });
  const bulkhead = createBulkheadTransport(breaker, {
    concurrency: environment.GATEWAY_CONCURRENCY,
    queue: environment.GATEWAY_QUEUE,
    queueDeadlineMs: environment.GATEWAY_QUEUE_MS,
  });
  const paced = pace.limited ? createPacedTransport(bulkhead, pace) : bulkhead;
  return {
    send: (request) => paced.send(request),
    close: () => paced.close(),
    get load() {
      return {
        breaker: breaker.breaker,
        inFlight: bulkhead.inFlight,
        waiting: bulkhead.waiting,
      };
    },
  };
}
