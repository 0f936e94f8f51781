import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuthorizationsRepository } from '../../authorizations/authorizations.repository.js';
import type { AuthorizationStatus } from '../../authorizations/authorization-status.js';
import { AuthorizationsService } from '../../authorizations/authorizations.service.js';
import { ProblemError } from '../../errors/problem-error.js';
import { LOGGER } from '../../logging/logger.js';
import { Pace } from '../../pace/pace.js';
import { LineCells } from '../line-cells.js';
import type { BatchOwner, WaitingLine } from './lanes.repository.js';
import { lineKey } from './line-key.js';
import { outcomeOf, outcomeOfError, type LineOutcome } from './line-outcome.js';

/** Applies for lines, as `POST /v1/authorizations` would. */
@Injectable()
export class LineAttempts {
  constructor(
    @Inject(LineCells) private readonly cells: LineCells,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(AuthorizationsService) private readonly authorizations: AuthorizationsService,
    @Inject(AuthorizationsRepository) private readonly repository: AuthorizationsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Applies for a line once it may call the gateway; null where it has to stop before. Never rejects. */
  async attempt(
    batchId: string,
    owner: BatchOwner,
    line: WaitingLine,
    signal: AbortSignal,
  ): Promise<LineOutcome | null> {
    try {
      const application = this.cells.decrypt(line.id, line.cell);
      const idempotencyKey = lineKey(line.id);
      const request = { ...owner, idempotencyKey, application };
      return outcomeOf(await this.pace.inTurn(signal, () => this.authorizations.apply(request)));
    } catch (error) {
      if (signal.aborted && error === signal.reason) return null;
      return this.outcomeOfThrown(error, batchId, owner, line);
    }
  }

  private async outcomeOfThrown(
    error: unknown,
    batchId: string,
    owner: BatchOwner,
    line: WaitingLine,
  ): Promise<LineOutcome> {
    const { number, tries } = line;
    try {
      const blocker = await this.blockerOf(error, owner);
      const outcome = outcomeOfError(error, { tries, blocker });
      if (outcome.kind === 'failed-try') {
        this.logger.error({ err: error, batchId, line: number }, 'a line of a batch failed');
      }
      return outcome;
    } catch (unreadable) {
      return outcomeOfError(unreadable, { tries, blocker: null });
    }
  }

  /** Where the application stands that was in the way. */
  private async blockerOf(
    error: unknown,
    { clientId }: BatchOwner,
  ): Promise<AuthorizationStatus | null> {
    if (!(error instanceof ProblemError) || error.code !== 'unresolved-application') return null;
    const { authorizationId } = error.members;
    if (authorizationId === undefined) return null;
    return (await this.repository.find(clientId, authorizationId))?.status ?? null;
  }
}
