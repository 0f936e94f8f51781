import { isUtf8 } from 'node:buffer';
import type { RawLine, SplitFault } from './line-splitter.js';

/** Why a line cannot be read. */
export type LineFault = SplitFault | 'NOT_UTF8' | 'NOT_JSON' | 'NOT_CSV' | 'COLUMN_COUNT';

/** A line with the value that it holds, or with what keeps it from being read. */
export type ReadLine = { bytes: Buffer; value: unknown } | { bytes: Buffer; fault: LineFault };

/** Reads each line as JSON. */
export function readJsonLines(lines: readonly RawLine[]): ReadLine[] {
  return lines.map((line) => {
    const { bytes } = line;
    const fault = faultOf(line);
    if (fault !== null) return { bytes, fault };
    try {
      return { bytes, value: JSON.parse(bytes.toString('utf8')) as unknown };
    } catch {
      return { bytes, fault: 'NOT_JSON' };
    }
  });
}

/** What can be told of a line without reading it; null where nothing is wrong. */
export function faultOf({ bytes, fault }: RawLine): LineFault | null {
  return fault ?? (isUtf8(bytes) ? null : 'NOT_UTF8');
}
