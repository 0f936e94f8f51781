import { startPostgres } from '@zhimaper/local-stack';

/** One server for all tests; `createTestDatabase` makes the databases. Jest hands the environment to its workers. */
export default async function startTestPostgres() {
  const postgres = await startPostgres({ durability: false });
  globalThis.zhimaperTestPostgres = postgres;
  process.env.ZHIMAPER_TEST_POSTGRES_URL = postgres.url;
}
