import { parseArgs } from 'node:util';
import { messageOf } from '../stack-error.js';

export const USAGE = `Usage: npm start -- [options]

Starts Postgres, the gateway sandbox and the api on 127.0.0.1, makes an API key, sends the
interface document's example person through the whole path, and serves until Ctrl-C.

  --cluster             the processes of docker-compose.yml instead of one api: two apis behind
                        nginx (which has to be installed) and a worker
  --once                stop when the authorisation is stored; the exit status says whether
  --json                one line of JSON on stdout when ready, everything else on stderr
  --port N              the api's port (default 0: any free one)
  --gateway-port N      the sandbox's port (default 0)
  --database-port N     Postgres' port (default 0)
  --data-dir DIR        keep data, keys and logs there (default .local)
  --help                this text

DATABASE_URL in the environment names a database to use instead of the embedded one;
DATABASE_MIGRATION_URL the same database as the role that may change its schema; LOG_LEVEL is the api's.
NO_COLOR turns colours off.

Exit status: 0 stopped when asked to (--once: stored), 1 failed, 2 wrong usage.
`;

/** What the command line asks for. */
export interface StartOptions {
  help: boolean;
  cluster: boolean;
  once: boolean;
  json: boolean;
  port: number;
  gatewayPort: number;
  databasePort: number;
  dataDir: string | undefined;
  databaseUrl: string | undefined;
  databaseMigrationUrl: string | undefined;
}

/** The command line asks for what there is not. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line and what of the environment belongs with it.
 *
 * @throws UsageError
 */
export function parseOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const values = parse(argv);
  const databaseUrl = env['DATABASE_URL'] || undefined;
  if (values.cluster && databaseUrl !== undefined) {
    throw new UsageError('--cluster starts a database of its own: unset DATABASE_URL.');
  }
  if (databaseUrl !== undefined && values['database-port'] !== undefined) {
    throw new UsageError('--database-port is of no use with DATABASE_URL.');
  }
  return {
    help: values.help,
    cluster: values.cluster,
    once: values.once,
    json: values.json,
    port: portOf('--port', values.port),
    gatewayPort: portOf('--gateway-port', values['gateway-port']),
    databasePort: portOf('--database-port', values['database-port']),
    dataDir: values['data-dir'],
    databaseUrl,
    databaseMigrationUrl: (databaseUrl && env['DATABASE_MIGRATION_URL']) || undefined,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        cluster: { type: 'boolean', default: false },
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        port: { type: 'string' },
        'gateway-port': { type: 'string' },
        'database-port': { type: 'string' },
        'data-dir': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function portOf(option: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`${option} takes a port from 0 to 65535, not "${text}".`);
}
