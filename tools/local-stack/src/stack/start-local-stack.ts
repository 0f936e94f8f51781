import { join } from 'node:path';
import type { GatewaySandbox } from '@zhimaper/gateway-sandbox';
import { makeFolder } from '../folders/data-folder.js';
import { openDataFolder } from '../folders/open-data-folder.js';
import { findPostgresAccount } from '../process/account.js';
import type { ChildExit } from '../process/managed-child.js';
import { StackError } from '../stack-error.js';
import { apiEnvironment, inheritedEnvironment, keepStackSecrets } from './api-environment.js';
import { describeExit, startApi } from './api-process.js';
import { reachDatabase, runDatabase } from './database.js';
import type { ExampleAuthorization } from './example-person.js';
import { useOnce } from './first-use.js';
import { migrate } from './migrations.js';
import { startSandbox } from './sandbox.js';
import { stepRunner, type StepListener } from './steps.js';
import { Teardown } from './teardown.js';

export interface LocalStackOptions {
  /** Keeps all data there; without it they go to a temporary folder that `stop()` removes. */
  dataDir?: string | undefined;
  /** The api's port; default 0, any free one. */
  port?: number;
  gatewayPort?: number;
  databasePort?: number;
  /** Uses this database instead of an embedded server. */
  databaseUrl?: string | undefined;
  /** The same database as another role, which may change the schema. */
  databaseMigrationUrl?: string | undefined;
  /** False for tests: nothing is forced to the disk. Default true. */
  durability?: boolean;
  signal?: AbortSignal;
  onStep?: StepListener;
}

/** The whole path, running on this machine. */
export interface LocalStack {
  /** The api's base URL, without a slash at the end. */
  api: string;
  /** The whole URL of the gateway, `…/gateway.do`. */
  gateway: string;
  databaseUrl: string;
  /** A fresh key of the api with every scope. */
  apiKey: string;
  /** The key that may manage the api's keys. */
  adminKey: string;
  appId: string;
  keysDir: string;
  /** Another than the one asked for where Postgres' user may not go there. */
  dataDir: string;
  /** The api's answer about the document's example person. */
  authorization: ExampleAuthorization;
  sandbox: GatewaySandbox;
  /** Settles when one of the stack's processes ends unasked; the rest still has to be stopped. */
  failed: Promise<StackError>;
  /** Stops everything, within 10 s. */
  stop(): Promise<void>;
}

/**
 * Starts Postgres, the gateway sandbox and the api, makes an API key and sends the example person through.
 *
 * Everything ends with this process at the latest, however that ends.
 *
 * @throws StackError with a code, what to do, and the log's name; whatever was started has been stopped by then
 *
 * @example
 * const stack = await startLocalStack({ durability: false });
 * await fetch(`${stack.api}/v1/authorizations/${stack.authorization.id}`, {
 *   headers: { authorization: `Bearer ${stack.apiKey}` },
 * });
 * await stack.stop();
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const teardown = new Teardown();
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start(options: LocalStackOptions, teardown: Teardown): Promise<LocalStack> {
  const { signal, databaseUrl, databaseMigrationUrl } = options;
  const step = stepRunner(options.onStep ?? (() => undefined), signal);
  const account = databaseUrl === undefined ? await findPostgresAccount() : undefined;
  const folder = await openDataFolder(options.dataDir, account);
  teardown.add(() => folder.close());
  const dataDir = folder.path;

  const database = await step(
    'Starting Postgres',
    async () => {
      if (databaseUrl !== undefined) return reachDatabase(databaseUrl);
      const { databasePort: port = 0, durability = true } = options;
      return runDatabase({ dataDir, account, port, durability, signal });
    },
    ({ version }) => `Postgres ${version} ready`,
  );
  const { server } = database;
  if (server) teardown.add(() => server.stop());

  const sandbox = await step(
    'Starting the gateway sandbox',
    () => startSandbox(dataDir, options.gatewayPort ?? 0),
    () => 'Gateway sandbox ready',
  );
  teardown.add(() => sandbox.close());

  await step(
    'Migrating the database',
    () => {
      const env = {
        ...inheritedEnvironment(process.env),
        DATABASE_URL: database.serviceUrl,
        DATABASE_MIGRATION_URL: databaseMigrationUrl ?? database.url,
      };
      return migrate(dataDir, env, signal);
    },
    () => 'Schema up to date',
  );

  const spoolDir = join(dataDir, 'spool');
  await makeFolder(spoolDir, 0o700);
  const secrets = await keepStackSecrets(dataDir);
  const { gatewayUrl, appId, keysDir } = sandbox;
  const parts = { databaseUrl: database.serviceUrl, gatewayUrl, appId, keysDir, spoolDir, secrets };
  const api = await step(
    'Starting the api',
    () =>
      startApi({
        dataDir,
        env: apiEnvironment(parts, process.env),
        port: options.port ?? 0,
        signal,
      }),
    () => 'Api ready',
  );
  teardown.add(() => api.stop());

  const { adminKey } = secrets;
  const used = await useOnce(step, { api: api.url, adminKey, dataDir, signal });

  return {
    api: api.url,
    gateway: gatewayUrl,
    databaseUrl: database.url,
    ...used,
    adminKey,
    appId,
    keysDir,
    dataDir,
    sandbox,
    failed: Promise.race([
      ended('api', api.exited, api.logFile),
      ...(server ? [ended('Postgres server', server.exited, server.logFile)] : []),
    ]),
    stop: () => teardown.runOrThrow(),
  };
}

/** Settles when a process that should go on has ended. */
export async function ended(
  what: string,
  exited: Promise<ChildExit>,
  logFile: string,
): Promise<StackError> {
  const exit = await exited;
  return new StackError('CHILD_ENDED', `The ${what} ended ${describeExit(exit)}.`, {
    nextStep: 'See its log, and start again.',
    logFile,
  });
}
