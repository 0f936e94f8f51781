import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type PgBoss from 'pg-boss';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { EntityManager } from 'typeorm';
import { endsWithin } from '../clock/ends-within.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { Lifecycle } from '../health/lifecycle.js';
import { LOGGER } from '../logging/logger.js';
import { Consumer } from './consumer.js';
import { createBoss, type JobsDatabase } from './create-boss.js';
import { createJobStore } from './job-store.js';
import { JOBS_POOL } from './jobs-pool.js';
import type { Queue } from './queue.js';

const POLL_MS = 500;
/** How long jobs may go on once the process was told to stop: a little longer than gateway calls may. */
const STOP_MS = 6_500;
const CLOSE_MS = 500;

interface SendOptions {
  /** The jobs are there when it is committed, and not otherwise. */
  transaction?: EntityManager;
}

interface WorkOptions {
  /** Most jobs of the queue that this process does at once. */
  concurrency: number;
}

/** The service's jobs: sent by anyone, done by processes that are workers. */
@Injectable()
export class Jobs implements OnModuleDestroy {
  readonly #database: JobsDatabase;
  readonly #boss: PgBoss;
  readonly #consumers: Consumer[] = [];
  #stopAt: number | undefined;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(JOBS_POOL) private readonly pool: Pool,
    @Inject(Lifecycle) lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#database = { executeSql: (text, values) => pool.query(text, values) };
    this.#boss = createBoss(this.#database);
    this.#boss.on('error', (error) => {
      logger.error({ err: error }, 'the queue failed');
    });
    lifecycle.drainSignal.addEventListener('abort', () => {
      this.drain();
    });
  }

  /**
   * Sends jobs in one statement. One whose key waits already is not sent again.
   *
   * @example await jobs.send(BATCH_LINES, [{ batchId, lane: 0 }], { transaction });
   */
  async send<Data extends object>(
    queue: Queue<Data>,
    data: readonly Data[],
    { transaction }: SendOptions = {},
  ): Promise<void> {
    if (data.length === 0) return;
    const { name } = queue;
    const expireInSeconds = this.environment.JOB_EXPIRY_MS / 1_000;
    const jobs = data.map((item) => ({
      name,
      data: queue.payload.parse(item),
      singletonKey: queue.keyOf(item),
      expireInSeconds,
    }));
    await this.#boss.insert(jobs, transaction ? { db: within(transaction) } : {});
  }

  /**
   * Does a queue's jobs from now on, where this process is a worker. A job that throws has failed, and is not done
   * again unless someone sends it.
   *
   * @param work its signal is aborted when the process stops, or when the job was given to somebody else
   */
  work<Data extends object>(
    queue: Queue<Data>,
    { concurrency }: WorkOptions,
    work: (data: Data, signal: AbortSignal) => Promise<void>,
  ): void {
    if (this.environment.ROLE === 'api') return;
    const store = createJobStore(this.#boss, this.#database, queue.name);
    const consumer = new Consumer(store, {
      concurrency,
      pollMs: POLL_MS,
      work: (data, signal) => work(queue.payload.parse(data), signal),
      onJobError: (error) => {
        this.logger.error({ err: error, queue: queue.name }, 'a job failed');
      },
      onQueueState: (failure) => {
        const line = { queue: queue.name };
        if (failure === null) this.logger.info(line, 'the queue answers again');
        else this.logger.warn({ ...line, err: failure }, 'the queue does not answer');
      },
    });
    this.#consumers.push(consumer);
  }

  /** Gives up jobs whose worker is gone, and removes those that ended long ago. */
  async maintain(): Promise<void> {
    await this.#boss.maintain();
  }

  async onModuleDestroy(): Promise<void> {
    const stopAt = this.drain();
    const ended = Promise.all(this.#consumers.map((consumer) => consumer.stop()));
    if (!(await endsWithin(ended, stopAt - performance.now()))) {
      this.logger.warn('stopped before every job was finished');
      const given = Promise.all(this.#consumers.map((consumer) => consumer.abandon()));
      await endsWithin(given, CLOSE_MS);
    }
    await endsWithin(this.pool.end(), CLOSE_MS);
  }

  /** No job begins from now on; answers until when those under way are waited for. */
  private drain(): number {
    for (const consumer of this.#consumers) consumer.drain();
    this.#stopAt ??= performance.now() + STOP_MS;
    return this.#stopAt;
  }
}

function within(transaction: EntityManager): JobsDatabase {
  return { executeSql: async (text, values) => ({ rows: await transaction.query(text, values) }) };
}
