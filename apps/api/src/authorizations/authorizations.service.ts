import { Inject, Injectable } from '@nestjs/common';
import { AlipayClient, type ZhimaAuthorizationResult } from '@zhimaper/alipay-core';
import { gatewayIdentity } from '../alipay/gateway-identity.js';
import { InjectAlipayClient } from '../alipay/inject-alipay-client.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { Hasher } from '../crypto/hasher.js';
import { ProblemError } from '../errors/problem-error.js';
import { FAULT_POINTS, type FaultPoints } from '../faults/fault-points.js';
import { Lifecycle } from '../health/lifecycle.js';
import { newId } from '../ids/new-id.js';
import { Metrics } from '../metrics/metrics.js';
import { Pace } from '../pace/pace.js';
import { QuarantineCells } from '../quarantine/quarantine-cells.js';
import { Limits } from '../limits/limits.js';
import type { Application } from './authorization-schemas.js';
import type { Authorization } from './authorization.entity.js';
import { AuthorizationsRepository } from './authorizations.repository.js';
import { ClaimsRepository } from './claims.repository.js';
import type { FinishedAttempt } from './finished-attempt.js';
import { writeIntent, type Intent } from './intent.js';
import { OutcomeKeeper } from './outcome-keeper.js';
import { personOf } from './person-of.js';
import { checkSendable } from './sendable.js';
import { settlementOf } from './settlement.js';
import { TokenCells } from './token-cells.js';

export interface ApplicationRequest {
  clientId: string;
  apiKeyId: string;
  requestId: string;
  idempotencyKey: string;
  application: Application;
}

export interface AppliedAuthorization {
  authorization: Authorization;
  /** Whether this request only found what an earlier one had done. */
  replayed: boolean;
}

/**
 * Applies for authorisations in three phases with a commit between them: the intent, one gateway call, the
 * outcome. Whatever dies when, the intent tells that a call may have been made.
 */
@Injectable()
export class AuthorizationsService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(AuthorizationsRepository) private readonly authorizations: AuthorizationsRepository,
    @InjectAlipayClient() private readonly alipay: AlipayClient,
    @Inject(Hasher) private readonly hasher: Hasher,
    @Inject(TokenCells) private readonly cells: TokenCells,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(OutcomeKeeper) private readonly outcomes: OutcomeKeeper,
    @Inject(QuarantineCells) private readonly quarantine: QuarantineCells,
    @Inject(Limits) private readonly limits: Limits,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Pace) private readonly pace: Pace,
    @Inject(FAULT_POINTS) private readonly faults: FaultPoints,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async apply(request: ApplicationRequest): Promise<AppliedAuthorization> {
    const intent = this.intend(request);
    const conclude = this.limits.admitApplication(intent.authorization);
    let applied: AppliedAuthorization | undefined;
    try {
      applied = await this.carryOut(intent, request);
      return applied;
    } finally {
      const fresh = applied && !applied.replayed ? applied.authorization : null;
      conclude(fresh?.outcomeClass ?? null);
    }
  }

  private async carryOut(
    intent: Intent,
    { application }: ApplicationRequest,
  ): Promise<AppliedAuthorization> {
    await this.faults.reach('before-intent');
    const claim = await this.claims.claim(intent);
    switch (claim.kind) {
      case 'claimed':
        break;
      case 'replay':
        return { authorization: claim.authorization, replayed: true };
      case 'key-reused':
        throw new ProblemError('idempotency-key-reused');
      case 'unresolved':
        throw new ProblemError('unresolved-application', {
          members: claim.authorizationId === null ? {} : { authorizationId: claim.authorizationId },
        });
      case 'already-authorized':
        throw new ProblemError('already-authorized', {
          members: { authorizationId: claim.authorizationId },
        });
    }
    await this.faults.reach('after-intent');
    const person = personOf(application);
    const result = await this.metrics.gatewayCall('apply', () =>
      this.alipay.applyZhimaAuthorization(person, { signal: this.lifecycle.abortSignal }),
    );
    await this.pace.noteOutcome(result.outcome);
    await this.faults.reach('after-call');
    return {
      authorization: await this.finish(intent, claim.authorization, result),
      replayed: false,
    };
  }

  private intend({ application, ...request }: ApplicationRequest): Intent {
    const at = this.clock();
    const overdueAfterMs = this.environment.ALIPAY_TIMEOUT_MS + this.environment.ATTEMPT_MARGIN_MS;
    const identity = gatewayIdentity(this.environment);
    const { appId } = identity;
    const { input, warnings } = checkSendable(personOf(application), identity, at);
    return writeIntent(
      { ...request, appId, application, person: input, warnings, overdueAfterMs, at },
      this.hasher,
      newId,
    );
  }

  private async finish(
    { attemptId, apiKeyId }: Intent,
    authorization: Authorization,
    result: ZhimaAuthorizationResult,
  ): Promise<Authorization> {
    const settlement = settlementOf(result);
    const at = this.clock();
    const { id, clientId } = authorization;
    const success = result.outcome === 'success';
    const bytes = success ? null : result.rawBody;
    const attempt: FinishedAttempt = {
      kind: 'apply',
      attemptId,
      authorizationId: id,
      clientId,
      actor: { kind: 'api-key', apiKeyId },
      settlement,
      httpStatus: success ? null : result.httpStatus,
      cells: success ? this.cells.encrypt({ authorizationId: id, obtainedAt: at }, result) : null,
      answerCell: bytes && this.quarantine.encrypt(attemptId, bytes),
      at,
    };
    const kept = await this.outcomes.keep(attempt);
    if (kept === 'stored') return { ...authorization, ...settlement, updatedAt: at };
    const present = kept === 'spooled' ? null : await this.authorizations.find(clientId, id);
    if (present) return present;
    // It is not lost, but until it is stored nobody can be told.
    throw new ProblemError('unknown-outcome', { members: { authorizationId: id } });
  }
}
