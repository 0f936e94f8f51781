import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EncryptedCell } from '../../crypto/cell.js';
import { FIND_OWNER, READ_LANE } from './turn-sql.js';

/** On whose behalf the lines of a batch are applied for. */
export interface BatchOwner {
  clientId: string;
  apiKeyId: string;
  /** The request that brought the batch. */
  requestId: string;
}

/** A line that has not ended. */
export interface WaitingLine {
  id: string;
  number: number;
  /** How often it failed for a reason that nobody foresaw. */
  tries: number;
  cell: EncryptedCell;
}

/** Reads what there is to do in a lane. */
@Injectable()
export class LanesRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Null where the batch does not run. */
  async findOwner(batchId: string): Promise<BatchOwner | null> {
    const [owner] = await this.dataSource.query<BatchOwner[]>(FIND_OWNER, [batchId]);
    return owner ?? null;
  }

  /** The next lines behind a number, at most so many; none where the batch has to wait. */
  read(batchId: string, lane: number, behind: number, most: number): Promise<WaitingLine[]> {
    return this.dataSource.query<WaitingLine[]>(READ_LANE, [batchId, lane, behind, most]);
  }
}
