import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { environmentSchema } from './config/environment-schema.js';
import { EXIT_STATUS } from './config/exit-status.js';
import { describeFaults, readEnvironment } from './config/read-environment.js';
import { createApp } from './create-app.js';
import { createLogger } from './logging/logger.js';
import { stopOnSignal } from './shutdown.js';

const reading = readEnvironment(process.env, environmentSchema, (path) =>
  readFileSync(path, 'utf8'),
);

if (reading.ok) {
  const { environment } = reading;
  const logger = createLogger(environment.LOG_LEVEL);
  try {
    const app = await createApp(environment, logger);
    stopOnSignal(app, logger);
    await app.listen(environment.PORT, environment.HOST);
    logger.info({ url: await app.getUrl() }, 'listening');
  } catch (error) {
    logger.fatal({ err: error }, 'the api could not start');
    process.exit(EXIT_STATUS.software);
  }
} else {
  process.stderr.write(describeFaults(reading.faults));
  process.exitCode = EXIT_STATUS.config;
}
