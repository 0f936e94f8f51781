import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { environmentSchema } from './config/environment-schema.js';
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

// V8 by itself lets the heap grow to four times what lives in it before it clears up. A batch, which lives for some
// milliseconds line by line, would fill all of that.
setFlagsFromString('--heap-growing-percent=50');

const reading = readEnvironment(process.env, environmentSchema, (path) =>
  readFileSync(path, 'utf8'),
);

const faultReading = readFaultPoints(process.env, () => process.kill(process.pid, 'SIGKILL'));

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
