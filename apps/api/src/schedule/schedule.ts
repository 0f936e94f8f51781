import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { JobLoop } from './job-loop.js';
import type { PeriodicJob, ScheduledJob } from './periodic-job.js';

/** How long a run under way may hold up the stop; what it does is safe to be cut off. */
const STOP_MS = 2_000;

/** The process's periodic jobs, from the moment that they are added until the service stops. */
@Injectable()
export class Schedule implements OnModuleDestroy {
  readonly #loops: JobLoop[] = [];

  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  /** Runs a job at once, then at its interval at the latest. */
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
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_MS);
    });
    await Promise.race([Promise.all(this.#loops.map((loop) => loop.stop())), late]);
    clearTimeout(timer);
  }
}
