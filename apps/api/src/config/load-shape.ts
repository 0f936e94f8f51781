import { wholeNumber } from './whole-number.js';

/** How much the service takes on, and what it does when others fail. */
export const loadShape = {
  DATABASE_TIMEOUT_MS: wholeNumber(100, 600_000)
    .prefault('8000')
    .describe(
      'How long the database may keep silent, in milliseconds; a statement may take five eighths of it, a lock and a free connection three.',
    ),
  REFRESH_REPLAY_MS: wholeNumber(0, 86_400_000)
    .prefault('60000')
    .describe(
      'How long after a refresh another one answers the same without a call, in milliseconds.',
    ),
  GATEWAY_CONCURRENCY: wholeNumber(1, 10_000)
    .prefault('128')
    .describe('Most gateway calls that one process has under way.'),
  GATEWAY_QUEUE: wholeNumber(0, 100_000)
    .prefault('512')
    .describe('Most gateway calls that wait for their turn.'),
  GATEWAY_QUEUE_MS: wholeNumber(1, 120_000)
    .prefault('2000')
    .describe('How long a gateway call waits for its turn, in milliseconds.'),
  GATEWAY_BREAKER_FAILURES: wholeNumber(1, 10_000)
    .prefault('20')
    .describe('How many gateway calls fail one after the other before none is made for a while.'),
  GATEWAY_BREAKER_PAUSE_MS: wholeNumber(1, 600_000)
    .prefault('5000')
    .describe('How long that while is, in milliseconds; then one call tries again.'),
};
