import { join } from 'node:path';
import { openDataFolder } from '../folders/open-data-folder.js';
import { findPostgresAccount } from '../process/account.js';
import { findFreePort } from '../process/free-port.js';
import { keepStackSecrets } from '../stack/api-environment.js';
import { runDatabase } from '../stack/database.js';
import { useOnce } from '../stack/first-use.js';
import { ended, type LocalStack, type LocalStackOptions } from '../stack/start-local-stack.js';
import { stepRunner } from '../stack/steps.js';
import { Teardown } from '../stack/teardown.js';
import { WORKSPACE_ROOT } from '../stack/workspace.js';
import { levelsOf, readComposeFile, type ComposeService } from './compose-file.js';
import { composeVariables } from './compose-variables.js';
import { startReplica, type ClusterMember } from './members.js';
import { addressOf } from './place.js';

type ClusterOptions = Omit<LocalStackOptions, 'databaseUrl' | 'databaseMigrationUrl'>;

/** The processes of docker-compose.yml on this machine. `api` is nginx. */
export interface Cluster extends Omit<LocalStack, 'sandbox'> {
  members: readonly ClusterMember[];
}

const COMPOSE_FILE = join(WORKSPACE_ROOT, 'docker-compose.yml');

/**
 * Starts what docker-compose.yml describes: the same programs with the same environment, moved from containers to free
 * ports of this machine. Postgres is the embedded one, nginx that of the machine.
 *
 * @throws StackError with a code, what to do, and the log's name; whatever was started has been stopped by then
 *
 * @example
 * const cluster = await startCluster({ durability: false });
 * cluster.members.map(({ name }) => name); // ['sandbox', 'api-1', 'api-2', 'worker', 'nginx']
 * await cluster.stop();
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const teardown = new Teardown();
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start(options: ClusterOptions, teardown: Teardown): Promise<Cluster> {
  const { signal, durability = true, databasePort: port = 0 } = options;
  const step = stepRunner(options.onStep ?? (() => undefined), signal);
  const account = await findPostgresAccount();
  const folder = await openDataFolder(options.dataDir, account);
  teardown.add(() => folder.close());
  const dataDir = folder.path;
  const database = await step(
    'Starting Postgres',
    () => runDatabase({ dataDir, account, port, durability, signal }),
    ({ version }) => `Postgres ${version} ready`,
  );
  const { server } = database;
  if (server) teardown.add(() => server.stop());

  const secrets = await keepStackSecrets(dataDir);
  const variables = await composeVariables(database, secrets);
  const services = (await readComposeFile(COMPOSE_FILE, variables)).filter(
    ({ name }) => name !== 'postgres',
  );
  const ports = new Map([['postgres', [Number(new URL(database.url).port)]]]);
  for (const service of services) ports.set(service.name, await findPorts(service, options));
  const volumesDir = join(dataDir, 'volumes');
  const place = { services, ports, volumesDir, dataDir, signal };

  const members: ClusterMember[] = [];
  for (const level of levelsOf(services)) {
    const started: ClusterMember[] = [];
    // Together: each may take most of the ten seconds that stopping everything may take.
    teardown.add(() => Promise.all(started.map(({ child }) => child.stop())));
    const names = level.map(({ name }) => name).join(', ');
    const replicas = level.flatMap((service) =>
      Array.from({ length: service.replicas }, (_, replica) => ({ service, replica })),
    );
    await step(
      `Starting ${names}`,
      () =>
        Promise.all(
          replicas.map(({ service, replica }) =>
            startReplica(service, replica, place, (member) => started.push(member)),
          ),
        ),
      () => `${names} ready`,
    );
    members.push(...started);
  }

  const api = addressOf('nginx', 0, ports);
  const { adminKey } = secrets;
  const used = await useOnce(step, { api, adminKey, dataDir, signal });
  return {
    api,
    gateway: `${addressOf('sandbox', 0, ports)}/gateway.do`,
    databaseUrl: database.url,
    ...used,
    adminKey,
    appId: appIdOf(services),
    keysDir: join(volumesDir, 'sandbox-keys'),
    dataDir,
    members: members.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    failed: Promise.race([
      ...members.map(({ name, child, logFile }) => ended(name, child.exited, logFile)),
      ...(server ? [ended('Postgres server', server.exited, server.logFile)] : []),
    ]),
    stop: () => teardown.runOrThrow(),
  };
}

async function findPorts(
  { name, replicas }: ComposeService,
  { port = 0, gatewayPort = 0 }: ClusterOptions,
): Promise<number[]> {
  if (name === 'nginx') return [await findFreePort(port, '--port')];
  if (name === 'sandbox') return [await findFreePort(gatewayPort, '--gateway-port')];
  return Promise.all(Array.from({ length: replicas }, () => findFreePort(0, '--port')));
}

function appIdOf(services: readonly ComposeService[]): string {
  const appIds = services.map(({ environment }) => environment['ALIPAY_APP_ID']);
  return appIds.find((appId) => appId !== undefined) ?? '';
}
