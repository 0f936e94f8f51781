import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { validate } from 'uuid';
import { AuditTrail } from '../audit/audit-trail.js';
import { inTransaction } from '../database/in-transaction.js';
import { FIND_OPEN_ATTEMPTS, type RetainedKind, type RetentionRule } from './retention-rules.js';

/** Removes what was kept long enough, a bounded number at once, each with the number in the audit trail. */
@Injectable()
export class RetentionRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
  ) {}

  /** Answers how many rows were removed. */
  apply({ kind, sql, before }: RetentionRule, now: Date, most: number): Promise<number> {
    return inTransaction(this.dataSource, async (manager) => {
      const [, count] = await manager.query<[unknown[], number]>(sql, [before(now), most]);
      if (count > 0) await this.note(manager, kind, count, now);
      return count;
    });
  }

  /** Which of these are attempts that somebody still waits for. */
  async openAttempts(ids: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(FIND_OPEN_ATTEMPTS, [
      ids.filter((id) => validate(id)),
    ]);
    return rows.map(({ id }) => id);
  }

  noteFiles(count: number, at: Date): Promise<void> {
    return this.note(this.dataSource.manager, 'spool', count, at);
  }

  private note(manager: EntityManager, kind: RetainedKind, count: number, at: Date): Promise<void> {
    return this.auditTrail.record(manager, {
      action: 'retention.ran',
      at,
      actor: { kind: 'service' },
      clientId: null,
      details: { kind, count },
    });
  }
}
