import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditActor } from '../audit/audit-event.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { CommitUncertainError } from '../database/database-errors.js';
import { inTransaction } from '../database/in-transaction.js';
import { AuthorizationTokens } from './authorization-tokens.entity.js';
import { Authorization } from './authorization.entity.js';
import type { FinishedAttempt } from './finished-attempt.js';
import {
  BEGIN_REFRESH,
  FIND_REFRESH_UNDER_WAY,
  FINISH_REFRESH,
  GIVE_UP_REFRESHES,
} from './refresh-sql.js';
import { Withdrawals } from './withdrawals.js';

/** What is committed before a refresh is sent. */
export interface RefreshIntent {
  attemptId: string;
  authorizationId: string;
  clientId: string;
  requestId: string;
  /** How long the attempt may take, in milliseconds; then its process is taken for dead. */
  overdueAfterMs: number;
  at: Date;
}

/** An authorisation that nobody else can change while it is decided whether to refresh it. */
export interface RefreshCandidate {
  authorization: Authorization;
  underWay: boolean;
  tokens: AuthorizationTokens | null;
}

const MOST_AT_ONCE = 200;

/** Writes that pairs are to be replaced, and what became of it. */
@Injectable()
export class RefreshesRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
  ) {}

  /**
   * Commits the intent of a refresh where `decide` wants one. The row's lock lets one request decide at a time, on
   * whatever instance; one that waits for it too long fails.
   *
   * @param decide gets null where the client has no such authorisation; null in turn begins nothing
   */
  async begin<Decision>(
    intent: RefreshIntent,
    decide: (candidate: RefreshCandidate | null) => Decision | null,
  ): Promise<Decision | null> {
    try {
      return await inTransaction(
        this.dataSource,
        async (manager) => {
          const decision = decide(await this.candidate(manager, intent));
          if (decision === null) return null;
          const { attemptId, authorizationId, requestId, overdueAfterMs, at } = intent;
          const deadline = [at, overdueAfterMs / 1000];
          await manager.query(BEGIN_REFRESH, [attemptId, authorizationId, requestId, ...deadline]);
          return decision;
        },
        (decision) => decision !== null,
      );
    } catch (error) {
      if (error instanceof CommitUncertainError) this.withdrawals.add(intent.attemptId);
      throw error;
    }
  }

  /** Whether the attempt was waiting to be finished; it is finished now. */
  async finish(attempt: FinishedAttempt): Promise<boolean> {
    const { attemptId, authorizationId, settlement, httpStatus, cells, answerCell, at } = attempt;
    const [, count] = await this.dataSource.query<[unknown[], number]>(FINISH_REFRESH, [
      ...[attemptId, authorizationId, at],
      ...[settlement.outcomeClass, settlement.failureReason],
      ...[settlement.gatewayCode, settlement.gatewaySubCode, settlement.gatewayTraceId],
      ...[httpStatus, cells?.accessToken ?? null, cells?.refreshToken ?? null, answerCell],
      ...this.auditTrail.values({
        action: 'authorization.refreshed',
        at,
        actor: attempt.actor,
        clientId: attempt.clientId,
        authorizationId,
        outcome: { class: settlement.outcomeClass, subCode: settlement.gatewaySubCode },
        details: { attemptId },
      }),
    ]);
    return count === 1;
  }

  /** Gives up what is overdue, and answers the ids of the authorisations that it was about. */
  giveUpOverdue(at: Date): Promise<string[]> {
    const actor: AuditActor = { kind: 'service' };
    return inTransaction(this.dataSource, async (manager) => {
      const rows = await manager.query<
        { attemptId: string; authorizationId: string; clientId: string }[]
      >(GIVE_UP_REFRESHES, [at, MOST_AT_ONCE]);
      for (const { attemptId, authorizationId, clientId } of rows) {
        await this.auditTrail.record(manager, {
          action: 'authorization.refreshed',
          at,
          actor,
          clientId,
          authorizationId,
          outcome: { class: 'unknown-outcome', subCode: null },
          details: { attemptId },
        });
      }
      return rows.map(({ authorizationId }) => authorizationId);
    });
  }

  private async candidate(
    manager: EntityManager,
    { authorizationId: id, clientId }: RefreshIntent,
  ): Promise<RefreshCandidate | null> {
    const authorization = await manager.findOne(Authorization, {
      where: { id, clientId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!authorization) return null;
    const underWay = await manager.query<unknown[]>(FIND_REFRESH_UNDER_WAY, [id]);
    const tokens = await manager.findOneBy(AuthorizationTokens, { authorizationId: id });
    return { authorization, underWay: underWay.length > 0, tokens };
  }
}
