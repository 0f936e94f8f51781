import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../api-keys/caller.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ProblemError } from '../errors/problem-error.js';
import { toPage, type Page } from '../http/cursor.js';
import type { Batch } from './batch.js';
import type { BatchListQuery } from './batch-schemas.js';
import type { BatchChange } from './batch-sql.js';
import type { BatchStatus } from './batch-status.js';
import { viewBatch, type BatchView } from './batch-view.js';
import { BatchesRepository } from './batches.repository.js';

/** The state in which a batch is after a change, however often that is asked for. */
const RESULT: Record<BatchChange, BatchStatus> = {
  pause: 'paused',
  resume: 'running',
  cancel: 'cancelled',
};

/** Shows a client its batches, and lets it steer them. */
@Injectable()
export class BatchesService {
  constructor(
    @Inject(BatchesRepository) private readonly batches: BatchesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(clientId: string, id: string): Promise<BatchView> {
    return viewBatch(await this.existing(clientId, id), this.clock());
  }

  async list(clientId: string, query: BatchListQuery): Promise<Page<BatchView>> {
    const rows = await this.batches.list(clientId, query, query.limit + 1);
    const now = this.clock();
    return toPage(rows, query.limit, (batch) => viewBatch(batch, now));
  }

  /** Changes a batch; one that is so already stays as it is. */
  async change(caller: Caller, id: string, change: BatchChange): Promise<BatchView> {
    const changed = await this.batches.change(caller, id, change, this.clock());
    const batch = await this.existing(caller.clientId, id);
    if (changed || batch.status === RESULT[change]) return viewBatch(batch, this.clock());
    throw new ProblemError(batch.status === 'receiving' ? 'batch-receiving' : 'batch-ended', {
      members: { batchId: id },
    });
  }

  private async existing(clientId: string, id: string): Promise<Batch> {
    const batch = await this.batches.find(clientId, id);
    if (!batch) throw new ProblemError('not-found');
    return batch;
  }
}
