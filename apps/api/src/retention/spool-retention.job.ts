import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import type { PeriodicJob } from '../schedule/periodic-job.js';
import { Schedule } from '../schedule/schedule.js';
import { Spool } from '../spool/spool.js';
import { DAY_MS } from './retention-rules.js';
import { RetentionRepository } from './retention.repository.js';

/** Removes from this process's own spool folder what was set aside long enough ago and nobody waits for. */
@Injectable()
export class SpoolRetentionJob implements PeriodicJob, OnApplicationBootstrap {
  readonly name = 'spool-retention';
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

  async run(): Promise<void> {
    const now = this.clock();
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
