import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../api-keys/caller.js';
import { actorOf } from '../api-keys/caller.js';
import { inTransaction } from '../database/in-transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { BATCH_LINES } from '../jobs/queues.js';
import type { Batch } from './batch.js';
import type { BatchListQuery } from './batch-schemas.js';
import { CHANGE, FIND_BATCH, LIST_BATCHES, type BatchChange } from './batch-sql.js';
import { lanesOf } from './lanes.js';

/** Reads and steers batches, each statement for one client only. */
@Injectable()
export class BatchesRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  async find(clientId: string, id: string): Promise<Batch | null> {
    const [batch] = await this.dataSource.query<Batch[]>(FIND_BATCH, [clientId, id]);
    return batch ?? null;
  }

  /** Newest first, at most `limit`. */
  list(clientId: string, { status, cursor }: BatchListQuery, limit: number): Promise<Batch[]> {
    return this.dataSource.query<Batch[]>(LIST_BATCHES, [
      clientId,
      status ?? null,
      ...[cursor?.createdAt ?? null, cursor?.id ?? null, limit],
    ]);
  }

  /** Changes a batch that is in a state to be changed so; whether it was. */
  change(caller: Caller, id: string, change: BatchChange, at: Date): Promise<boolean> {
    const { sql, action } = CHANGE[change];
    return inTransaction(this.dataSource, async (manager) => {
      const [[changed]] = await manager.query<[{ lineCount: number }[], number]>(sql, [
        caller.clientId,
        id,
        at,
      ]);
      if (!changed) return false;
      if (change === 'resume') await this.sendLanes(manager, id, changed.lineCount);
      await this.auditTrail.record(manager, {
        action,
        at,
        actor: actorOf(caller),
        clientId: caller.clientId,
        details: { batchId: id },
      });
      return true;
    });
  }

  /** Gives every lane that has lines a turn. */
  sendLanes(manager: EntityManager, batchId: string, lineCount: number): Promise<void> {
    const lanes = lanesOf(lineCount).map((lane) => ({ batchId, lane }));
    return this.jobs.send(BATCH_LINES, lanes, { transaction: manager });
  }
}
