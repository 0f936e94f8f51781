import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { environmentSchema, type Environment } from './config/environment-schema.js';
import { EXIT_STATUS } from './config/exit-status.js';
import {
  describeFaults,
  readEnvironment,
  type EnvironmentFault,
} from './config/read-environment.js';
import { createApp } from './create-app.js';
import { readFaultPoints } from './faults/process-faults.js';
import { createLogger } from './logging/logger.js';
import { stopOnSignal } from './shutdown.js';
import { SpoolUnusableError } from './spool/spool-unusable-error.js';

const reading = readEnvironment(process.env, environmentSchema, (path) =>
  readFileSync(path, 'utf8'),
);

const faultReading = readFaultPoints(process.env, () => process.kill(process.pid, 'SIGKILL'));

/**
 * By how much of what lives in it the heap may grow before it is cleared up, in percent. V8 by itself allows up to 300,
 * which a batch, whose lines live for some milliseconds, fills. The less, the less memory, and the more often whoever
 * waits for an answer waits for that, too; nobody waits for a worker.
 */
function heapGrowthOf(role: Environment['ROLE']): number {
  return role === 'worker' ? 50 : 100;
}

function refuse(faults: readonly EnvironmentFault[]): never {
  process.stderr.write(describeFaults(faults));
  process.exit(EXIT_STATUS.config);
}

if (!faultReading.ok) {
  refuse([{ variable: 'FAULT_POINTS', message: faultReading.message }]);
} else if (!reading.ok) {
  refuse(reading.faults);
} else {
  const { environment } = reading;
  setFlagsFromString(`--heap-growing-percent=${heapGrowthOf(environment.ROLE)}`);
  const logger = createLogger(environment.LOG_LEVEL);
  try {
    const app = await createApp(environment, logger, faultReading.faults);
    stopOnSignal(app, logger, environment.SHUTDOWN_GRACE_MS);
    await app.listen(environment.PORT, environment.HOST);
    logger.info({ url: await app.getUrl() }, 'listening');
  } catch (error) {
    if (error instanceof SpoolUnusableError) {
      refuse([{ variable: 'SPOOL_DIR', message: error.message }]);
    }
    logger.fatal({ err: error }, 'the api could not start');
    process.exit(EXIT_STATUS.software);
  }
}
