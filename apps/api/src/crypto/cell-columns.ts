/** A column that holds cells, and the column whose value each cell is bound to. */
export interface CellColumn {
  table: string;
  column: string;
  rowId: string;
}

/** Every column of the database that holds cells: what a change of keys has to go through. */
export const CELL_COLUMNS: readonly CellColumn[] = [
  { table: 'authorization_tokens', column: 'access_token_cell', rowId: 'authorization_id' },
  { table: 'authorization_tokens', column: 'refresh_token_cell', rowId: 'authorization_id' },
  { table: 'quarantined_answers', column: 'content_cell', rowId: 'attempt_id' },
  { table: 'authorizations', column: 'resolution_note_cell', rowId: 'id' },
];
