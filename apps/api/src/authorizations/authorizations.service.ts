import { Inject, Injectable } from '@nestjs/common';
import { AlipayClient, type ZhimaAuthorizationResult } from '@zhimaper/alipay-core';
import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import { InjectAlipayClient } from '../alipay/inject-alipay-client.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { Hasher } from '../crypto/hasher.js';
import { ProblemError } from '../errors/problem-error.js';
import { Lifecycle } from '../health/lifecycle.js';
import { LOGGER } from '../logging/logger.js';
import type { Application } from './authorization-schemas.js';
import type { Authorization } from './authorization.entity.js';
import { AuthorizationsRepository } from './authorizations.repository.js';
import { ClaimsRepository } from './claims.repository.js';
import { writeIntent, type Intent } from './intent.js';
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
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async apply(request: ApplicationRequest): Promise<AppliedAuthorization> {
    const intent = this.intend(request);
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
    const result = await this.alipay.applyZhimaAuthorization(personOf(request.application), {
      signal: this.lifecycle.abortSignal,
    });
    return {
      authorization: await this.finish(intent, claim.authorization, result),
      replayed: false,
    };
  }

  private intend({ application, ...request }: ApplicationRequest): Intent {
    const at = this.clock();
    const { ALIPAY_APP_ID: appId, ALIPAY_SIGN_TYPE, ALIPAY_CHARSET } = this.environment;
    const overdueAfterMs = this.environment.ALIPAY_TIMEOUT_MS + this.environment.ATTEMPT_MARGIN_MS;
    const identity = { appId, signType: ALIPAY_SIGN_TYPE, charset: ALIPAY_CHARSET };
    const { input, warnings } = checkSendable(personOf(application), identity, at);
    return writeIntent(
      { ...request, appId, application, person: input, warnings, overdueAfterMs, at },
      this.hasher,
      uuid,
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
    try {
      await this.authorizations.finish({
        attemptId,
        authorizationId: id,
        clientId,
        actor: { kind: 'api-key', apiKeyId },
        settlement,
        httpStatus: result.outcome === 'success' ? null : result.httpStatus,
        cells: result.outcome === 'success' ? this.cells.encrypt(id, result) : null,
        at,
      });
    } catch (cause) {
      const { outcome } = result;
      this.logger.error({ err: cause, authorizationId: id, outcome }, 'an outcome was not stored');
      throw new ProblemError('unknown-outcome', { members: { authorizationId: id } });
    }
    return { ...authorization, ...settlement, updatedAt: at };
  }
}

function personOf({ certType, certNo, name, mobile, linkedMerchantId }: Application) {
  const person = { certType, certNo, name, mobile };
  return linkedMerchantId === undefined ? person : { ...person, linkedMerchantId };
}
