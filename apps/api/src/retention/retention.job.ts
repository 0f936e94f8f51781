import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import type { PeriodicJob } from '../schedule/periodic-job.js';
import { Schedule } from '../schedule/schedule.js';
import { Spool } from '../spool/spool.js';
import { DAY_MS, retentionRules } from './retention-rules.js';
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
    @Inject(Spool) private readonly spool: Spool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.intervalMs = environment.RETENTION_INTERVAL_MS;
  }

  onApplicationBootstrap(): void {
    this.schedule.add(this);
  }

  async run(signal: AbortSignal): Promise<void> {
    const now = this.clock();
    for (const rule of retentionRules(this.environment)) {
      let count = MOST_AT_ONCE;
      while (count === MOST_AT_ONCE && !signal.aborted) {
        count = await this.retention.apply(rule, now, MOST_AT_ONCE);
      }
    }
    if (!signal.aborted) await this.emptySpool(now);
  }

  private async emptySpool(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.environment.RETENTION_SPOOL_DAYS * DAY_MS);
    const entries = await this.spool.setAsideBefore(before);
    const open = await this.retention.openAttempts(entries.map(({ id }) => id));
    let count = 0;
    for (const entry of entries.filter(({ id }) => !open.includes(id))) {
      if (await this.spool.remove(entry)) count += 1;
    }
    if (count > 0) await this.retention.noteFiles(count, now);
  }
}
