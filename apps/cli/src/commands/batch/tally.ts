import type { CheckedRow } from '../../input/rows/check-row.js';
import type { RowIssue } from '../../input/rows/row.js';
import type { Output } from '../../runtime/output.js';

/** How many lines have the same fault. */
interface Counted extends RowIssue {
  readonly lines: number;
}

/** What the check of a file found, as a line of JSON has it. */
export interface FileCheck {
  readonly lines: number;
  readonly invalid: number;
  readonly issues: readonly Counted[];
  readonly warnings: readonly Counted[];
}

/** Counts the lines of a file while they pass, and reports each that is not valid. */
export class Tally {
  readonly #output: Output;
  readonly #issues = new Map<string, Counted>();
  readonly #warnings = new Map<string, Counted>();
  #lines = 0;
  #invalid = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  get lines(): number {
    return this.#lines;
  }

  get invalid(): number {
    return this.#invalid;
  }

  get check(): FileCheck {
    return {
      lines: this.#lines,
      invalid: this.#invalid,
      issues: [...this.#issues.values()],
      warnings: [...this.#warnings.values()],
    };
  }

  async add(rows: readonly CheckedRow[]): Promise<void> {
    for (const row of rows) {
      this.#lines += 1;
      count(this.#warnings, row.warnings);
      if (row.json === null) await this.#report(row);
    }
  }

  /** Says what is unlikely, though it is sent. */
  async warn(): Promise<void> {
    for (const { field, code, lines } of this.#warnings.values()) {
      await this.#output.warn(`${field} ${code} in ${lines === 1 ? '1 line' : `${lines} lines`}`);
    }
  }

  async #report({ number, line, issues }: CheckedRow): Promise<void> {
    this.#invalid += 1;
    count(this.#issues, issues);
    const place = number === line ? `line ${line}` : `line ${line} (item ${number})`;
    const faults = issues.map(({ field, code }) => `${field} ${code}`);
    await this.#output.note(`${place}: ${faults.join(', ')}`);
  }
}

/** A line counts once for each fault, however often it has it. */
function count(counts: Map<string, Counted>, found: readonly RowIssue[]): void {
  const seen = new Set<string>();
  for (const { field, code } of found) {
    const key = `${field} ${code}`;
    if (seen.has(key)) continue;
    seen.add(key);
    counts.set(key, { field, code, lines: (counts.get(key)?.lines ?? 0) + 1 });
  }
}
