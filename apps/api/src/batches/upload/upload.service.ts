import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { gatewayIdentity } from '../../alipay/gateway-identity.js';
import type { Caller } from '../../api-keys/caller.js';
import { CLOCK, type Clock } from '../../clock/clock.js';
import { ENVIRONMENT } from '../../config/config.module.js';
import type { Environment } from '../../config/environment-schema.js';
import { Hasher } from '../../crypto/hasher.js';
import { ProblemError } from '../../errors/problem-error.js';
import { Lifecycle } from '../../health/lifecycle.js';
import { bodyBytes } from './body-bytes.js';
import { checkLine, type CheckedLine } from './check-line.js';
import { UPLOAD_FORMATS, type UploadMediaType } from './upload-formats.js';
import { emptyUpload, uploadedLines } from './uploaded-lines.js';
import { UploadsRepository, type UploadedBatch } from './uploads.repository.js';

/** What one statement stores; more does not make it quicker, and takes memory. */
const LINES_AT_ONCE = 500;
const BYTES_AT_ONCE = 1024 * 1024;

export interface UploadRequest {
  caller: Caller;
  requestId: string;
  idempotencyKey: string;
  mediaType: string;
  stream: Readable;
}

export interface ReceivedBatch {
  batchId: string;
  /** Whether the batch had been received before, and this request only found the same lines. */
  replayed: boolean;
}

/**
 * Takes in the lines of batches: checked and stored while they arrive. A batch is known by its Idempotency-Key and a
 * line by its number, so that an upload which broke off is continued by sending it again.
 */
@Injectable()
export class UploadService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
    @Inject(Hasher) private readonly hasher: Hasher,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async receive(request: UploadRequest): Promise<ReceivedBatch> {
    const format = UPLOAD_FORMATS[request.mediaType as UploadMediaType];
    const { BATCH_UPLOAD_SILENCE_MS: silenceMs, BATCH_MAX_LINES } = this.environment;
    const limits = { silenceMs, stop: this.lifecycle.abortSignal };
    const identity = gatewayIdentity(this.environment);
    let batch: UploadedBatch | undefined;
    let count = 0;
    let pending: CheckedLine[] = [];
    let pendingBytes = 0;
    const store = async () => {
      batch ??= await this.open(request);
      await this.uploads.store(batch, count - pending.length + 1, pending, this.clock());
      pending = [];
      pendingBytes = 0;
    };
    for await (const lines of uploadedLines(bodyBytes(request.stream, limits), format)) {
      const now = this.clock();
      pending.push(...lines.map((line) => checkLine(line, identity, now)));
      pendingBytes += lines.reduce((sum, { bytes }) => sum + bytes.length, 0);
      count += lines.length;
      if (count > BATCH_MAX_LINES) return this.refuseMore(request, batch);
      if (pending.length >= LINES_AT_ONCE || pendingBytes >= BYTES_AT_ONCE) await store();
      // Others are served between two groups, however quickly the lines arrive.
      else await setImmediate();
    }
    if (count === 0) throw emptyUpload();
    if (pending.length > 0) await store();
    if (!batch) throw emptyUpload();
    const replayed = await this.uploads.finish(request.caller, batch, count, this.clock());
    return { batchId: batch.id, replayed };
  }

  private open({ caller, requestId, idempotencyKey }: UploadRequest): Promise<UploadedBatch> {
    const keyHash = this.hasher.idempotencyKey(idempotencyKey);
    return this.uploads.open(caller, requestId, keyHash, this.clock());
  }

  private async refuseMore(
    { caller }: UploadRequest,
    batch: UploadedBatch | undefined,
  ): Promise<never> {
    if (batch) await this.uploads.cancel(caller, batch, this.clock());
    const { BATCH_MAX_LINES } = this.environment;
    throw new ProblemError('payload-too-large', {
      detail: `A batch has at most ${BATCH_MAX_LINES} lines; this one was cancelled.`,
    });
  }
}
