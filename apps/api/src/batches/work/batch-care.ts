import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CLOCK, type Clock } from '../../clock/clock.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/environment-schema.js';
import { Jobs } from '../../jobs/jobs.js';
import { BATCH_LINES } from '../../jobs/queues.js';
import { LOGGER } from '../../logging/logger.js';
import type { PeriodicJob } from '../../schedule/periodic-job.js';
import { Schedule } from '../../schedule/schedule.js';
import { BatchEndsRepository, type EndedLine } from '../batch-ends.repository.js';
import { CareRepository, type CancelledLine } from './care.repository.js';
import { outcomeOf } from './line-outcome.js';

const HOUR_MS = 3_600_000;

/**
 * Looks after batches: lanes whose worker died, or that had to wait, get another turn; a batch ends with its last line;
 * what was cancelled is destroyed.
 */
@Injectable()
export class BatchCare implements PeriodicJob, OnApplicationBootstrap {
  readonly name = 'batch-care';
  readonly intervalMs = 1_000;
  readonly #uploadMs: number;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(CareRepository) private readonly care: CareRepository,
    @Inject(BatchEndsRepository) private readonly ends: BatchEndsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#uploadMs = environment.BATCH_UPLOAD_HOURS * HOUR_MS;
  }

  onApplicationBootstrap(): void {
    this.schedule.addShared(this);
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.jobs.send(BATCH_LINES, await this.care.findIdleLanes());
    const at = this.clock();
    const completed = await this.care.complete(at);
    if (completed.length > 0) this.logger.info({ batchIds: completed }, 'batches are completed');
    const abandoned = await this.care.giveUpUploads(at, new Date(at.getTime() - this.#uploadMs));
    if (abandoned.length > 0) {
      this.logger.warn({ batchIds: abandoned }, 'batches whose upload did not go on are cancelled');
    }
    await this.clearCancelled(signal);
  }

  private async clearCancelled(signal: AbortSignal): Promise<void> {
    let cleared: number;
    do {
      const lines = await this.care.findCancelledLines();
      cleared = await this.ends.endLines(lines.flatMap(endOfCancelled), this.clock());
    } while (cleared > 0 && !signal.aborted);
    await this.care.endCancelled(this.clock());
  }
}

/** A line that was applied for ends as its application did, which nobody can cancel; none while that is under way. */
function endOfCancelled({ id, authorization }: CancelledLine): EndedLine[] {
  const cancelled = { id, status: 'cancelled', code: null, authorizationId: null } as const;
  if (!authorization || authorization.status === 'failed') return [cancelled];
  const outcome = outcomeOf({ authorization, replayed: true });
  return outcome.kind === 'ended' ? [{ ...outcome, id }] : [];
}
