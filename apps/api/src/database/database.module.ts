import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { LOGGER } from '../logging/logger.js';
import { connectionDeadlines, dataSourceOptions } from './data-source.js';

/** The service's pool of connections; a start without a database gives up after a few seconds. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) => ({
        ...dataSourceOptions({
          url: environment.DATABASE_URL.reveal(),
          poolSize: environment.DATABASE_POOL_SIZE,
          applicationName: 'zhimaper-api',
          deadlines: connectionDeadlines(environment.DATABASE_TIMEOUT_MS),
          onPoolError: (error) => {
            logger.warn({ err: error }, 'an idle database connection broke');
          },
        }),
        retryAttempts: 5,
        retryDelay: 1_000,
      }),
    }),
  ],
})
export class DatabaseModule {}
