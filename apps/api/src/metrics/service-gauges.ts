import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { GATEWAY_TRANSPORT, type GuardedTransport } from '../alipay/guarded-transport.js';
import { QUEUE_NAMES } from '../jobs/queues.js';
import { Pace } from '../pace/pace.js';
import { Spool } from '../spool/spool.js';
import { Metrics } from './metrics.js';

/** A pool of node-postgres, which TypeORM's driver keeps without a type. */
const driverSchema = z.object({
  master: z.object({ totalCount: z.int(), idleCount: z.int(), waitingCount: z.int() }),
});

const BREAKER_STATES = ['closed', 'half-open', 'open'] as const;

/** What waits for somebody, and how busy the ways to the database and to the gateway are. */
@Injectable()
export class ServiceGauges {
  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(GATEWAY_TRANSPORT) transport: GuardedTransport,
    @Inject(Spool) spool: Spool,
    @Inject(Pace) pace: Pace,
  ) {
    metrics.watchProcess();
    metrics.gauge({
      name: 'zhimaper_gateway_breaker',
      help: "1 for the state that the gateway's circuit is in.",
      label: 'state',
      read: () =>
        Object.fromEntries(
          BREAKER_STATES.map((state) => [state, Number(transport.load.breaker === state)]),
        ),
    });
    metrics.gauge({
      name: 'zhimaper_gateway_calls_in_progress',
      help: 'Gateway calls under way, and waiting for their turn.',
      label: 'state',
      read: () => ({ calling: transport.load.inFlight, waiting: transport.load.waiting }),
    });
    metrics.gauge({
      name: 'zhimaper_database_pool',
      help: 'Connections in use and idle, and requests that wait for one.',
      label: 'state',
      read: () => this.pool(),
    });
    metrics.gauge({
      name: 'zhimaper_spool_entries',
      help: 'Outcomes that the database did not take: waiting, set aside, or held in memory alone.',
      label: 'state',
      read: async () => ({ ...(await spool.count()) }),
    });
    metrics.gauge({
      name: 'zhimaper_authorizations_unresolved',
      help: 'Authorisations of the whole database that are pending or unknown.',
      label: 'status',
      read: () => this.unresolved(),
    });
    metrics.gauge({
      name: 'zhimaper_attempts_overdue',
      help: 'Gateway calls of the whole database whose outcome should have been written down.',
      read: () => this.number(OVERDUE),
    });
    metrics.gauge({
      name: 'zhimaper_audit_unsealed_age_seconds',
      help: 'Age of the oldest event of the audit trail without a seal.',
      read: () => this.number(UNSEALED_AGE),
    });
    metrics.gauge({
      name: 'zhimaper_queue_jobs',
      help: 'Jobs of the whole database that wait or are being done.',
      label: 'queue',
      read: () => this.ofQueues(QUEUE_DEPTHS),
    });
    metrics.gauge({
      name: 'zhimaper_queue_age_seconds',
      help: 'How long the oldest job that is due has waited for a worker.',
      label: 'queue',
      read: () => this.ofQueues(QUEUE_AGES),
    });
    metrics.gauge({
      name: 'zhimaper_batch_lines_waiting',
      help: 'Lines of the whole database that have not ended, of batches that were received.',
      read: () => this.number(LINES_WAITING),
    });
    metrics.gauge({
      name: 'zhimaper_batches_open',
      help: 'Batches of the whole database that are received, run or are paused.',
      label: 'status',
      read: () => this.openBatches(),
    });
    if (!pace.limited) return;
    metrics.gauge({
      name: 'zhimaper_gateway_budget',
      help: 'Gateway calls that all processes may make at once (owed ones below 0), and in a second.',
      label: 'state',
      read: async () => {
        const { calls, rate } = (await pace.show()) ?? {};
        return calls === undefined || rate === undefined ? {} : { calls, rate };
      },
    });
  }

  private pool(): Record<string, number> {
    const { totalCount, idleCount, waitingCount } = driverSchema.parse(
      this.dataSource.driver,
    ).master;
    return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }

  private async unresolved(): Promise<Record<string, number>> {
    const rows = await this.dataSource.query<{ status: string; count: number }[]>(UNRESOLVED);
    const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    return { pending: 0, unknown: 0, ...counts };
  }

  private async openBatches(): Promise<Record<string, number>> {
    const rows = await this.dataSource.query<{ status: string; count: number }[]>(OPEN_BATCHES);
    const counts = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    return { receiving: 0, running: 0, paused: 0, ...counts };
  }

  private async ofQueues(sql: string): Promise<Record<string, number>> {
    const rows = await this.dataSource.query<{ queue: string; value: number }[]>(sql);
    const values = new Map(rows.map(({ queue, value }) => [queue, value]));
    return Object.fromEntries(QUEUE_NAMES.map((name) => [name, values.get(name) ?? 0]));
  }

  private async number(sql: string): Promise<number> {
    const [row] = await this.dataSource.query<{ value: number }[]>(sql);
    if (!row) throw new Error('The database told no number.');
    return row.value;
  }
}

const UNRESOLVED = `
  SELECT status, count(*)::int AS count FROM authorizations
  WHERE status IN ('pending', 'unknown') GROUP BY status`;

const OVERDUE = `
  SELECT count(*)::int AS value FROM attempts WHERE state = 'started' AND deadline < now()`;

const UNSEALED_AGE = `
  SELECT coalesce(extract(epoch FROM now() - min(at)), 0)::float AS value FROM audit_events
  WHERE position >= (SELECT coalesce(max(to_position), 0) FROM audit_seals)`;

const LINES_WAITING = `
  SELECT coalesce(sum(line_count - (SELECT coalesce(sum(lines), 0) FROM batch_counts WHERE batch_id = b.id)), 0)::int
    AS value
  FROM batches b WHERE ended_at IS NULL AND status IN ('running', 'paused')`;

const OPEN_BATCHES = `
  SELECT status, count(*)::int AS count FROM batches
  WHERE ended_at IS NULL AND status <> 'cancelled' GROUP BY status`;

const QUEUE_DEPTHS = `
  SELECT name AS queue, count(*)::int AS value FROM pgboss.job WHERE state <= 'active' GROUP BY name`;

const QUEUE_AGES = `
  SELECT name AS queue, extract(epoch FROM now() - min(start_after))::float AS value FROM pgboss.job
  WHERE state < 'active' AND start_after <= now() GROUP BY name`;
