import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createGatewaySandbox, type GatewaySandbox } from '@zhimaper/gateway-sandbox';
import { endPrograms, runProgram, urlOf, type ProgramRun } from './run-program.js';
import { ADMIN_KEY, testVariables } from './test-api.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { until } from './until.js';

type Role = 'api' | 'worker' | 'all';

/** One process of the service, the built program with a spool folder of its own. */
interface ClusterProcess extends ProgramRun {
  role: Role;
  url: string;
  spoolDir: string;
}

interface ClusterOptions {
  apis: number;
  workers: number;
  /** Variables of every process that differ from the usual ones. */
  variables?: Record<string, string>;
  /** Another database than one of the test file's own; it outlives the cluster. */
  database?: TestDatabase;
}

/** Several processes of the service on one database and one gateway. */
export interface TestCluster {
  apis: ClusterProcess[];
  workers: ClusterProcess[];
  database: TestDatabase;
  sandbox: GatewaySandbox;
  /** Starts one more, ready for requests; with the spool folder of one that died, if given. */
  start(role: Role, spoolDir?: string): Promise<ClusterProcess>;
  /** A new API key, issued by the first api. */
  issueKey(scopes: readonly string[]): Promise<string>;
  /** Every spool folder that a process ever had. */
  spoolDirs(): string[];
  /** Tells every process to stop, and waits until all have ended. */
  stop(): Promise<void>;
  /** Stops what still runs, by force in the end. */
  close(): Promise<void>;
}

/**
 * Starts so many processes that serve requests and so many that do jobs. The programs are the built ones.
 *
 * @example const cluster = await startTestCluster({ apis: 3, workers: 2 });
 */
export async function startTestCluster({
  apis,
  workers,
  variables = {},
  database: given,
}: ClusterOptions): Promise<TestCluster> {
  const database = given ?? (await createTestDatabase());
  const sandbox = await createGatewaySandbox();
  const all: ClusterProcess[] = [];
  const folder = () => join(process.env['ZHIMAPER_TEST_SPOOL_DIR']!, randomUUID());

  async function start(role: Role, spoolDir = folder()): Promise<ClusterProcess> {
    const run = runProgram('api', {
      ...testVariables(database.url, sandbox),
      LOG_LEVEL: 'info',
      // So many processes at once are slow where others are busy too.
      DATABASE_TIMEOUT_MS: '60000',
      ...variables,
      SPOOL_DIR: spoolDir,
      ROLE: role,
    });
    const url = await urlOf(run);
    const started = { ...run, role, url, spoolDir };
    await until(async () => (await fetch(`${url}/health/ready`)).status === 200);
    all.push(started);
    return started;
  }
  const several = (count: number, role: Role) =>
    Promise.all(Array.from({ length: count }, () => start(role)));

  async function stop(): Promise<void> {
    for (const { child } of all) child.kill('SIGTERM');
    await Promise.all(all.map(({ exit }) => exit));
  }

  async function startAll() {
    try {
      return { apis: await several(apis, 'api'), workers: await several(workers, 'worker') };
    } catch (error) {
      endPrograms();
      await sandbox.close();
      throw error;
    }
  }

  const started = await startAll();
  let keys = 0;
  return {
    ...started,
    database,
    sandbox,
    start,
    stop,
    issueKey: async (scopes) => {
      keys += 1;
      const response = await fetch(`${started.apis[0]!.url}/v1/api-keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `cluster-${keys}`, scopes }),
      });
      return ((await response.json()) as { key: string }).key;
    },
    spoolDirs: () => [...new Set(all.map(({ spoolDir }) => spoolDir))],
    close: async () => {
      await stop();
      endPrograms();
      await sandbox.close();
      if (!given) await database.close();
    },
  };
}
