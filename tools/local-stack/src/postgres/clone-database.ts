import { Client, escapeIdentifier, escapeLiteral } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000;

/** Short enough for a start to be called off meanwhile. */
const VERSION_TIMEOUT_MS = 3_000;

/**
 * Makes a database as a copy of another, which nobody may be connected to meanwhile.
 *
 * A database of that name is dropped first.
 *
 * @param adminUrl a connection to another database of the same server, as a role that may make databases
 * @param template the database to copy
 * @param name the database to make
 * @throws the server's error, and at the latest after 30 s
 *
 * @example
 * await cloneDatabase(postgres.url, 'api_template', `api_${process.env.JEST_WORKER_ID}`);
 */
export async function cloneDatabase(
  adminUrl: string,
  template: string,
  name: string,
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const database = escapeIdentifier(name);
    await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    // The files are copied as they are: that is faster for a small database than going through the log.
    await client.query(
      `CREATE DATABASE ${database} TEMPLATE ${escapeIdentifier(template)} STRATEGY file_copy`,
    );
  });
}

/** Makes the database unless it is there. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  });
}

/** Makes the role unless it is there; it may connect with the password, and nothing else. */
export async function ensureRole(adminUrl: string, name: string, password: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const role = escapeIdentifier(name);
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN`);
    await client.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(password)}`);
  });
}

/** The server's version in words: `18.4`. */
export async function readServerVersion(url: string): Promise<string> {
  const query = async (client: Client) => {
    const result = await client.query<{ server_version: string }>('SHOW server_version');
    return result.rows[0]?.server_version ?? 'of unknown version';
  };
  return withClient(url, query, VERSION_TIMEOUT_MS);
}

async function withClient<T>(
  url: string,
  work: (client: Client) => Promise<T>,
  queryTimeoutMs = QUERY_TIMEOUT_MS,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
  });
  // Without a listener a connection that is cut while nothing is asked ends the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
