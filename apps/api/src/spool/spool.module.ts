import { Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { KEY_PROVIDER, type KeyProvider } from '../crypto/key-provider.js';
import { FAULT_POINTS, type FaultPoints } from '../faults/fault-points.js';
import { LOGGER } from '../logging/logger.js';
import { SpoolFolder } from './spool-folder.js';
import { SpoolUnusableError } from './spool-unusable-error.js';
import { Spool } from './spool.js';

/** The spool, opened before the service takes its first request. */
@Global()
@Module({
  providers: [
    {
      provide: Spool,
      inject: [ENVIRONMENT, KEY_PROVIDER, FAULT_POINTS, LOGGER],
      useFactory: async (
        environment: Environment,
        keys: KeyProvider,
        faults: FaultPoints,
        logger: Logger,
      ) => new Spool(await openFolder(environment.SPOOL_DIR), keys, faults, logger),
    },
  ],
  exports: [Spool],
})
export class SpoolModule {}

async function openFolder(path: string): Promise<SpoolFolder> {
  try {
    return await SpoolFolder.open(path);
  } catch (cause) {
    throw new SpoolUnusableError(cause);
  }
}
