/** How a file may hold its rows. */
export const ROW_FORMATS = ['csv', 'jsonl'] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

/** What is wrong with a row: where, and a stable code; never a value. */
export interface RowIssue {
  readonly field: string;
  readonly code: string;
}

/** A record of a file as it was read: its value, not checked yet, or why it has none. */
export interface Row {
  /** Among the records, from 1: a heading and blank lines have none. */
  readonly number: number;
  /** Where it ends in the file, from 1. */
  readonly line: number;
  readonly value: unknown;
  /** Set where the record cannot be read; the rest of the file can. */
  readonly unreadable?: RowIssue;
}

/** No application takes as much; what is longer is something else. */
export const LONGEST_ROW = 16 * 1024;

/** What stands for the record as a whole in an issue. */
export const WHOLE_ROW = 'line';

const REPLACEMENT = '\uFFFD';

/** What a decoder puts in the place of bytes that are no text of the file's encoding. */
export function isUndecodable(text: string): boolean {
  return text.includes(REPLACEMENT);
}
