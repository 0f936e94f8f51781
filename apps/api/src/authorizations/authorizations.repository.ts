import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EncryptedCell } from '../crypto/cell.js';
import { inTransaction } from '../database/in-transaction.js';
import type { AuthorizationListQuery } from './authorization-schemas.js';
import { AuthorizationTokens } from './authorization-tokens.entity.js';
import { Authorization } from './authorization.entity.js';
import type { Settlement } from './settlement.js';

/** The end of one attempt, with the tokens if it brought any. */
export interface FinishedAttempt {
  attemptId: string;
  authorizationId: string;
  settlement: Settlement;
  httpStatus: number | null;
  cells: { accessToken: EncryptedCell; refreshToken: EncryptedCell } | null;
  at: Date;
}

/** Reads authorisations, each query for one client only, and writes what their applications ended in. */
@Injectable()
export class AuthorizationsRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

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

  /** Stores what an attempt ended in, all of it or nothing. Plain SQL: every application runs it. */
  async finish(attempt: FinishedAttempt): Promise<void> {
    const { settlement, cells, at } = attempt;
    const outcome = [
      settlement.outcomeClass,
      settlement.failureReason,
      settlement.gatewayCode,
      settlement.gatewaySubCode,
      settlement.gatewayTraceId,
    ];
    await inTransaction(this.dataSource, async (manager) => {
      const [, updated] = await manager.query<[unknown[], number]>(
        `UPDATE authorizations SET outcome_class = $1, failure_reason = $2, gateway_code = $3,
           gateway_sub_code = $4, gateway_trace_id = $5, status = $6, token_type = $7, updated_at = $8
         WHERE id = $9 AND status = 'pending'`,
        [...outcome, settlement.status, settlement.tokenType, at, attempt.authorizationId],
      );
      if (updated !== 1) throw new Error('The authorisation is not pending any more.');
      if (cells) {
        await manager.query(
          `INSERT INTO authorization_tokens
             (authorization_id, access_token_cell, refresh_token_cell, obtained_at)
           VALUES ($1, $2, $3, $4)`,
          [attempt.authorizationId, cells.accessToken, cells.refreshToken, at],
        );
      }
      await manager.query(
        `UPDATE attempts SET outcome_class = $1, failure_reason = $2, gateway_code = $3,
           gateway_sub_code = $4, gateway_trace_id = $5, http_status = $6, state = 'finished',
           finished_at = $7
         WHERE id = $8`,
        [...outcome, attempt.httpStatus, at, attempt.attemptId],
      );
    });
  }
}
