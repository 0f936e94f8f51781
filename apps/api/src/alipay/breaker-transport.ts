import type { Transport, TransportResult } from '@zhimaper/alipay-core';
import {
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel';

export interface BreakerSettings {
  /** How many calls have to fail one after the other for the circuit to open. */
  failures: number;
  /** How long it stays open before one call tries again, in milliseconds. */
  pauseMs: number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** A transport that stops calling where calls keep failing. */
export interface BreakerTransport extends Transport {
  readonly breaker: BreakerState;
}

/**
 * Gives a failing gateway a rest: each application that runs into a time-out leaves a person whose authorisation
 * nobody knows, so that the fewer do, the better.
 *
 * What fails: a call that could not be sent, whose answer did not come, or came with a status of 500 and more.
 * Answers pass unchanged, so that no outcome ever becomes another; a call that is held back never left and is
 * `not-sent`, for `circuit-open`. After the pause the next call goes through, whose answer decides; all others
 * are held back meanwhile, instead of waiting for it.
 *
 * @param onChange hears of each new state
 * @example createBreakerTransport(inner, { failures: 20, pauseMs: 5_000 }, (state) => logger.warn({ state }));
 */
export function createBreakerTransport(
  inner: Transport,
  { failures, pauseMs }: BreakerSettings,
  onChange: (state: BreakerState) => void,
): BreakerTransport {
  // Nothing comes here but what the inner transport answered.
  const failing = handleWhenResult((result) => isFailure(result as TransportResult));
  const circuit = circuitBreaker(failing, {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: pauseMs,
  });
  circuit.onStateChange((state) => {
    onChange(STATE_NAMES[state]);
  });
  return {
    send: async (request) => {
      if (circuit.state === CircuitState.HalfOpen) return CIRCUIT_OPEN;
      try {
        return await circuit.execute(() => inner.send(request));
      } catch (error) {
        if (isBrokenCircuitError(error)) return CIRCUIT_OPEN;
        throw error;
      }
    },
    close: () => inner.close(),
    get breaker() {
      return STATE_NAMES[circuit.state];
    },
  };
}

const CIRCUIT_OPEN: TransportResult = { kind: 'not-sent', reason: 'circuit-open' };

const STATE_NAMES: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

/** Given up by ourselves, or too large: the gateway fares well enough. */
const ANSWERED_REASONS: ReadonlySet<string> = new Set([
  'aborted',
  'aborted-before-sending',
  'response-too-large',
]);

function isFailure(result: TransportResult): boolean {
  return result.kind === 'response' ? result.status >= 500 : !ANSWERED_REASONS.has(result.reason);
}
