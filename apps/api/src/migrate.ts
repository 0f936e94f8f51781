import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { migrationEnvironmentSchema } from './config/environment-schema.js';
import { EXIT_STATUS } from './config/exit-status.js';
import { describeFaults, readEnvironment } from './config/read-environment.js';
import { connectionDeadlines, createDataSource } from './database/data-source.js';
import { migrate } from './database/migrator.js';
import { createLogger } from './logging/logger.js';

/** A migration may rebuild a large table, and waits for another process that migrates. */
const DEADLINES = {
  ...connectionDeadlines(8_000),
  lock: 60_000,
  statement: 3_600_000,
  silence: 3_600_000,
};

const reading = readEnvironment(process.env, migrationEnvironmentSchema, (path) =>
  readFileSync(path, 'utf8'),
);

if (reading.ok) {
  const { DATABASE_URL, DATABASE_MIGRATION_URL, LOG_LEVEL } = reading.environment;
  const logger = createLogger(LOG_LEVEL);
  const dataSource = createDataSource({
    url: (DATABASE_MIGRATION_URL ?? DATABASE_URL).reveal(),
    poolSize: 2,
    applicationName: 'zhimaper-migrate',
    deadlines: DEADLINES,
    onPoolError: (error) => {
      logger.warn({ err: error }, 'an idle database connection broke');
    },
  });
  try {
    await dataSource.initialize();
    const serviceRole = decodeURIComponent(new URL(DATABASE_URL.reveal()).username);
    const migrations = await migrate(dataSource, serviceRole === '' ? undefined : serviceRole);
    logger.info({ migrations }, 'the schema is current');
  } catch (error) {
    logger.fatal({ err: error }, 'the migration failed');
    process.exitCode = EXIT_STATUS.software;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
} else {
  process.stderr.write(describeFaults(reading.faults));
  process.exitCode = EXIT_STATUS.config;
}
