import type { DataSource } from 'typeorm';
import { MIGRATIONS, MIGRATIONS_TABLE } from './data-source.js';
import { databaseErrorCode } from './database-errors.js';

const UNDEFINED_TABLE = '42P01';

/**
 * Whether every migration that this build knows has run. A schema that is ahead of it, as during a rolling
 * release, is current too.
 */
export async function isSchemaCurrent(dataSource: DataSource): Promise<boolean> {
  const names = MIGRATIONS.map((migration) => migration.name);
  try {
    const rows = await dataSource.query<unknown[]>(
      `SELECT name FROM ${MIGRATIONS_TABLE} WHERE name = ANY($1)`,
      [names],
    );
    return rows.length === names.length;
  } catch (error) {
    if (databaseErrorCode(error) === UNDEFINED_TABLE) return false;
    throw error;
  }
}
