/** A column that holds cells, the column that its rows are found by, and the value that each cell is bound to. */
export interface CellColumn {
  table: string;
  column: string;
  key: string;
  /** SQL of the cell's `rowId`. */
  rowId: string;
}

const TOKENS = {
  table: 'authorization_tokens',
  key: 'authorization_id',
  rowId: "authorization_id || '@' || floor(extract(epoch FROM obtained_at) * 1000)::bigint",
};

/** Every column of the database that holds cells: what a change of keys has to go through. */
export const CELL_COLUMNS: readonly CellColumn[] = [
  { ...TOKENS, column: 'access_token_cell' },
  { ...TOKENS, column: 'refresh_token_cell' },
  {
    table: 'quarantined_answers',
    column: 'content_cell',
    key: 'attempt_id',
    rowId: 'attempt_id::text',
  },
  { table: 'authorizations', column: 'resolution_note_cell', key: 'id', rowId: 'id::text' },
  { table: 'batch_lines', column: 'application_cell', key: 'id', rowId: 'id::text' },
];
