import { Global, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { LOGGER } from '../logging/logger.js';
import { Schedule } from '../schedule/schedule.js';
import { createJobsPool, JOBS_POOL } from './jobs-pool.js';
import { Jobs } from './jobs.js';

/** Jobs in Postgres, for every feature that does more than one request can wait for. */
@Global()
@Module({
  providers: [
    { provide: JOBS_POOL, inject: [ENVIRONMENT, LOGGER], useFactory: createJobsPool },
    Jobs,
  ],
  exports: [Jobs],
})
export class JobsModule implements OnApplicationBootstrap {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule.addShared({
      name: 'job-maintenance',
      intervalMs: this.environment.JOB_MAINTENANCE_MS,
      run: () => this.jobs.maintain(),
    });
  }
}
