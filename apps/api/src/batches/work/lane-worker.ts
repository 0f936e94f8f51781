import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import type { Logger } from 'pino';
import { CLOCK, type Clock } from '../../clock/clock.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/environment-schema.js';
import { isDatabaseUnavailable } from '../../database/database-errors.js';
import { Jobs } from '../../jobs/jobs.js';
import { BATCH_LINES } from '../../jobs/queues.js';
import { requestContext, requestIds } from '../../logging/request-context.js';
import { LOGGER } from '../../logging/logger.js';
import { BatchEndsRepository } from '../batch-ends.repository.js';
import { takeTurn, type TriedLine } from './lane-turn.js';
import { LanesRepository, type WaitingLine } from './lanes.repository.js';
import { LineAttempts } from './line-attempts.js';

/** How many lanes a process is at: while one reads or writes, the others have lines under way. */
const LANES_AT_ONCE = 4;
/** How many lines are read, and written down, together. */
const GROUP = 100;
/** How long a turn takes; then other batches have theirs. */
const TURN_MS = 5_000;

/** Does the lines of batches, lane after lane, in a process that is a worker. */
@Injectable()
export class LaneWorker implements OnApplicationBootstrap {
  readonly #concurrency: number;
  /** What all lanes of the process share: so many lines are under way at once. */
  readonly #places: BulkheadPolicy;

  constructor(
    @Inject(ENVIRONMENT) { BATCH_CONCURRENCY }: Environment,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(LanesRepository) private readonly lanes: LanesRepository,
    @Inject(LineAttempts) private readonly attempts: LineAttempts,
    @Inject(BatchEndsRepository) private readonly ends: BatchEndsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#concurrency = BATCH_CONCURRENCY;
    this.#places = bulkhead(BATCH_CONCURRENCY, LANES_AT_ONCE * GROUP);
  }

  onApplicationBootstrap(): void {
    if (this.#concurrency === 0) return;
    this.jobs.work(BATCH_LINES, { concurrency: LANES_AT_ONCE }, async (lane, signal) => {
      try {
        const more = await this.work(lane, signal);
        if (more) await this.jobs.send(BATCH_LINES, [lane]);
      } catch (error) {
        if (!isDatabaseUnavailable(error)) throw error;
        // Its lines wait, and it gets a turn again once the database answers.
        this.logger.warn({ err: error, ...lane }, 'a turn at a batch ended without the database');
      }
    });
  }

  /** Whether lines are left that another turn can go on with at once. */
  private async work(
    { batchId, lane }: { batchId: string; lane: number },
    signal: AbortSignal,
  ): Promise<boolean> {
    const owner = await this.lanes.findOwner(batchId);
    if (!owner) return false;
    const turn = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]);
    return requestContext.run(requestIds(owner.requestId, undefined), () =>
      takeTurn<WaitingLine>(
        {
          read: (behind) => this.lanes.read(batchId, lane, behind, GROUP),
          attempt: (line, stop) => this.attempts.attempt(batchId, owner, line, stop),
          settle: (tried) => this.settle(batchId, tried),
          inPlace: (work) => this.#places.execute(work),
        },
        turn,
      ),
    );
  }

  private async settle(batchId: string, tried: TriedLine<WaitingLine>[]): Promise<void> {
    const at = this.clock();
    const ends = tried.flatMap(({ line: { id }, outcome }) =>
      outcome.kind === 'ended' ? [{ ...outcome, id }] : [],
    );
    await this.ends.endLines(ends, at);
    await this.ends.countTries(
      tried.flatMap(({ line, outcome }) => (outcome.kind === 'failed-try' ? [line.id] : [])),
    );
    const outcomes = tried.map(({ outcome }) => outcome);
    const refused = outcomes.find(({ kind }) => kind === 'refused-by-gateway');
    if (refused && (await this.ends.pauseRefused(batchId, at))) {
      this.logger.error({ batchId }, 'Alipay refuses the service: a batch is paused');
    }
    const held = outcomes.find((outcome) => outcome.kind === 'held');
    if (!held) return;
    const seconds = await this.ends.hold(batchId, held.forMs);
    if (seconds !== null) {
      this.logger.warn({ batchId, code: held.code, seconds }, 'a batch is held up');
    }
  }
}
