import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startLog } from '../folders/logs.js';
import { runToEnd } from '../process/run-to-end.js';
import { StackError } from '../stack-error.js';
import { describeExit } from './api-process.js';
import { WORKSPACE_ROOT } from './workspace.js';

const MIGRATION_TIMEOUT_MS = 60_000;

/**
 * Brings the database's schema to the api's version.
 *
 * @throws StackError `DATABASE_FAILED` with the log
 */
export async function migrate(
  dataDir: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<void> {
  const result = await runToEnd(
    process.execPath,
    [join(WORKSPACE_ROOT, 'apps', 'api', 'bin', 'migrate.js')],
    { env, signal, timeoutMs: MIGRATION_TIMEOUT_MS },
  );
  const logFile = await startLog(dataDir, 'migrate');
  await writeFile(logFile, result.output, { mode: 0o600 });
  if (result.code === 0) return;
  const how = result.timedOut ? 'did not end in time' : `ended ${describeExit(result)}`;
  throw new StackError('DATABASE_FAILED', `The migration of the database ${how}.`, {
    nextStep: 'See its log; after a change of the code, run "npm run build".',
    logFile,
  });
}
