import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { isSchemaCurrent } from '../database/schema-state.js';
import { LOGGER } from '../logging/logger.js';
import { Spool } from '../spool/spool.js';
import { Lifecycle } from './lifecycle.js';

/** Whether this instance should get requests, and if not, why. */
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    database: z.enum(['up', 'down']),
    schema: z
      .enum(['current', 'outdated'])
      .nullable()
      .describe('`outdated` wants `migrate` to be run; null where the database cannot tell.'),
    spool: z
      .enum(['writable', 'failing'])
      .describe(
        '`failing` when an outcome is in memory alone: neither the database nor the disk took it.',
      ),
    draining: z.boolean().describe('The process is about to stop.'),
  })
  .meta({ id: 'Readiness' });

export type ReadinessReport = z.output<typeof readinessSchema>;

const DEADLINE_MS = 2_000;

/** Finds out whether the database answers in time and has the schema that this build needs. */
@Injectable()
export class Readiness {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Spool) private readonly spool: Spool,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async report(): Promise<ReadinessReport> {
    const { draining } = this.lifecycle;
    const { failing } = this.spool;
    const current = await this.schemaIsCurrent();
    return {
      status: current === true && !failing && !draining ? 'ready' : 'not-ready',
      database: current === null ? 'down' : 'up',
      schema: current === null ? null : current ? 'current' : 'outdated',
      spool: failing ? 'failing' : 'writable',
      draining,
    };
  }

  private async schemaIsCurrent(): Promise<boolean | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`The database did not answer within ${DEADLINE_MS} ms.`));
      }, DEADLINE_MS);
    });
    try {
      return await Promise.race([isSchemaCurrent(this.dataSource), late]);
    } catch (error) {
      this.logger.warn({ err: error }, 'the database is not ready');
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
