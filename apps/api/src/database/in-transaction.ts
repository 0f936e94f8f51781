import type { DataSource, EntityManager } from 'typeorm';

/**
 * Does some work in one transaction, on one connection.
 *
 * @param keep whether the work's result is worth keeping: committed if so, rolled back if not
 * @returns the result in either case; an error rolls back and passes on
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
    await (keep(result) ? runner.commitTransaction() : runner.rollbackTransaction());
    return result;
  } catch (error) {
    // The first error tells what happened; a connection that cannot roll back is broken anyway.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
