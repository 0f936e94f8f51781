import { linesOf } from './lines.js';
import { isUndecodable, LONGEST_ROW, WHOLE_ROW, type Row } from './row.js';

/** Parts text into records of JSON, one a line; blank lines are none. */
export async function* readJsonlRows(
  pieces: AsyncIterable<string>,
): AsyncGenerator<Row[], void, undefined> {
  let number = 0;
  let line = 0;
  for await (const texts of linesOf(pieces, LONGEST_ROW + 1)) {
    const rows: Row[] = [];
    for (const text of texts) {
      line += 1;
      if (text.trim() === '') continue;
      number += 1;
      rows.push({ number, line, ...parse(text) });
    }
    yield rows;
  }
}

function parse(text: string): Pick<Row, 'value' | 'unreadable'> {
  if (text.length > LONGEST_ROW) return unreadable('LINE_TOO_LONG');
  if (isUndecodable(text)) return unreadable('UNDECODABLE_CHARACTER');
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return unreadable('NOT_JSON');
  }
}

function unreadable(code: string): Pick<Row, 'value' | 'unreadable'> {
  return { value: null, unreadable: { field: WHOLE_ROW, code } };
}
