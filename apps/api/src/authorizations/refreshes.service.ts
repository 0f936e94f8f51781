import { Inject, Injectable } from '@nestjs/common';
import { AlipayClient, type RefreshTokenResult } from '@zhimaper/alipay-core';
import { InjectAlipayClient } from '../alipay/inject-alipay-client.js';
import { actorOf, type Caller } from '../api-keys/caller.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { ProblemError } from '../errors/problem-error.js';
import { Lifecycle } from '../health/lifecycle.js';
import { newId } from '../ids/new-id.js';
import { Metrics } from '../metrics/metrics.js';
import { Pace } from '../pace/pace.js';
import { QuarantineCells } from '../quarantine/quarantine-cells.js';
import type { Authorization } from './authorization.entity.js';
import { AuthorizationsRepository } from './authorizations.repository.js';
import { OutcomeKeeper } from './outcome-keeper.js';
import { refreshProblem, unknownRefresh } from './refresh-answer.js';
import { RefreshesRepository, type RefreshCandidate } from './refreshes.repository.js';
import { refreshSettlementOf } from './settlement.js';
import { TokenCells } from './token-cells.js';

export interface RefreshedAuthorization {
  authorization: Authorization;
  /** Whether the pair had been replaced a moment ago, so that no call was made. */
  replayed: boolean;
}

/**
 * Replaces the token pair of an authorisation, in the three phases of an application: the intent, one gateway
 * call, the outcome. A refresh kills the old pair at once, so that it is as delicate as an application and never
 * happens unasked.
 */
@Injectable()
export class RefreshesService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(RefreshesRepository) private readonly refreshes: RefreshesRepository,
    @Inject(AuthorizationsRepository) private readonly authorizations: AuthorizationsRepository,
    @InjectAlipayClient() private readonly alipay: AlipayClient,
    @Inject(TokenCells) private readonly cells: TokenCells,
    @Inject(QuarantineCells) private readonly quarantine: QuarantineCells,
    @Inject(OutcomeKeeper) private readonly outcomes: OutcomeKeeper,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async refresh(
    caller: Caller,
    authorizationId: string,
    requestId: string,
  ): Promise<RefreshedAuthorization> {
    const attemptId = newId();
    const { clientId } = caller;
    const { ALIPAY_TIMEOUT_MS, ATTEMPT_MARGIN_MS } = this.environment;
    const overdueAfterMs = ALIPAY_TIMEOUT_MS + ATTEMPT_MARGIN_MS;
    const intent = { attemptId, authorizationId, clientId, requestId, overdueAfterMs };
    const token = await this.refreshes.begin({ ...intent, at: this.clock() }, (candidate) =>
      this.tokenToSend(candidate),
    );
    if (token !== null) {
      const result = await this.metrics.gatewayCall('refresh', () =>
        this.alipay.refreshToken(token, { signal: this.lifecycle.abortSignal }),
      );
      await this.pace.noteOutcome(result.outcome);
      await this.keep(caller, attemptId, authorizationId, result);
      if (result.outcome !== 'success') throw refreshProblem(authorizationId, result);
    }
    const authorization = await this.authorizations.find(clientId, authorizationId);
    if (!authorization) throw new ProblemError('not-found');
    return { authorization, replayed: token === null };
  }

  /** The refresh token, null where the pair was replaced a moment ago; what may not be refreshed is a problem. */
  private tokenToSend(candidate: RefreshCandidate | null): string | null {
    if (!candidate) throw new ProblemError('not-found');
    const { authorization, underWay, tokens } = candidate;
    const { status, reauthorizationReason, refreshedAt } = authorization;
    if (status === 'erased') throw new ProblemError('authorization-erased');
    if (status !== 'authorized' || !tokens) throw new ProblemError('not-refreshable');
    if (underWay) throw new ProblemError('refresh-in-flight');
    if (reauthorizationReason !== null) throw new ProblemError('reauthorization-required');
    const age = refreshedAt ? this.clock().getTime() - refreshedAt.getTime() : Infinity;
    if (age < this.environment.REFRESH_REPLAY_MS) return null;
    return this.cells.open(authorization, tokens).refreshToken;
  }

  private async keep(
    caller: Caller,
    attemptId: string,
    authorizationId: string,
    result: RefreshTokenResult,
  ): Promise<void> {
    const success = result.outcome === 'success';
    const bytes = success ? null : result.rawBody;
    const at = this.clock();
    const kept = await this.outcomes.keep({
      kind: 'refresh',
      attemptId,
      authorizationId,
      clientId: caller.clientId,
      actor: actorOf(caller),
      settlement: refreshSettlementOf(result),
      httpStatus: success ? null : result.httpStatus,
      cells: success ? this.cells.encrypt({ authorizationId, obtainedAt: at }, result) : null,
      answerCell: bytes && this.quarantine.encrypt(attemptId, bytes),
      at,
    });
    // The pair is safe in the spool, but until it is stored nobody can be told.
    if (kept === 'spooled') throw unknownRefresh(authorizationId);
  }
}
