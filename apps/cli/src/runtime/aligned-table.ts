import stringWidth from 'string-width';
import type { Column } from './layout.js';
import { cut, pad, shown, wrap } from './text-width.js';

const GAP = '  ';
/** Narrower than this a column says nothing any more. */
const NARROWEST = 8;

/** A table that may come in several pieces: the columns only grow, and the heading stands once. */
export class AlignedTable<Row> {
  readonly #terminalWidth: number;
  readonly #styleHeading: (text: string) => string;
  #columns: readonly Column<Row>[];
  #widths: number[] = [];
  #hasHeading = false;
  #omitted: string[] = [];

  constructor(
    columns: readonly Column<Row>[],
    terminalWidth: number,
    styleHeading: (text: string) => string,
  ) {
    this.#columns = columns;
    this.#terminalWidth = terminalWidth;
    this.#styleHeading = styleHeading;
  }

  /** Headings of the columns that found no room. */
  get omitted(): readonly string[] {
    return this.#omitted;
  }

  lines(rows: readonly Row[]): string[] {
    if (!this.#hasHeading) this.#chooseColumns(rows);
    const cells = rows.map((row) => this.#columns.map(({ value }) => shown(value(row))));
    for (const row of cells) {
      for (const [column, cell] of row.entries()) {
        this.#widths[column] = Math.max(this.#widths[column] ?? 0, stringWidth(cell));
      }
    }
    const widths = this.#fittingWidths();
    const lines = cells.flatMap((row) => this.#lines(row, widths));
    if (this.#hasHeading) return lines;
    this.#hasHeading = true;
    const headings = this.#columns.map(({ heading }) => heading);
    return [...this.#lines(headings, widths).map(this.#styleHeading), ...lines];
  }

  /** Once, by the first rows: a heading that is written cannot change. */
  #chooseColumns(rows: readonly Row[]): void {
    const sized = this.#columns.map((column) => {
      const { heading, value, flexible } = column;
      const texts = [heading, ...rows.map((row) => shown(value(row)))];
      const width = Math.max(...texts.map((text) => stringWidth(text)));
      return { column, width: flexible === true ? Math.min(width, NARROWEST) : width };
    });
    const total = () => sized.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);
    while (total() > this.#terminalWidth) {
      const ranks = sized.map(({ column }) => column.rank ?? Infinity);
      const lowest = Math.min(...ranks);
      if (lowest === Infinity) break;
      const [gone] = sized.splice(ranks.indexOf(lowest), 1);
      if (gone) this.#omitted.push(gone.column.heading);
    }
    this.#columns = sized.map(({ column }) => column);
    this.#widths = this.#columns.map(({ heading }) => stringWidth(heading));
  }

  /** What is missing is taken from the columns that may be narrow, the widest first. */
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

  #lines(cells: readonly string[], widths: readonly number[]): string[] {
    const last = cells.length - 1;
    const front = cells
      .slice(0, last)
      .map((cell, column) => pad(this.#fit(cell, column, widths), widths[column] ?? 0) + GAP)
      .join('');
    const text = cells[last] ?? '';
    if (this.#columns[last]?.wraps !== true) return [front + this.#fit(text, last, widths)];
    const [first = '', ...others] = wrap(text, widths[last] ?? 0);
    return [front + first, ...others.map((line) => ' '.repeat(stringWidth(front)) + line)];
  }

  #fit(cell: string, column: number, widths: readonly number[]): string {
    return this.#columns[column]?.flexible === true ? cut(cell, widths[column] ?? 0) : cell;
  }
}
