import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { AuditTrail } from '../../audit/audit-trail.js';
import { Authorization } from '../../authorizations/authorization.entity.js';
import { Hasher } from '../../crypto/hasher.js';
import { inTransaction } from '../../database/in-transaction.js';
import {
  COMPLETE,
  END_CANCELLED,
  FIND_APPLIED,
  FIND_CANCELLED_LINES,
  FIND_IDLE_LANES,
  GIVE_UP_UPLOADS,
} from './care-sql.js';
import { lineKey } from './line-key.js';

/** Most lanes, and most lines, that are looked at together. */
const MOST_AT_ONCE = 1_000;

/** A line of a cancelled batch, and what had been applied for it. */
export interface CancelledLine {
  id: string;
  authorization: Authorization | null;
}

/** Looks after batches of all clients. */
@Injectable()
export class CareRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Hasher) private readonly hasher: Hasher,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
  ) {}

  /** Lanes with lines that may be applied for, at which nobody is or will be. */
  findIdleLanes(): Promise<{ batchId: string; lane: number }[]> {
    return this.dataSource.query(FIND_IDLE_LANES, [MOST_AT_ONCE]);
  }

  /** Completes batches of which no line waits, and answers their ids. */
  async complete(at: Date): Promise<string[]> {
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(COMPLETE, [at]);
    return rows.map(({ id }) => id);
  }

  /** Cancels batches that have been received since then or longer, and answers their ids. */
  giveUpUploads(at: Date, before: Date): Promise<string[]> {
    return inTransaction(this.dataSource, async (manager) => {
      const [rows] = await manager.query<[{ id: string; clientId: string }[], number]>(
        GIVE_UP_UPLOADS,
        [at, before],
      );
      for (const { id: batchId, clientId } of rows) {
        const actor = { kind: 'service' } as const;
        const details = { batchId };
        const event = { action: 'batch.cancelled', at, actor, clientId, details } as const;
        await this.auditTrail.record(manager, event);
      }
      return rows.map(({ id }) => id);
    });
  }

  /** Some lines of cancelled batches that still wait. */
  async findCancelledLines(): Promise<CancelledLine[]> {
    const lines = await this.dataSource.query<{ id: string; clientId: string }[]>(
      FIND_CANCELLED_LINES,
      [MOST_AT_ONCE],
    );
    const applied = await this.dataSource.query<{ lineId: string; authorizationId: string }[]>(
      FIND_APPLIED,
      [
        lines.map(({ id }) => id),
        lines.map(({ clientId }) => clientId),
        lines.map(({ id }) => this.hasher.idempotencyKey(lineKey(id))),
      ],
    );
    const ids = applied.map(({ authorizationId }) => authorizationId);
    const authorizations =
      ids.length === 0 ? [] : await this.dataSource.manager.findBy(Authorization, { id: In(ids) });
    const idOf = new Map(applied.map(({ lineId, authorizationId }) => [lineId, authorizationId]));
    return lines.map(({ id }) => ({
      id,
      authorization: authorizations.find((one) => one.id === idOf.get(id)) ?? null,
    }));
  }

  /** Ends cancelled batches of which no line waits and none is under way. */
  async endCancelled(at: Date): Promise<void> {
    await this.dataSource.query(END_CANCELLED, [at]);
  }
}
