import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type Connection, type Submittable } from 'pg';

/** A row of a table, or a file: whatever may hold what it should not, with its name. */
export interface Trace {
  name: string;
  bytes: Buffer;
}

/** Every table as `COPY … TO STDOUT` writes it; bytes show as hexadecimal digits. */
export async function copyTables(databaseUrl: string): Promise<Trace[]> {
  const client = new Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT CASE schemaname WHEN 'public' THEN '' ELSE schemaname || '.' END || quote_ident(tablename) AS name
       FROM pg_tables WHERE schemaname IN ('public', 'pgboss') ORDER BY 1`,
    );
    const traces: Trace[] = [];
    for (const { name } of rows) traces.push({ name, bytes: await copyTable(client, name) });
    return traces;
  } finally {
    await client.end();
  }
}

function copyTable(client: Client, table: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const copy = {
      submit: (connection: Connection) => {
        // A query, since a partitioned table cannot be copied by its name.
        connection.query(`COPY (SELECT * FROM ${table}) TO STDOUT`);
      },
      handleCopyData: ({ chunk }: { chunk: Buffer }) => void chunks.push(Buffer.from(chunk)),
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => {
        resolve(Buffer.concat(chunks));
      },
      handleError: reject,
    };
    client.query(copy as Submittable);
  });
}

type Query = <Row>(sql: string) => Promise<Row[]>;

/** Where the write-ahead log is now. */
export async function walPosition(query: Query): Promise<string> {
  const [row] = await query<{ at: string }>('SELECT pg_current_wal_insert_lsn() AS at');
  return row!.at;
}

/** The database's data files, and the files of the write-ahead log since a position, as they are on the disk. */
export async function databaseFiles(query: Query, since: string): Promise<Trace[]> {
  await query('CHECKPOINT');
  const [place] = await query<{ cluster: string; folder: string; first: string; last: string }>(
    `SELECT current_setting('data_directory') AS cluster, 'base/' || oid AS folder,
       pg_walfile_name('${since}') AS first, pg_walfile_name(pg_current_wal_lsn()) AS last
     FROM pg_database WHERE datname = current_database()`,
  );
  const { cluster, folder, first, last } = place!;
  const data = await readFolder(join(cluster, folder));
  const wal = await readFolder(
    join(cluster, 'pg_wal'),
    (name) => /^[\dA-F]{24}$/.test(name) && name >= first && name <= last,
  );
  return [...data, ...wal];
}

/** All files of a folder. */
export async function readFolder(
  folder: string,
  wanted: (name: string) => boolean = () => true,
): Promise<Trace[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && wanted(entry.name));
  return Promise.all(
    files.map(async ({ name }) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
}

/** A text in every form that a column, a file, a log line or an answer might hold it in. */
function forms(secret: string): Buffer[] {
  const bytes = Buffer.from(secret, 'utf8');
  const texts = [
    secret,
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    [...secret].map((part) => `\\u${part.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text, 'utf8'));
}

/** Which secrets stand in which traces; the secrets are told by their place in the list, not shown. */
export function findSecrets(
  traces: readonly Trace[],
  secrets: readonly (string | Buffer)[],
): string[] {
  const needles = secrets.map((secret) => (Buffer.isBuffer(secret) ? [secret] : forms(secret)));
  return traces.flatMap(({ name, bytes }) =>
    needles.flatMap((needle, at) =>
      needle.some((form) => bytes.includes(form)) ? [`secret ${at} in ${name}`] : [],
    ),
  );
}
