import type { Clock } from '../clock/clock.js';
import {
  CellError,
  cellPrefix,
  decryptCellBytes,
  encryptCell,
  type CellPlace,
} from '../crypto/cell.js';
import { CELL_COLUMNS, type CellColumn } from '../crypto/cell-columns.js';
import { UnknownKeyError, type KeyProvider } from '../crypto/key-provider.js';
import type { FoundCell, ReplacedCell, RekeyRepository } from './rekey.repository.js';

/** A cell that none of the configured keys opens. */
interface UnreadableCell extends CellPlace {
  reason: 'damaged' | 'unknown-key';
}

export interface RekeyReport {
  primaryKeyId: string;
  cells: number;
  /** How many were encrypted anew. */
  rekeyed: number;
  /** How many another key than the primary one still encrypts. */
  remaining: number;
  /** How many no configured key opens; the first of them are listed. */
  unreadable: number;
  firstUnreadable: readonly UnreadableCell[];
  /** Whether it was told to stop before it was finished. */
  stopped: boolean;
}

interface RekeyOptions {
  /** Counts and reads everything, and changes nothing. */
  dryRun: boolean;
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

const CELLS_AT_ONCE = 500;
/** Whoever still writes with an old key could keep it going for ever. */
const MOST_PASSES = 3;
const MOST_LISTED = 20;

/**
 * Encrypts with the primary key whatever another key encrypts, while the service goes on. It keeps no state: stopped
 * at any moment it goes on where it was, since what is done shows in each cell's first bytes.
 */
export class Rekeyer {
  constructor(
    private readonly cells: RekeyRepository,
    private readonly keys: KeyProvider,
    private readonly clock: Clock,
  ) {}

  async run({ dryRun, signal, onProgress }: RekeyOptions): Promise<RekeyReport> {
    const { primaryKeyId } = this.keys;
    const total = (await this.count()).others;
    let rekeyed = 0;
    for (let pass = 0; pass < MOST_PASSES && !dryRun && !signal.aborted; pass += 1) {
      for (const column of CELL_COLUMNS) {
        await this.rekeyColumn(column, signal, (count) => {
          rekeyed += count;
          onProgress(rekeyed, Math.max(total, rekeyed));
        });
      }
      if ((await this.count()).others === 0) break;
    }
    const unreadable = await this.findUnreadable(signal);
    const { cells, others: remaining } = await this.count();
    return { primaryKeyId, cells, rekeyed, remaining, ...unreadable, stopped: signal.aborted };
  }

  private async count(): Promise<{ cells: number; others: number }> {
    const prefix = cellPrefix(this.keys.primaryKeyId);
    const sum = { cells: 0, others: 0 };
    for (const column of CELL_COLUMNS) {
      const { cells, others } = await this.cells.count(column, prefix);
      sum.cells += cells;
      sum.others += others;
    }
    return sum;
  }

  private async rekeyColumn(
    column: CellColumn,
    signal: AbortSignal,
    onRekeyed: (count: number) => void,
  ): Promise<void> {
    const prefix = cellPrefix(this.keys.primaryKeyId);
    for await (const found of this.pages(column, signal, prefix)) {
      const replaced = found.flatMap((cell): ReplacedCell[] => {
        const content = this.open(column, cell);
        if (!Buffer.isBuffer(content)) return [];
        return [{ ...cell, replacement: encryptCell(this.keys, content, placeOf(column, cell)) }];
      });
      const { primaryKeyId } = this.keys;
      onRekeyed(await this.cells.replace(column, replaced, primaryKeyId, this.clock()));
    }
  }

  /** Opens every cell there is: what the report says was seen, not concluded. */
  private async findUnreadable(
    signal: AbortSignal,
  ): Promise<Pick<RekeyReport, 'unreadable' | 'firstUnreadable'>> {
    const firstUnreadable: UnreadableCell[] = [];
    let unreadable = 0;
    for (const column of CELL_COLUMNS) {
      for await (const found of this.pages(column, signal)) {
        for (const cell of found) {
          const content = this.open(column, cell);
          if (Buffer.isBuffer(content)) continue;
          unreadable += 1;
          if (firstUnreadable.length === MOST_LISTED) continue;
          firstUnreadable.push({ ...placeOf(column, cell), reason: content });
        }
      }
    }
    return { unreadable, firstUnreadable };
  }

  private async *pages(column: CellColumn, signal: AbortSignal, exceptPrefix?: Buffer) {
    let after: string | undefined;
    while (!signal.aborted) {
      const found = await this.cells.find(column, after, CELLS_AT_ONCE, exceptPrefix);
      if (found.length > 0) yield found;
      if (found.length < CELLS_AT_ONCE) return;
      after = found.at(-1)?.key;
    }
  }

  private open(column: CellColumn, cell: FoundCell): Buffer | UnreadableCell['reason'] {
    try {
      return decryptCellBytes(this.keys, cell.cell, placeOf(column, cell));
    } catch (error) {
      if (error instanceof UnknownKeyError) return 'unknown-key';
      if (error instanceof CellError) return 'damaged';
      throw error;
    }
  }
}

function placeOf({ table, column }: CellColumn, { rowId }: FoundCell): CellPlace {
  return { table, column, rowId };
}
