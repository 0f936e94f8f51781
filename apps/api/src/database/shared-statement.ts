import { mayDoAlone } from './database-errors.js';
import { Gathering } from './gathering.js';

const LIMITS = { together: 50, patienceMs: 20 };

/** A statement about any number of rows, each of which somebody else waits for (ADR 0021). */
export function sharedStatement<Row, Result>(
  run: (rows: readonly Row[]) => Promise<readonly Result[]>,
): Gathering<Row, Result> {
  return new Gathering(run, LIMITS);
}

/**
 * As `sharedStatement`, for rows that the database may refuse, with a statement of its own for a row that comes alone.
 * Answers `alone` for each row of a group that was refused: it has to be tried by itself.
 *
 * @example
 * const inserts = sharedWrite((row: Row) => insert(row), (rows) => insertAll(rows));
 */
export function sharedWrite<Row, Result>(
  one: (row: Row) => Promise<Result>,
  several: (rows: readonly Row[]) => Promise<readonly Result[]>,
): Gathering<Row, Result | 'alone'> {
  return sharedStatement<Row, Result | 'alone'>(async (rows) => {
    const [first, ...others] = rows;
    if (first !== undefined && others.length === 0) return [await one(first)];
    try {
      return await several(rows);
    } catch (error) {
      if (!mayDoAlone(error)) throw error;
      return rows.map(() => 'alone');
    }
  });
}
