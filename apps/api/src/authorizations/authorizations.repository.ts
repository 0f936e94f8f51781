import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.js';
import type { AuthorizationListQuery } from './authorization-schemas.js';
import { AuthorizationTokens } from './authorization-tokens.entity.js';
import { Authorization } from './authorization.entity.js';

/** Reads authorisations, each query for one client only. */
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
}
