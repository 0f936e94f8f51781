import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import type { SharedCounter } from './shared-limit.js';

/**
 * Counts in the table `rate_limits`, which a migration makes, over the service's own pool.
 *
 * @param hash what stands in the table for a key: addresses and hashes of people say too much
 */
export function createPostgresCounter(
  dataSource: DataSource,
  name: string,
  windowMs: number,
  hash: (key: string) => string,
): SharedCounter {
  const limiter = new RateLimiterPostgres({
    storeClient: {
      query: async ({ text, values }: { text: string; values: unknown[] }) => {
        const rows = await dataSource.query<unknown[]>(text, values);
        return { rows, rowCount: rows.length };
      },
    },
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    // A job of ours does that, which stops with the service.
    clearExpiredByTimeout: false,
    keyPrefix: name,
    // Whether it is too much is decided by whoever counts.
    points: Number.MAX_SAFE_INTEGER,
    duration: windowMs / 1000,
  });
  return {
    add: async (key, uses) => {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(hash(key), uses);
      return { used: consumedPoints, millisecondsLeft: msBeforeNext };
    },
  };
}
