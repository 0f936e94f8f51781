import { startPostgres, type EmbeddedPostgres } from '@zhimaper/local-stack';
import { migrate } from '../../src/database/migrator.js';
import { connectTo } from './test-database.js';

/** A server of the test file's own, with the present schema, for those that do to it what others would not stand. */
export async function startOwnPostgres(): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ durability: false });
  const dataSource = await connectTo(postgres.url, 2);
  await migrate(dataSource);
  await dataSource.destroy();
  return postgres;
}
