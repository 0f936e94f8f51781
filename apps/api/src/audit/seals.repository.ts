import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/in-transaction.js';
import type { AuditSeal, TrailEntry } from './audit-seal.js';

/** Any number, the same for every process that seals. */
const SEALING_LOCK = 7_215_903_115;

const HEAD = `
  SELECT number::int, from_position AS "fromPosition", to_position AS "toPosition", events,
    sealed_at AS "sealedAt", digest
  FROM audit_seals ORDER BY number DESC LIMIT 1`;

/** Before this position no event can appear any more: all older transactions are over. */
const HORIZON = 'audit_position(pg_snapshot_xmin(pg_current_snapshot()))';

/** What of the trail can be sealed. */
export interface Sealable {
  head: AuditSeal | null;
  /** Up to where, this position excluded. */
  horizon: string;
}

/** Reads what can be sealed, and writes seals. */
@Injectable()
export class SealsRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Whether there is anything to do, in one cheap question: an event without a seal, or a horizon that went back. */
  async isAnythingToDo(): Promise<boolean> {
    const [row] = await this.dataSource.query<{ due: boolean }[]>(
      // By the newest event: whether there is one at all after the seal may be asked of the whole table.
      `SELECT coalesce((SELECT max(position) FROM audit_events) >= sealed, false) OR ${HORIZON} < sealed AS due
       FROM (SELECT coalesce(max("toPosition"), 0) AS sealed FROM (${HEAD}) AS head) AS seals`,
    );
    return row?.due === true;
  }

  /** Does some work while no other process seals; null, without doing it, where another one does. */
  whileAlone<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result | null> {
    return inTransaction(this.dataSource, async (manager) => {
      const [lock] = await manager.query<{ held: boolean }[]>(
        'SELECT pg_try_advisory_xact_lock($1) AS held',
        [SEALING_LOCK],
      );
      return lock?.held === true ? work(manager) : null;
    });
  }

  async findSealable(manager: EntityManager): Promise<Sealable> {
    const [head] = await manager.query<AuditSeal[]>(HEAD);
    const [row] = await manager.query<{ horizon: string }[]>(`SELECT ${HORIZON} AS horizon`);
    if (!row) throw new Error('The database told no horizon.');
    return { head: head ?? null, horizon: row.horizon };
  }

  /** Entries from one position to another, the latter excluded, in the trail's order. */
  entries(manager: EntityManager, from: string, to: string, limit: number): Promise<TrailEntry[]> {
    return manager.query<TrailEntry[]>(
      `SELECT position, id, mac FROM audit_events
       WHERE position >= $1 AND position < $2 ORDER BY position, id LIMIT $3`,
      [from, to, limit],
    );
  }

  async insert(manager: EntityManager, seal: AuditSeal): Promise<void> {
    await manager.query(
      `INSERT INTO audit_seals (number, from_position, to_position, events, sealed_at, digest)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        ...[seal.number, seal.fromPosition, seal.toPosition, seal.events],
        ...[seal.sealedAt, seal.digest],
      ],
    );
  }
}
