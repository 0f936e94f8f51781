import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AuditKeys } from './audit/audit-keys.js';
import { AuditTrail } from './audit/audit-trail.js';
import { rekeyEnvironmentSchema } from './config/environment-schema.js';
import { EXIT_STATUS } from './config/exit-status.js';
import { describeFaults, readEnvironment } from './config/read-environment.js';
import { LocalKeyRing } from './crypto/local-key-ring.js';
import { connectionDeadlines, createDataSource } from './database/data-source.js';
import { createLogger } from './logging/logger.js';
import { Progress } from './rekey/progress.js';
import { RekeyRepository } from './rekey/rekey.repository.js';
import { Rekeyer, type RekeyReport } from './rekey/rekeyer.js';

const USAGE = `Usage: rekey [--dry-run]

Encrypts with the first key of ENCRYPTION_KEYS whatever another one encrypts, while the service goes on, then opens
every cell. Stopped at any moment it goes on where it was when it is run again. The report is one line of JSON.

  --dry-run   counts and opens everything, changes nothing
`;

/** Counting goes through whole tables. */
const DEADLINES = { ...connectionDeadlines(8_000), statement: 600_000, silence: 600_000 };

const dryRun = readOptions();
const reading = readEnvironment(process.env, rekeyEnvironmentSchema, (path) =>
  readFileSync(path, 'utf8'),
);

if (dryRun === null) process.exitCode = EXIT_STATUS.usage;
else if (reading.ok) await run(reading.environment, dryRun);
else {
  process.stderr.write(describeFaults(reading.faults));
  process.exitCode = EXIT_STATUS.config;
}

/** Whether nothing is to be changed; null where the usage is wrong or was asked for. */
function readOptions(): boolean | null {
  try {
    const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
    return values['dry-run'];
  } catch {
    process.stderr.write(USAGE);
    return null;
  }
}

type RekeyEnvironment = Extract<typeof reading, { ok: true }>['environment'];

async function run(environment: RekeyEnvironment, dry: boolean): Promise<void> {
  const { DATABASE_URL, ENCRYPTION_KEYS, SUBJECT_HASH_KEY, LOG_LEVEL } = environment;
  const logger = createLogger(LOG_LEVEL);
  const dataSource = createDataSource({
    url: DATABASE_URL.reveal(),
    poolSize: 1,
    applicationName: 'zhimaper-rekey',
    deadlines: DEADLINES,
    onPoolError: (error) => {
      logger.warn({ err: error }, 'an idle database connection broke');
    },
  });
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  try {
    await dataSource.initialize();
    const auditTrail = new AuditTrail(new AuditKeys(SUBJECT_HASH_KEY.reveal()));
    const cells = new RekeyRepository(dataSource, auditTrail);
    const rekeyer = new Rekeyer(cells, new LocalKeyRing(ENCRYPTION_KEYS), () => new Date());
    const progress = new Progress(process.stderr);
    const report = await rekeyer.run({
      dryRun: dry,
      signal: stopping.signal,
      onProgress: (done, total) => {
        progress.show(done, total);
      },
    });
    process.stdout.write(`${JSON.stringify({ dryRun: dry, ...report })}\n`);
    process.exitCode = exitStatus(report, dry);
  } catch (error) {
    logger.fatal({ err: error }, 'not everything was encrypted anew; run it again');
    process.exitCode = EXIT_STATUS.software;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** Only 0 says that every old key may go. */
function exitStatus({ unreadable, remaining, stopped }: RekeyReport, dry: boolean): number {
  if (unreadable > 0) return EXIT_STATUS.software;
  return stopped || (remaining > 0 && !dry) ? EXIT_STATUS.tryAgain : EXIT_STATUS.ok;
}
