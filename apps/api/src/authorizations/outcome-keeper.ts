import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { FAULT_POINTS, type FaultPoints } from '../faults/fault-points.js';
import { LOGGER } from '../logging/logger.js';
import { Spool } from '../spool/spool.js';
import { AttemptsRepository, type Finish } from './attempts.repository.js';
import { encodeFinishedAttempt, type FinishedAttempt } from './finished-attempt.js';
import { SpoolReplay } from './spool-replay.js';

/** Keeps what an attempt ended in, whatever happens to the database: there, or else in the spool. */
@Injectable()
export class OutcomeKeeper {
  constructor(
    @Inject(AttemptsRepository) private readonly attempts: AttemptsRepository,
    @Inject(Spool) private readonly spool: Spool,
    @Inject(SpoolReplay) private readonly replay: SpoolReplay,
    @Inject(FAULT_POINTS) private readonly faults: FaultPoints,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** `spooled`: the database did not take it, or the answer to the commit was lost. */
  async keep(attempt: FinishedAttempt): Promise<Finish | 'spooled'> {
    try {
      await this.faults.reach('before-commit');
      const finish = await this.attempts.finish(attempt);
      await this.faults.reach('after-commit');
      return finish;
    } catch (error) {
      const { attemptId, authorizationId } = attempt;
      this.logger.error({ err: error, attemptId, authorizationId }, 'an outcome goes to the spool');
      await this.spool.put(attemptId, encodeFinishedAttempt(attempt));
      this.replay.wake();
      return 'spooled';
    }
  }
}
