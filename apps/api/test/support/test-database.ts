import { cloneDatabase } from '@zhimaper/local-stack';
import type { DataSource } from 'typeorm';
import { connectionDeadlines, createDataSource } from '../../src/database/data-source.js';
import { migrate } from '../../src/database/migrator.js';

const TEMPLATE = 'api_template';
const TEMPLATE_LOCK = 4_711;

/** Those that refer to others first. */
const TABLES = [
  'pgboss.job',
  'scheduled_work',
  'gateway_budget',
  'rate_limits',
  'batch_counts',
  'batch_lines',
  'batches',
  'idempotency_keys',
  'quarantined_answers',
  'attempts',
  'authorization_tokens',
  'authorizations',
  'api_keys',
  'clients',
];

const AUDIT_TABLES = ['audit_seals', 'audit_events'];

/** A database of this test file's own, with the present schema and no rows. */
export interface TestDatabase {
  url: string;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Empties every table. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

function serverUrl(database: string): string {
  const url = new URL(process.env['ZHIMAPER_TEST_POSTGRES_URL']!);
  url.pathname = `/${database}`;
  return url.href;
}

/** Makes an empty database without any schema. */
export async function createBlankDatabase(name: string): Promise<string> {
  await cloneDatabase(serverUrl('postgres'), 'template1', name);
  return serverUrl(name);
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `api_${process.env['JEST_WORKER_ID']}`;
  const admin = await connectTo(serverUrl('postgres'));
  try {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const [template] = await admin.query<unknown[]>(
      'SELECT 1 FROM pg_database WHERE datname = $1',
      [TEMPLATE],
    );
    if (!template) await makeTemplate();
    await cloneDatabase(serverUrl('postgres'), TEMPLATE, name);
  } finally {
    await admin.destroy();
  }
  const dataSource = await connectTo(serverUrl(name));
  return {
    url: serverUrl(name),
    query: (sql, parameters) => dataSource.query(sql, parameters),
    empty: async () => {
      // With this few rows far quicker than TRUNCATE, which makes new files for each table and index.
      for (const table of TABLES) await dataSource.query(`DELETE FROM ${table}`);
      // The audit trail's own triggers refuse it, except in this mode, which only a superuser may set.
      await dataSource.query('SET session_replication_role = replica');
      for (const table of AUDIT_TABLES) await dataSource.query(`DELETE FROM ${table}`);
      await dataSource.query('RESET session_replication_role');
    },
    close: () => dataSource.destroy(),
  };
}

async function makeTemplate(): Promise<void> {
  const unfinished = `${TEMPLATE}_unfinished`;
  const dataSource = await connectTo(await createBlankDatabase(unfinished), 2);
  await migrate(dataSource);
  await dataSource.destroy();
  await cloneDatabase(serverUrl('postgres'), unfinished, TEMPLATE);
}

export function connectTo(url: string, poolSize = 1): Promise<DataSource> {
  const applicationName = 'zhimaper-api-test';
  return createDataSource({
    url,
    poolSize,
    applicationName,
    deadlines: connectionDeadlines(20_000),
    onPoolError: () => undefined,
  }).initialize();
}
