import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { isDatabaseUnavailable } from '../database/database-errors.js';
import { FAULT_POINTS, type FaultPoints } from '../faults/fault-points.js';
import { LOGGER } from '../logging/logger.js';
import type { PeriodicJob, ScheduledJob } from '../schedule/periodic-job.js';
import { Schedule } from '../schedule/schedule.js';
import { Spool, type SpoolEntry } from '../spool/spool.js';
import { AttemptsRepository } from './attempts.repository.js';
import { decodeFinishedAttempt, type FinishedAttempt } from './finished-attempt.js';

const FIRST_PAUSE_MS = 250;

/**
 * Stores what the spool holds: at the start, soon after something was spooled, and again and again, ever less often
 * while the database does not answer. Instances that share a folder may do so at the same time, since an attempt is
 * finished once, whoever tells it.
 */
@Injectable()
export class SpoolReplay implements PeriodicJob, OnApplicationBootstrap {
  readonly name = 'spool-replay';
  readonly intervalMs: number;
  #scheduled: ScheduledJob | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #triedAside = false;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(Spool) private readonly spool: Spool,
    @Inject(AttemptsRepository) private readonly attempts: AttemptsRepository,
    @Inject(FAULT_POINTS) private readonly faults: FaultPoints,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.intervalMs = environment.SWEEP_INTERVAL_MS;
  }

  onApplicationBootstrap(): void {
    this.#scheduled = this.schedule.add(this);
  }

  /** Something was spooled: it is tried again soon. */
  wake(): void {
    this.#scheduled?.soon(FIRST_PAUSE_MS);
  }

  async run(signal: AbortSignal): Promise<void> {
    const entries = await this.spool.entries();
    // What was set aside may be readable now: a key was put back.
    const wanted = entries.filter(({ state }) => state !== 'aside' || !this.#triedAside);
    this.#triedAside = true;
    for (const entry of wanted) {
      if (signal.aborted) return;
      try {
        await this.replay(entry);
      } catch (error) {
        this.logger.error({ err: error, attemptId: entry.id }, 'a spooled outcome was not stored');
        if (isDatabaseUnavailable(error)) {
          this.#scheduled?.soon(this.#pauseMs);
          this.#pauseMs *= 2;
          return;
        }
      }
    }
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** Stores what the spool of this instance holds of one attempt, if it holds anything. */
  async bringIn(attemptId: string): Promise<void> {
    const entries = await this.spool.entries();
    for (const entry of entries.filter(({ id }) => id === attemptId)) await this.replay(entry);
  }

  private async replay(entry: SpoolEntry): Promise<void> {
    const attempt = await this.read(entry);
    if (!attempt) return;
    const { attemptId, authorizationId } = attempt;
    await this.faults.reach('replay-found');
    const finish = await this.attempts.finish(attempt);
    if (finish === 'foreign') {
      const reason = new Error('The attempt is not one of this database.');
      await this.spool.setAside(entry, reason, this.clock());
      return;
    }
    await this.faults.reach('replay-stored');
    await this.spool.remove(entry);
    await this.faults.reach('replay-removed');
    this.logger.warn({ attemptId, authorizationId, finish }, 'a spooled outcome was stored');
  }

  private async read(entry: SpoolEntry): Promise<FinishedAttempt | null> {
    const content = await this.open(entry);
    if (content === null) return null;
    try {
      return decodeFinishedAttempt(content);
    } catch {
      // The fault itself would tell what is inside.
      const reason = new Error('The outcome has a form that this release does not know.');
      await this.spool.setAside(entry, reason, this.clock());
      return null;
    }
  }

  private async open(entry: SpoolEntry): Promise<string | null> {
    try {
      return await this.spool.open(entry);
    } catch (error) {
      await this.spool.setAside(entry, error, this.clock());
      return null;
    }
  }
}
