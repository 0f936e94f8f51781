import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import type { PeriodicJob } from '../schedule/periodic-job.js';
import { Schedule } from '../schedule/schedule.js';
import { retentionRules } from './retention-rules.js';
import { RetentionRepository } from './retention.repository.js';

const MOST_AT_ONCE = 500;

/** Removes what was kept long enough. Instances may do so at the same time: each takes what the other has not. */
@Injectable()
export class RetentionJob implements PeriodicJob, OnApplicationBootstrap {
  readonly name = 'retention';
  readonly intervalMs: number;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(RetentionRepository) private readonly retention: RetentionRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.intervalMs = environment.RETENTION_INTERVAL_MS;
  }

  onApplicationBootstrap(): void {
    this.schedule.addShared(this);
  }

  async run(signal: AbortSignal): Promise<void> {
    const now = this.clock();
    for (const rule of retentionRules(this.environment)) {
      const most = rule.atOnce ?? MOST_AT_ONCE;
      let count = most;
      while (count === most && !signal.aborted) {
        count = await this.retention.apply(rule, now, most);
      }
    }
  }
}
