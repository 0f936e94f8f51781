import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuditActor } from '../audit/audit-event.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { insertAuditEvent } from '../audit/insert-audit-event.js';
import type { EncryptedCell } from '../crypto/cell.js';
import type { AuthorizationListQuery } from './authorization-schemas.js';
import { AuthorizationTokens } from './authorization-tokens.entity.js';
import { Authorization } from './authorization.entity.js';
import type { Settlement } from './settlement.js';

/** The end of one attempt, with the tokens if it brought any. */
export interface FinishedAttempt {
  attemptId: string;
  authorizationId: string;
  clientId: string;
  actor: AuditActor;
  settlement: Settlement;
  httpStatus: number | null;
  cells: { accessToken: EncryptedCell; refreshToken: EncryptedCell } | null;
  at: Date;
}

/** Reads authorisations, each query for one client only, and writes what their applications ended in. */
@Injectable()
export class AuthorizationsRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
  ) {}

  find(clientId: string, id: string): Promise<Authorization | null> {
    return this.dataSource.manager.findOneBy(Authorization, { id, clientId });
  }

  /** Newest first, at most `limit`. */
  list(
    clientId: string,
    { status, reference, linkedMerchantId, cursor }: AuthorizationListQuery,
    limit: number,
  ): Promise<Authorization[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(Authorization, 'a')
      .where({ clientId })
      .orderBy('a.createdAt', 'DESC')
      .addOrderBy('a.id', 'DESC')
      .limit(limit);
    if (status !== undefined) query.andWhere({ status });
    if (reference !== undefined) query.andWhere({ reference });
    if (linkedMerchantId !== undefined) query.andWhere({ linkedMerchantId });
    if (cursor) query.andWhere('(a.createdAt, a.id) < (:createdAt, :id)', cursor);
    return query.getMany();
  }

  findTokens({ id }: Authorization): Promise<AuthorizationTokens | null> {
    return this.dataSource.manager.findOneBy(AuthorizationTokens, { authorizationId: id });
  }

  async noteReveal({ id, clientId }: Authorization, apiKeyId: string, at: Date): Promise<void> {
    await this.auditTrail.record(this.dataSource.manager, {
      action: 'authorization.revealed',
      at,
      actor: { kind: 'api-key', apiKeyId },
      clientId,
      authorizationId: id,
      details: {},
    });
  }

  /** Stores what an attempt ended in, all of it or nothing: one statement is one transaction. */
  async finish({
    attemptId,
    authorizationId,
    clientId,
    actor,
    settlement,
    httpStatus,
    cells,
    at,
  }: FinishedAttempt): Promise<void> {
    const finished = await this.dataSource.query<[unknown[], number]>(FINISH_ATTEMPT, [
      ...[attemptId, authorizationId, at],
      ...[settlement.outcomeClass, settlement.failureReason],
      ...[settlement.gatewayCode, settlement.gatewaySubCode, settlement.gatewayTraceId],
      ...[settlement.status, settlement.tokenType, httpStatus],
      ...[cells?.accessToken ?? null, cells?.refreshToken ?? null],
      ...this.auditTrail.values({
        action: 'authorization.settled',
        at,
        actor,
        clientId,
        authorizationId,
        outcome: { class: settlement.outcomeClass, subCode: settlement.gatewaySubCode },
        details: { attemptId, status: settlement.status },
      }),
    ]);
    if (finished[1] !== 1) throw new Error('The authorisation is not pending any more.');
  }
}

const FINISH_ATTEMPT = `
  WITH settled AS (
    UPDATE authorizations SET
      updated_at = $3, outcome_class = $4, failure_reason = $5,
      gateway_code = $6, gateway_sub_code = $7, gateway_trace_id = $8,
      status = $9, token_type = $10
    WHERE id = $2 AND status = 'pending'
    RETURNING id
  ), stored AS (
    INSERT INTO authorization_tokens
      (authorization_id, access_token_cell, refresh_token_cell, obtained_at)
    SELECT id, $12::bytea, $13::bytea, $3 FROM settled WHERE $12::bytea IS NOT NULL
  ), audited AS (
    ${insertAuditEvent(13, 'settled')}
  )
  UPDATE attempts SET
    finished_at = $3, outcome_class = $4, failure_reason = $5,
    gateway_code = $6, gateway_sub_code = $7, gateway_trace_id = $8,
    http_status = $11, state = 'finished'
  FROM settled WHERE attempts.id = $1 AND attempts.authorization_id = settled.id`;
