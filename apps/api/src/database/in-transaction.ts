import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { CommitUncertainError, isDatabaseUnavailable } from './database-errors.js';

/**
 * Does some work in one transaction, on one connection.
 *
 * @param keep whether the work's result is worth keeping: committed if so, rolled back if not
 * @returns the result in either case; an error rolls back and passes on. `CommitUncertainError` where nobody
 *   knows whether the work was committed
 */
export async function inTransaction<Result>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
  keep: (result: Result) => boolean = () => true,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const result = await work(runner.manager);
    await (keep(result) ? commit(runner) : runner.rollbackTransaction());
    return result;
  } catch (error) {
    // The first error tells what happened; a connection that cannot roll back is broken anyway.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

async function commit(runner: QueryRunner): Promise<void> {
  try {
    await runner.commitTransaction();
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new CommitUncertainError(error) : error;
  }
}
