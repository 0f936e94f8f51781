import { AlignedTable } from './aligned-table.js';
import { alignFields, plainFields, plainRows, type Column, type Fields } from './layout.js';
import type { Style } from './style.js';
import { formatTime, localOffset } from './time.js';

/** How a command lays its result out for people, or for a pipe. */
export interface View {
  /** Colouring functions; without colours they return the text as it is. */
  readonly style: Style;
  /** A record: aligned on a terminal, `label`, tab, `value` in a pipe. */
  fields(fields: Fields): string[];
  /** An instant in the local zone, or in UTC with `--utc`; a text is one in ISO 8601. */
  time(at: Date | string): string;
}

/** Lays out rows as they come: a table with a heading on a terminal, parted by tabs in a pipe. */
export interface RowLayout<Row> {
  lines(rows: readonly Row[]): string[];
  /** Headings of columns that found no room. */
  readonly omitted: readonly string[];
}

export interface ViewOptions {
  readonly style: Style;
  /** The terminal's columns; null where it is none. */
  readonly width: number | null;
  readonly utc: boolean;
}

export function createView({ style, width, utc }: ViewOptions): View {
  return {
    style,
    fields: (fields) =>
      width === null ? plainFields(fields) : alignFields(fields, width, style.bold),
    time: (at) => {
      const instant = new Date(at);
      return formatTime(instant, utc ? null : localOffset(instant));
    },
  };
}

export function createRowLayout<Row>(
  columns: readonly Column<Row>[],
  { style, width }: ViewOptions,
): RowLayout<Row> {
  if (width === null) return { lines: (rows) => plainRows(columns, rows), omitted: [] };
  return new AlignedTable(columns, width, style.bold);
}
