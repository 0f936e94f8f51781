import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@zhimaper/local-stack';

/**
 * One server for all tests, whose databases `createTestDatabase` makes, and one folder for their spools. Jest hands
 * the environment to its workers.
 */
export default async function startTestPostgres() {
  const postgres = await startPostgres({ durability: false });
  globalThis.zhimaperTestPostgres = postgres;
  process.env.ZHIMAPER_TEST_POSTGRES_URL = postgres.url;
  process.env.ZHIMAPER_TEST_SPOOL_DIR = await mkdtemp(join(tmpdir(), 'zhimaper-spools-'));
}
