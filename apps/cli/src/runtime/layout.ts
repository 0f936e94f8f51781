import stringWidth from 'string-width';

export type Fields = readonly (readonly [label: string, value: string | null])[];

/** A column of a table. A null value reads `-`. */
export interface Column<Row> {
  readonly heading: string;
  readonly value: (row: Row) => string | null;
  /** Whether it is cut where the terminal is too narrow; ids never are. */
  readonly flexible?: boolean;
}

const GAP = '  ';
/** Narrower than this a flexible column says nothing any more. */
const NARROWEST = 8;

/** Lines of `label  value` with the values in one column. */
export function alignFields(fields: Fields, styleLabel: (text: string) => string): string[] {
  const width = Math.max(0, ...fields.map(([label]) => stringWidth(label)));
  return fields.map(([label, value]) => `${styleLabel(pad(label, width))}${GAP}${shown(value)}`);
}

/** The same for a pipe: `label`, a tab, `value`. */
export function plainFields(fields: Fields): string[] {
  return fields.map(([label, value]) => `${label}\t${shown(value)}`);
}

/** Rows for a pipe: values parted by tabs, no heading. */
export function plainRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  return rows.map((row) => columns.map(({ value }) => shown(value(row))).join('\t'));
}

/** A table that may come in several pieces: the columns only grow, and the heading stands once. */
export class AlignedTable<Row> {
  readonly #columns: readonly Column<Row>[];
  readonly #terminalWidth: number;
  readonly #styleHeading: (text: string) => string;
  readonly #widths: number[];
  #hasHeading = false;

  constructor(
    columns: readonly Column<Row>[],
    terminalWidth: number,
    styleHeading: (text: string) => string,
  ) {
    this.#columns = columns;
    this.#terminalWidth = terminalWidth;
    this.#styleHeading = styleHeading;
    this.#widths = columns.map(({ heading }) => stringWidth(heading));
  }

  lines(rows: readonly Row[]): string[] {
    const cells = rows.map((row) => this.#columns.map(({ value }) => shown(value(row))));
    for (const row of cells) {
      for (const [column, cell] of row.entries()) {
        this.#widths[column] = Math.max(this.#widths[column] ?? 0, stringWidth(cell));
      }
    }
    const widths = this.#fittingWidths();
    const heading = this.#line(
      this.#columns.map(({ heading: text }) => text),
      widths,
    );
    const lines = cells.map((row) => this.#line(row, widths));
    if (this.#hasHeading) return lines;
    this.#hasHeading = true;
    return [this.#styleHeading(heading), ...lines];
  }

  /** What is missing is taken from the flexible columns, the widest first. */
  #fittingWidths(): number[] {
    const widths = [...this.#widths];
    const gaps = GAP.length * Math.max(0, widths.length - 1);
    const excess = () => widths.reduce((sum, width) => sum + width, gaps) - this.#terminalWidth;
    while (excess() > 0) {
      const widest = this.#columns.reduce<number | null>((best, { flexible }, column) => {
        if (flexible !== true || (widths[column] ?? 0) <= NARROWEST) return best;
        return best === null || (widths[column] ?? 0) > (widths[best] ?? 0) ? column : best;
      }, null);
      if (widest === null) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
    return widths;
  }

  #line(cells: readonly string[], widths: readonly number[]): string {
    return cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const text = this.#columns[column]?.flexible === true ? cut(cell, width) : cell;
        return column < cells.length - 1 ? pad(text, width) : text;
      })
      .join(GAP);
  }
}

/** Text in at most so many columns of a terminal, in which a Chinese character takes two. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

const UNSAFE = /([\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069])(\[\d+m)?/gu;

/** One line of text: what another side sent must neither break the line nor steer the terminal. */
function shown(value: string | null): string {
  if (value === null) return '-';
  return value.replace(UNSAFE, (found, character: string, colour = '') => {
    if (character === '\u001b' && colour !== '') return found;
    return `${/\s/.test(character) ? ' ' : '\uFFFD'}${colour}`;
  });
}
