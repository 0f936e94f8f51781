import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const HEADING = 'certNo,name,mobile,consentReference,consentTextVersion,consentGrantedAt,reference';

export interface RowsOptions {
  /** The number of the first person; nobody has two. Default 0. */
  from?: number;
  /** Default: everybody's own, which the sandbox authorises. */
  mobile?: (number: number) => string;
}

/** Lines of CSV below a heading, one for each of so many people. */
export function csvOf(count: number, options: RowsOptions = {}): string {
  return [HEADING, ...Array.from({ length: count }, (_, at) => rowOf(at, options)), ''].join('\n');
}

/** The same as a file, however long. */
export async function writeCsv(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${HEADING}\n`);
  for (let at = 0; at < count; at += 1) {
    if (!file.write(`${rowOf(at, {})}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

function rowOf(at: number, { from = 0, mobile = usualMobile }: RowsOptions): string {
  const number = from + at;
  const certNo = `3307011999${String(number).padStart(8, '0')}`;
  const consent = `c-${number},2026-01,2026-11-24T08:00:00Z`;
  return `${certNo},张三,${mobile(number)},${consent},row-${number}`;
}

function usualMobile(number: number): string {
  return `139${String(number).padStart(8, '0')}`;
}
