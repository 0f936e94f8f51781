import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { inTransaction } from '../database/in-transaction.js';
import { LOGGER } from '../logging/logger.js';
import type { PeriodicJob, ScheduledJob } from '../schedule/periodic-job.js';
import { Schedule } from '../schedule/schedule.js';

/** How long an attempt is looked for that is not there, in milliseconds: its COMMIT may still be on the way. */
const LOOKED_FOR_MS = 60_000;

interface WithdrawnRow {
  attemptId: string;
  authorizationId: string;
  clientId: string;
}

/**
 * Takes back intents whose COMMIT was not answered. No call was made for them, and nobody but this process knows
 * so: without it they would stay `pending`, then become `unknown` and wait for a person to resolve them.
 *
 * They are held in memory alone: should the process die, unknown is what they are.
 */
@Injectable()
export class Withdrawals implements PeriodicJob {
  readonly name = 'withdrawals';
  readonly intervalMs = 1_000;
  /** When the database first said that an attempt is not there; null before. */
  readonly #attempts = new Map<string, number | null>();
  readonly #job: ScheduledJob;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Schedule) schedule: Schedule,
  ) {
    this.#job = schedule.add(this);
  }

  /** Withdraws an attempt as soon as the database can be reached, if it is there at all. */
  add(attemptId: string): void {
    this.#attempts.set(attemptId, null);
    this.#job.soon(0);
  }

  async run(): Promise<void> {
    if (this.#attempts.size === 0) return;
    const ids = [...this.#attempts.keys()];
    const withdrawn = await inTransaction(this.dataSource, (manager) =>
      this.withdraw(manager, ids),
    );
    for (const { attemptId, authorizationId } of withdrawn) {
      this.#attempts.delete(attemptId);
      this.logger.info({ authorizationId }, 'an intent that led to no call was withdrawn');
    }
    const now = performance.now();
    for (const id of ids) {
      const since = this.#attempts.get(id);
      if (since === undefined) continue;
      this.#attempts.set(id, since ?? now);
      if (since !== null && now - since > LOOKED_FOR_MS) this.#attempts.delete(id);
    }
  }

  private async withdraw(manager: EntityManager, ids: string[]): Promise<WithdrawnRow[]> {
    const at = this.clock();
    const rows = await manager.query<WithdrawnRow[]>(WITHDRAW, [ids, at]);
    for (const { attemptId, authorizationId, clientId } of rows) {
      await this.auditTrail.record(manager, {
        action: 'authorization.settled',
        at,
        actor: { kind: 'service' },
        clientId,
        authorizationId,
        outcome: { class: 'not-sent', subCode: null },
        details: { attemptId, status: 'failed' },
      });
    }
    return rows;
  }
}

/** The authorisation is locked first, as by whoever finishes an attempt. */
const WITHDRAW = `
  WITH found AS (
    SELECT t.id, t.authorization_id FROM attempts t
    JOIN authorizations a ON a.id = t.authorization_id
    WHERE t.id = ANY($1) AND t.state <> 'finished'
    FOR UPDATE OF a, t
  ), withdrawn AS (
    UPDATE attempts SET
      state = 'finished', finished_at = $2,
      outcome_class = 'not-sent', failure_reason = 'aborted-before-sending'
    FROM found WHERE attempts.id = found.id
  ), settled AS (
    UPDATE authorizations SET
      status = 'failed', updated_at = $2,
      outcome_class = 'not-sent', failure_reason = 'aborted-before-sending'
    FROM found
    WHERE authorizations.id = found.authorization_id
      AND authorizations.status IN ('pending', 'unknown')
    RETURNING authorizations.id, client_id
  )
  SELECT found.id AS "attemptId", settled.id AS "authorizationId", client_id AS "clientId"
  FROM found JOIN settled ON settled.id = found.authorization_id`;
