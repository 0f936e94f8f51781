import { isIP } from 'node:net';
import { z } from 'zod';
import { wholeNumber } from './whole-number.js';

const ADDRESS_OR_NETWORK = /^([^/]+)(?:\/(\d{1,3}))?$/;

/** Addresses and networks, by commas. */
const addresses = z.string().transform((text, context): string[] => {
  const items = text.split(',').map((item) => item.trim());
  const valid = items.every((item) => {
    const [, address = '', bits = '0'] = ADDRESS_OR_NETWORK.exec(item) ?? [];
    const version = isIP(address);
    return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
  });
  if (valid) return items;
  context.addIssue({
    code: 'custom',
    message: 'must be addresses or networks, separated by commas',
  });
  return z.NEVER;
});

/** How much the service takes on, and what it does when others fail. */
export const loadShape = {
  SHUTDOWN_GRACE_MS: wholeNumber(0, 4_000)
    .prefault('500')
    .describe(
      'How long a process that was told to stop is not ready but still takes requests, in milliseconds.',
    ),
  DATABASE_TIMEOUT_MS: wholeNumber(100, 600_000)
    .prefault('8000')
    .describe(
      'How long the database may keep silent, in milliseconds; a statement may take five eighths of it, a lock and a free connection three.',
    ),
  RATE_LIMIT_REQUESTS: wholeNumber(1, 100_000_000)
    .prefault('60000')
    .describe('Most requests of one API key on one route in a minute.'),
  RATE_LIMIT_SUBJECT: wholeNumber(1, 1_000_000)
    .prefault('60')
    .describe('Most applications of one client for one person in an hour.'),
  RATE_LIMIT_UNMATCHED: wholeNumber(1, 1_000_000)
    .prefault('100')
    .describe('Most applications of one client in an hour that Alipay answers with NO_USER_ERROR.'),
  RATE_LIMIT_FAILED_LOGINS: wholeNumber(1, 1_000_000)
    .prefault('100')
    .describe('Most API keys from one address in ten minutes that are not valid.'),
  TRUSTED_PROXIES: addresses
    .optional()
    .describe('Addresses and networks of proxies whose X-Forwarded-For is believed.'),
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
  GATEWAY_CALLS_PER_SECOND: wholeNumber(1, 100_000)
    .optional()
    .describe(
      'Most gateway calls in a second of all processes together; without it they are as many as there are.',
    ),
  GATEWAY_CALLS_BURST: wholeNumber(1, 100_000)
    .optional()
    .describe(
      'How many of them may be saved up, and how many single applications may be ahead of them; a second of them by default.',
    ),
  BATCH_CONCURRENCY: wholeNumber(0, 1_000)
    .prefault('16')
    .describe(
      'Most lines of batches that one process has under way, well below `GATEWAY_CONCURRENCY`; with 0 it works on no batch.',
    ),
  GATEWAY_BREAKER_FAILURES: wholeNumber(1, 10_000)
    .prefault('20')
    .describe('How many gateway calls fail one after the other before none is made for a while.'),
  GATEWAY_BREAKER_PAUSE_MS: wholeNumber(1, 600_000)
    .prefault('5000')
    .describe('How long that while is, in milliseconds; then one call tries again.'),
};
