import type { DataSource } from 'typeorm';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { EncryptedCell } from '../crypto/cell.js';
import type { CellColumn } from '../crypto/cell-columns.js';
import { inTransaction } from '../database/in-transaction.js';

/** A cell with the row that it stands in. */
export interface FoundCell {
  key: string;
  /** What the cell is bound to. */
  rowId: string;
  cell: EncryptedCell;
}

/** A cell, and what is to stand in its place. */
export interface ReplacedCell extends FoundCell {
  replacement: EncryptedCell;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Reads and replaces cells of any column. The names come from `CELL_COLUMNS`, never from outside. */
export class RekeyRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** How many cells a column has, and how many of them do not begin with the prefix. */
  async count(
    { table, column }: CellColumn,
    prefix: Buffer,
  ): Promise<{ cells: number; others: number }> {
    const [row] = await this.dataSource.query<{ cells: number; others: number }[]>(
      `SELECT count(${column})::int AS cells,
         (count(*) FILTER (WHERE ${begins(column, '$1')} <> $1))::int AS others FROM ${table}`,
      [prefix],
    );
    return row ?? { cells: 0, others: 0 };
  }

  /**
   * Cells of a column in the order of their rows.
   *
   * @param after the row before; undefined for the first ones
   * @param exceptPrefix leaves out the cells that begin with it
   */
  find(
    { table, column, key, rowId }: CellColumn,
    after: string | undefined,
    limit: number,
    exceptPrefix?: Buffer,
  ): Promise<FoundCell[]> {
    const others = exceptPrefix ? `AND ${begins(column, '$3')} <> $3` : '';
    return this.dataSource.query<FoundCell[]>(
      `SELECT ${key} AS key, ${rowId} AS "rowId", ${column} AS cell FROM ${table}
       WHERE ${key} > $1 AND ${column} IS NOT NULL ${others} ORDER BY ${key} LIMIT $2`,
      [after ?? FIRST_ID, limit, ...(exceptPrefix ? [exceptPrefix] : [])],
    );
  }

  /**
   * Replaces cells that are still what was read, and answers how many that were: whoever wrote one meanwhile, or is
   * about to, wins, and nobody waits.
   */
  replace(
    { table, column, key }: CellColumn,
    cells: readonly ReplacedCell[],
    keyId: string,
    at: Date,
  ): Promise<number> {
    return inTransaction(this.dataSource, async (manager) => {
      const [, count] = await manager.query<[unknown[], number]>(
        `WITH free AS (
           SELECT ${key} AS id FROM ${table} WHERE ${key} = ANY($1::uuid[])
           ORDER BY ${key} FOR UPDATE SKIP LOCKED
         )
         UPDATE ${table} AS t SET ${column} = n.replacement
         FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS n (id, cell, replacement), free
         WHERE t.${key} = n.id AND free.id = n.id AND t.${column} = n.cell`,
        [
          cells.map((one) => one.key),
          cells.map((one) => one.cell),
          cells.map((one) => one.replacement),
        ],
      );
      if (count > 0) {
        await this.auditTrail.record(manager, {
          action: 'keys.rekeyed',
          at,
          actor: { kind: 'service' },
          clientId: null,
          details: { table, column, keyId, count },
        });
      }
      return count;
    });
  }
}

/** SQL of as many bytes of a cell as a prefix has. */
function begins(column: string, prefix: string): string {
  return `substring(${column} FROM 1 FOR octet_length(${prefix}::bytea))`;
}
