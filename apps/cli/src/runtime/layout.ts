import stringWidth from 'string-width';
import { pad, shown, wrap } from './text-width.js';

/** A label and its value; `prose` may be parted into lines, what is copied must not. */
export type Fields = readonly (readonly [label: string, value: string | null, kind?: 'prose'])[];

/** A column of a table. A null value reads `-`. */
export interface Column<Row> {
  readonly heading: string;
  readonly value: (row: Row) => string | null;
  /** Whether it is made narrower where the terminal is too narrow; ids never are. */
  readonly flexible?: boolean;
  /** A flexible last column is parted into lines then, not cut. */
  readonly wraps?: boolean;
  /** Left out where the terminal is still too narrow, the lowest first. */
  readonly rank?: number;
}

const GAP = '  ';
/** Narrower than this prose is left to the terminal. */
const NARROWEST = 16;

/** Lines of `label  value` with the values in one column of a terminal. */
export function alignFields(
  fields: Fields,
  terminalWidth: number,
  styleLabel: (text: string) => string,
): string[] {
  const width = Math.max(0, ...fields.map(([label]) => stringWidth(label)));
  const room = terminalWidth - width - GAP.length;
  return fields.flatMap(([label, value, kind]) => {
    const text = shown(value);
    const [first = '', ...others] =
      kind === 'prose' && room >= NARROWEST ? wrap(text, room) : [text];
    return [
      `${styleLabel(pad(label, width))}${GAP}${first}`,
      ...others.map((line) => `${' '.repeat(width)}${GAP}${line}`),
    ];
  });
}

/** The same for a pipe: `label`, a tab, `value`. */
export function plainFields(fields: Fields): string[] {
  return fields.map(([label, value]) => `${label}\t${shown(value)}`);
}

/** Rows for a pipe: values parted by tabs, no heading. */
export function plainRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  return rows.map((row) => columns.map(({ value }) => shown(value(row))).join('\t'));
}
