import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.js';
import type { ProblemCode } from '../errors/problem-catalogue.js';
import { inTransaction } from '../database/in-transaction.js';
import { Metrics } from '../metrics/metrics.js';
import type { EndedLineStatus } from './batch-status.js';
import { COUNT_TRIES, END_LINES, HOLD, PAUSE_REFUSED } from './work/turn-sql.js';

/** How one line ended. */
export interface EndedLine {
  id: string;
  status: EndedLineStatus;
  code: ProblemCode | null;
  authorizationId: string | null;
}

/** Writes how lines end, and when their batch has to wait. */
@Injectable()
export class BatchEndsRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** Ends those of the lines that still wait, in one statement, and answers how many did. */
  async endLines(ends: readonly EndedLine[], at: Date): Promise<number> {
    if (ends.length === 0) return 0;
    const counts = await this.dataSource.query<{ status: EndedLineStatus; lines: number }[]>(
      END_LINES,
      [
        ends.map(({ id }) => id),
        ends.map(({ status }) => status),
        ends.map(({ code }) => code),
        ends.map(({ authorizationId }) => authorizationId),
        at,
      ],
    );
    for (const { status, lines } of counts) this.metrics.batchLines(status, lines);
    return counts.reduce((sum, { lines }) => sum + lines, 0);
  }

  /** Counts a try that failed for a reason that nobody foresaw. */
  async countTries(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.dataSource.query(COUNT_TRIES, [ids]);
  }

  /**
   * Holds a batch up, longer each time; answers for how many seconds, or null where it is held up already or does not run.
   *
   * @param forMs how long at least; null where nobody knows
   */
  async hold(batchId: string, forMs: number | null): Promise<number | null> {
    const [rows] = await this.dataSource.query<[{ seconds: number }[], number]>(HOLD, [
      batchId,
      forMs,
    ]);
    return rows[0]?.seconds ?? null;
  }

  /** Pauses a batch that Alipay refuses; whether it still ran. */
  pauseRefused(batchId: string, at: Date): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      const [[paused]] = await manager.query<[{ clientId: string }[], number]>(PAUSE_REFUSED, [
        batchId,
        at,
      ]);
      if (!paused) return false;
      await this.auditTrail.record(manager, {
        action: 'batch.paused',
        at,
        actor: { kind: 'service' },
        clientId: paused.clientId,
        details: { batchId },
      });
      return true;
    });
  }
}
