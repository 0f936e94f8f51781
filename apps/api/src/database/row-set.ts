/** A column of a set of rows: its name, its type in Postgres, and its value in each row. */
export type RowSetColumn<Row> = [name: string, type: string, value: (row: Row) => unknown];

/** Rows as parameters of a statement, one array a column: the statement's text is the same however many there are. */
export interface RowSet<Row> {
  /** SQL of the part of a statement that holds them, as `WITH name AS (…)` takes it. */
  sql: string;
  values: (rows: readonly Row[]) => unknown[];
}

/** @example rowSet([['id', 'uuid', ({ id }) => id]]) // SELECT * FROM unnest($1::uuid[]) AS r (id) */
export function rowSet<Row>(columns: readonly RowSetColumn<Row>[]): RowSet<Row> {
  const arrays = columns.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ');
  const names = columns.map(([name]) => name).join(', ');
  return {
    sql: `SELECT * FROM unnest(${arrays}) AS r (${names})`,
    values: (rows) => columns.map(([, , value]) => rows.map(value)),
  };
}
