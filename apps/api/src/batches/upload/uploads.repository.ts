import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { actorOf, type Caller } from '../../api-keys/caller.js';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { EncryptedCell } from '../../crypto/cell.js';
import {
  Hasher,
  type Fingerprint,
  type IdempotencyKeyHash,
  type PersonHash,
} from '../../crypto/hasher.js';
import { inTransaction } from '../../database/in-transaction.js';
import { ProblemError } from '../../errors/problem-error.js';
import { newId } from '../../ids/new-id.js';
import { Metrics } from '../../metrics/metrics.js';
import type { BatchStatus } from '../batch-status.js';
import { BatchesRepository } from '../batches.repository.js';
import { LineCells } from '../line-cells.js';
import { laneOf } from '../lanes.js';
import type { CheckedLine, LineIssue } from './check-line.js';
import {
  END_UPLOAD,
  FIND_LINES,
  FIND_UPLOAD,
  LOCK_BATCH,
  OPEN_BATCH,
  STORE_LINES,
} from './upload-sql.js';

/** The batch that an upload is for. */
export interface UploadedBatch {
  id: string;
  status: BatchStatus;
  receivedAt: Date | null;
}

interface UploadState {
  status: BatchStatus;
  lineCount: number;
  ended: number;
  invalid: number;
  receivedAt: Date | null;
}

interface LineRow {
  id: string;
  number: number;
  fingerprint: Fingerprint;
  personHash: PersonHash | null;
  cell: EncryptedCell | null;
  reference: string | null;
  issues: LineIssue[] | null;
}

/** Stores the lines of uploads, or compares them with those that are there. */
@Injectable()
export class UploadsRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(BatchesRepository) private readonly batches: BatchesRepository,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(LineCells) private readonly cells: LineCells,
    @Inject(Hasher) private readonly hasher: Hasher,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The client's batch of this key, which begins where there is none. */
  async open(
    { clientId, apiKeyId }: Caller,
    requestId: string,
    keyHash: IdempotencyKeyHash,
    at: Date,
  ): Promise<UploadedBatch> {
    const [batch] = await this.dataSource.query<UploadedBatch[]>(OPEN_BATCH, [
      ...[newId(), clientId, apiKeyId, requestId, keyHash, at],
    ]);
    if (!batch) throw new Error('A batch was removed while it was opened.');
    return batch;
  }

  /**
   * Stores the lines from this number on. Those that are there already have to be the same ones, whoever stored them.
   * Throws `ProblemError`.
   */
  async store(
    batch: UploadedBatch,
    firstNumber: number,
    lines: readonly CheckedLine[],
    at: Date,
  ): Promise<void> {
    const rows = lines.map((line, index) => this.toRow(line, firstNumber + index));
    if (batch.status === 'receiving') {
      const stored = await this.insert(batch, rows, at);
      if (stored === rows.length) return;
    }
    const last = firstNumber + lines.length - 1;
    const found = await this.dataSource.query<{ number: number; fingerprint: Buffer | null }[]>(
      FIND_LINES,
      [batch.id, firstNumber, last],
    );
    const fingerprints = new Map(found.map(({ number, fingerprint }) => [number, fingerprint]));
    for (const { number, fingerprint } of rows) {
      const known = fingerprints.get(number);
      // Of an erased line it is forgotten what was sent.
      if (known === null || known?.equals(fingerprint)) continue;
      throw otherLines(batch.id, await this.find(this.dataSource.manager, batch.id));
    }
  }

  /** Ends the upload, and begins the batch; whether it had begun before. Throws `ProblemError`. */
  finish(caller: Caller, batch: UploadedBatch, lineCount: number, at: Date): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      await manager.query(LOCK_BATCH, [batch.id]);
      const found = await this.find(manager, batch.id);
      if (found.lineCount !== lineCount) throw otherLines(batch.id, found);
      if (found.receivedAt !== null) return true;
      if (found.status !== 'receiving') throw otherLines(batch.id, found);
      const waiting = lineCount > found.ended;
      await manager.query(END_UPLOAD, [batch.id, waiting ? 'running' : 'completed', at]);
      if (waiting) await this.batches.sendLanes(manager, batch.id, lineCount);
      await this.auditTrail.record(manager, {
        action: 'batch.received',
        at,
        actor: actorOf(caller),
        clientId: caller.clientId,
        details: { batchId: batch.id, lines: lineCount, invalid: found.invalid },
      });
      return false;
    });
  }

  /** Gives up an upload; one that had ended before is left as it is. */
  async cancel(caller: Caller, { id, receivedAt }: UploadedBatch, at: Date): Promise<void> {
    if (receivedAt === null) await this.batches.change(caller, id, 'cancel', at);
  }

  private async insert({ id }: UploadedBatch, rows: readonly LineRow[], at: Date): Promise<number> {
    const [totals] = await this.dataSource.query<{ lines: number; invalid: number }[]>(
      STORE_LINES,
      [
        id,
        at,
        rows.map((row) => row.id),
        rows.map((row) => row.number),
        rows.map((row) => laneOf(row.number)),
        rows.map((row) => row.fingerprint),
        rows.map((row) => row.personHash),
        rows.map((row) => row.cell),
        rows.map((row) => row.reference),
        rows.map((row) => row.issues && JSON.stringify(row.issues)),
      ],
    );
    this.metrics.batchLines('invalid', totals?.invalid ?? 0);
    return totals?.lines ?? 0;
  }

  private toRow(line: CheckedLine, number: number): LineRow {
    const id = newId();
    if (!line.valid) {
      // The bytes as they are: what is not UTF-8 has no text.
      const fingerprint = this.hasher.fingerprint(line.bytes.toString('latin1'));
      const { issues } = line;
      return { id, number, fingerprint, personHash: null, cell: null, reference: null, issues };
    }
    const { application, person } = line;
    return {
      id,
      number,
      fingerprint: this.hasher.fingerprint(application),
      personHash: this.hasher.person(person),
      cell: this.cells.encrypt(id, application),
      reference: application.reference ?? null,
      issues: null,
    };
  }

  private async find(manager: EntityManager, id: string): Promise<UploadState> {
    const [found] = await manager.query<UploadState[]>(FIND_UPLOAD, [id]);
    if (!found) throw new ProblemError('batch-ended', { members: { batchId: id } });
    return found;
  }
}

/** Why the lines of an upload are not those of its batch: they are others, or nobody takes them any more. */
function otherLines(batchId: string, { status, receivedAt }: UploadState): ProblemError {
  const givenUp = status === 'cancelled' && receivedAt === null;
  return givenUp
    ? new ProblemError('batch-ended', { members: { batchId } })
    : new ProblemError('idempotency-key-reused', {
        detail: 'A batch of this Idempotency-Key has other lines: use a new one for other lines.',
        members: { batchId },
      });
}
