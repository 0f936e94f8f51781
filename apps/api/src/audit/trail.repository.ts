import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AuditListQuery } from './audit-schemas.js';
import { AuditRecord } from './audit-record.entity.js';
import type { AuditSeal } from './audit-seal.js';
import { AUDIT_RECORD_COLUMNS } from './audit-sql.js';
import type { AuditedEvent } from './verify-trail.js';

const SEALS_AT_ONCE = 500;
const EVENTS_AT_ONCE = 1_000;

/** Before every event. */
const BEGINNING = {
  position: '-9223372036854775808',
  id: '00000000-0000-0000-0000-000000000000',
};

/** Where the trail ends at one moment: what comes later belongs to a later reading. */
export interface TrailEnd {
  /** Number of the newest seal, 0 where there is none. */
  lastSeal: number;
  /** No event of that moment is at this position or behind it. */
  position: string;
}

/** Reads the audit trail. */
@Injectable()
export class TrailRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Newest first, at most `limit`.
   *
   * @param clientId whose events; null for those of every client and of none
   */
  list(clientId: string | null, query: AuditListQuery, limit: number): Promise<AuditRecord[]> {
    const { action, authorizationId, apiKeyId, from, to, cursor } = query;
    const select = this.dataSource.manager
      .createQueryBuilder(AuditRecord, 'e')
      .orderBy('e.at', 'DESC')
      .addOrderBy('e.id', 'DESC')
      .limit(limit);
    if (clientId !== null) select.andWhere({ clientId });
    if (action !== undefined) select.andWhere({ action });
    if (authorizationId !== undefined) select.andWhere({ authorizationId });
    if (apiKeyId !== undefined) select.andWhere({ apiKeyId });
    if (from !== undefined) select.andWhere('e.at >= :from', { from });
    if (to !== undefined) select.andWhere('e.at < :to', { to });
    if (cursor) select.andWhere('(e.at, e.id) < (:createdAt, :id)', cursor);
    return select.getMany();
  }

  async end(): Promise<TrailEnd> {
    const [end] = await this.dataSource.query<TrailEnd[]>(
      `SELECT coalesce(max(number), 0)::int AS "lastSeal",
         audit_position(pg_snapshot_xmax(pg_current_snapshot())) AS position
       FROM audit_seals`,
    );
    if (!end) throw new Error('The database told no end of the trail.');
    return end;
  }

  /** All seals up to the end, by number, a few at a time. */
  async *seals({ lastSeal }: TrailEnd, signal: AbortSignal): AsyncGenerator<AuditSeal> {
    for (let after = 0; after < lastSeal;) {
      signal.throwIfAborted();
      const seals = await this.dataSource.query<AuditSeal[]>(
        `SELECT number::int, from_position AS "fromPosition", to_position AS "toPosition", events,
           sealed_at AS "sealedAt", digest
         FROM audit_seals WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3`,
        [after, lastSeal, SEALS_AT_ONCE],
      );
      yield* seals;
      after = seals.at(-1)?.number ?? lastSeal;
    }
  }

  /** All events up to the end, by position and id, a few at a time. */
  async *events(end: TrailEnd, signal: AbortSignal): AsyncGenerator<AuditedEvent> {
    let after: { position: string; id: string } | undefined = BEGINNING;
    while (after) {
      signal.throwIfAborted();
      const events: AuditedEvent[] = await this.dataSource.query(
        `SELECT ${AUDIT_RECORD_COLUMNS}, position, mac FROM audit_events
         WHERE (position, id) > ($1::bigint, $2::uuid) AND position < $3
         ORDER BY position, id LIMIT $4`,
        [after.position, after.id, end.position, EVENTS_AT_ONCE],
      );
      yield* events;
      after = events.at(-1);
    }
  }
}
