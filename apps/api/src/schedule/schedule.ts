import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { endsWithin } from '../clock/ends-within.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { newId } from '../ids/new-id.js';
import { LOGGER } from '../logging/logger.js';
import { JobLoop } from './job-loop.js';
import type { PeriodicJob, ScheduledJob } from './periodic-job.js';
import { sharedJob } from './shared-job.js';
import { TurnsRepository } from './turns.repository.js';

/** How long a run under way may hold up the stop; what it does is safe to be cut off. */
const STOP_MS = 2_000;

/** The process's periodic jobs, from the moment that they are added until the service stops. */
@Injectable()
export class Schedule implements OnModuleDestroy {
  readonly #loops: JobLoop[] = [];

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(TurnsRepository) private readonly turns: TurnsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Runs a job that is done once for all processes, at its interval; where this process is no worker, others do it. */
  addShared(job: PeriodicJob): void {
    if (this.environment.ROLE !== 'api') this.add(sharedJob(job, this.turns, newId));
  }

  /** Runs a job of this process at once, then at its interval at the latest. */
  add(job: PeriodicJob): ScheduledJob {
    const loop = new JobLoop(job, {
      random: Math.random,
      onError: (error) => {
        this.logger.error({ err: error, job: job.name }, 'a periodic job failed');
      },
    });
    this.#loops.push(loop);
    return loop;
  }

  async onModuleDestroy(): Promise<void> {
    await endsWithin(Promise.all(this.#loops.map((loop) => loop.stop())), STOP_MS);
  }
}
