import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { LOGGER } from '../logging/logger.js';
import type { PeriodicJob } from '../schedule/periodic-job.js';
import { Schedule } from '../schedule/schedule.js';
import { AttemptsRepository } from './attempts.repository.js';
import { RefreshesRepository } from './refreshes.repository.js';

/**
 * Makes the applications of dead processes `unknown`, so that someone can resolve them; authorisations whose
 * refresh a process did not survive have to be asked for again.
 */
@Injectable()
export class OverdueSweep implements PeriodicJob, OnApplicationBootstrap {
  readonly name = 'overdue-sweep';
  readonly intervalMs: number;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(AttemptsRepository) private readonly attempts: AttemptsRepository,
    @Inject(RefreshesRepository) private readonly refreshes: RefreshesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.intervalMs = environment.SWEEP_INTERVAL_MS;
  }

  onApplicationBootstrap(): void {
    this.schedule.addShared(this);
  }

  async run(): Promise<void> {
    const authorizationIds = await this.attempts.giveUpOverdue(this.clock());
    if (authorizationIds.length > 0) {
      this.logger.warn({ authorizationIds }, 'applications without an outcome are unknown now');
    }
    const lapsed = await this.refreshes.giveUpOverdue(this.clock());
    if (lapsed.length > 0) {
      this.logger.warn({ authorizationIds: lapsed }, 'refreshes without an outcome were given up');
    }
  }
}
