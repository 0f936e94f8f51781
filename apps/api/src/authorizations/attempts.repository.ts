import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { inTransaction } from '../database/in-transaction.js';
import { sharedWrite } from '../database/shared-statement.js';
import { QuarantineCells } from '../quarantine/quarantine-cells.js';
import type { AuthorizationStatus } from './authorization-status.js';
import {
  FINISH_ATTEMPT,
  FINISH_ATTEMPTS,
  FINISH_LATE,
  FINISH_WITH_QUARANTINE,
  GIVE_UP_OVERDUE,
  LOCK_ATTEMPT,
  type AuditedFinish,
} from './finish-sql.js';
import type { FinishedAttempt } from './finished-attempt.js';
import { RefreshesRepository } from './refreshes.repository.js';
import { TokenCells } from './token-cells.js';

/**
 * What became of an attempt that was to be finished: `stored`; `already`, by someone else, or by ourselves when the
 * answer to a commit was lost; `late`, when a person had decided meanwhile; `foreign`, when this database knows no
 * such attempt.
 */
export type Finish = 'stored' | 'already' | 'late' | 'foreign';

interface GivenUp {
  attemptId: string;
  authorizationId: string;
  clientId: string;
}

const MOST_AT_ONCE = 200;

/** Writes how attempts ended, each of them once, whoever tells it and how often. */
@Injectable()
export class AttemptsRepository {
  readonly #finishes = sharedWrite(
    (finish: AuditedFinish) => this.finishWaiting(this.dataSource.manager, finish),
    (finishes) => this.finishSeveral(finishes),
  );

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(TokenCells) private readonly tokens: TokenCells,
    @Inject(QuarantineCells) private readonly quarantine: QuarantineCells,
    @Inject(RefreshesRepository) private readonly refreshes: RefreshesRepository,
  ) {}

  async finish(attempt: FinishedAttempt): Promise<Finish> {
    if (attempt.kind === 'refresh') return this.finishRefresh(attempt);
    const event = this.auditTrail.values(settled(attempt, attempt.settlement.status));
    const finish = { attempt, event };
    // What goes to quarantine is rare, and goes alone.
    const finished = attempt.answerCell
      ? await this.finishWaiting(this.dataSource.manager, finish)
      : await this.#finishes.add(finish);
    if (finished === true) return 'stored';
    return inTransaction(this.dataSource, (manager) => this.finishOther(manager, finish));
  }

  /** Gives up what is overdue, and answers the ids of those authorisations that are unknown now. */
  async giveUpOverdue(at: Date): Promise<string[]> {
    const givenUp = await inTransaction(this.dataSource, async (manager) => {
      const rows = await manager.query<GivenUp[]>(GIVE_UP_OVERDUE, [at, MOST_AT_ONCE]);
      for (const { attemptId, authorizationId, clientId } of rows) {
        await this.auditTrail.record(manager, {
          action: 'authorization.settled',
          at,
          actor: { kind: 'service' },
          clientId,
          authorizationId,
          outcome: { class: 'unknown-outcome', subCode: null },
          details: { attemptId, status: 'unknown' },
        });
      }
      return rows;
    });
    const ids = givenUp.map(({ authorizationId }) => authorizationId);
    return ids.length < MOST_AT_ONCE ? ids : [...ids, ...(await this.giveUpOverdue(at))];
  }

  /** Finishes those that wait for it, and answers whether each did; fails for all of them where it fails for one. */
  private async finishSeveral(finishes: readonly AuditedFinish[]): Promise<boolean[]> {
    const { sql, values } = FINISH_ATTEMPTS;
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(sql, values(finishes));
    const finished = new Set(rows.map(({ id }) => id));
    return finishes.map(({ attempt }) => finished.has(attempt.attemptId));
  }

  private async finishWaiting(
    manager: EntityManager,
    { attempt, event }: AuditedFinish,
  ): Promise<boolean> {
    const { attemptId, authorizationId, settlement, httpStatus, cells, answerCell, at } = attempt;
    const sql = answerCell ? FINISH_WITH_QUARANTINE : FINISH_ATTEMPT;
    const [, count] = await manager.query<[unknown[], number]>(sql, [
      ...[attemptId, authorizationId, at],
      ...[settlement.outcomeClass, settlement.failureReason],
      ...[settlement.gatewayCode, settlement.gatewaySubCode, settlement.gatewayTraceId],
      ...[settlement.status, settlement.tokenType, httpStatus],
      ...[cells?.accessToken ?? null, cells?.refreshToken ?? null],
      ...(answerCell ? [answerCell] : []),
      ...event,
    ]);
    return count === 1;
  }

  private async finishRefresh(attempt: FinishedAttempt): Promise<Finish> {
    if (await this.refreshes.finish(attempt)) return 'stored';
    const { attemptId, authorizationId } = attempt;
    const found = await this.dataSource.query<unknown[]>(LOCK_ATTEMPT, [
      attemptId,
      authorizationId,
    ]);
    return found.length === 1 ? 'already' : 'foreign';
  }

  /** The authorisation does not wait for the attempt, or did not a moment ago. */
  private async finishOther(manager: EntityManager, finish: AuditedFinish): Promise<Finish> {
    const { attempt } = finish;
    const { attemptId, authorizationId, settlement, httpStatus, at } = attempt;
    const [found] = await manager.query<{ state: string; status: AuthorizationStatus }[]>(
      LOCK_ATTEMPT,
      [attemptId, authorizationId],
    );
    if (!found) return 'foreign';
    if (found.state === 'finished') return 'already';
    if (await this.finishWaiting(manager, finish)) return 'stored';
    const cell = found.status === 'erased' ? null : this.latePair(attempt);
    await manager.query(FINISH_LATE, [
      ...[attemptId, at, settlement.outcomeClass, settlement.failureReason],
      ...[settlement.gatewayCode, settlement.gatewaySubCode, settlement.gatewayTraceId],
      ...[httpStatus, attempt.cells ? 'pair' : 'answer', cell],
    ]);
    await this.auditTrail.record(manager, settled(attempt, found.status));
    return 'late';
  }

  private latePair({ attemptId, authorizationId, cells, answerCell, at }: FinishedAttempt) {
    if (!cells) return answerCell;
    const pair = this.tokens.decrypt({ authorizationId, obtainedAt: at }, cells);
    return this.quarantine.encrypt(attemptId, JSON.stringify(pair));
  }
}

function settled(
  { attemptId, authorizationId, clientId, actor, settlement, at }: FinishedAttempt,
  status: AuthorizationStatus,
): AuditEvent {
  return {
    action: 'authorization.settled',
    at,
    actor,
    clientId,
    authorizationId,
    outcome: { class: settlement.outcomeClass, subCode: settlement.gatewaySubCode },
    details: { attemptId, status },
  };
}
