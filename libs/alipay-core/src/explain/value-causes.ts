import {
  decodeText,
  decodeTextLossily,
  encodeText,
  fromBinaryText,
  toBinaryText,
  type Charset,
} from '../charset/index.js';
import type { SignatureCauseCode } from './signature-causes.js';
import { compactJson, percentDecode, unescapeHtml } from './text-escapes.js';

const HOUR_MS = 3_600_000;
const TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const RESERVED = /^[&#%+]/;
/** What a charset cannot hold, or what stands in its place. */
const FOREIGN_RUN = /[^\x20-\x7e]+|\?+/g;

/** What turned a signed value into the one received, and what shows it; neither text is quoted. */
export interface ValueCause {
  code: SignatureCauseCode;
  evidence: string;
  isChecked: boolean;
}

/** Ways in which one value becomes the other, each checked by doing it; the first that fits is the cause. */
const CONVERSIONS: readonly (readonly [
  SignatureCauseCode,
  string,
  (signed: string, received: string) => boolean,
])[] = [
  ['line-ends', 'Without CR they are equal.', (a, b) => equalBy(a, b, (text) => text.replaceAll('\r', ''))],
  ['plus-as-space', 'With + read as a space they are equal.', (a, b) => a.replaceAll('+', ' ') === b],
  ['space-encoding', 'With + and %20 read as spaces they are equal.', (a, b) => equalBy(a, b, spaces)],
  ['double-encoding', 'Percent-decoding what arrived yields what was signed.', (a, b) => decodings(b).includes(a)],
  ['signed-encoded', 'Percent-decoding what was signed yields what arrived.', (a, b) => decodings(a).includes(b)],
  ['html-escaped', "Without HTML's escapes they are equal.", (a, b) => equalBy(a, b, unescapeHtml)],
  ['json-rewritten', 'As JSON they are equal.', (a, b) => compactJson(a) !== null && compactJson(a) === compactJson(b)],
  ['white-space', 'Without white space they are equal.', (a, b) => equalBy(a, b, (text) => text.replace(/\s/g, ''))],
  ['letter-case', 'In lower case they are equal.', (a, b) => equalBy(a, b, (text) => text.toLowerCase())],
  ['cut-value', 'What arrived ends where a reserved character stands.', (a, b) => a.startsWith(b) && RESERVED.test(a.slice(b.length))],
]; // prettier-ignore

const READINGS: readonly (readonly [Charset, Charset])[] = [
  ['utf-8', 'gbk'],
  ['gbk', 'utf-8'],
  ['utf-8', 'gb18030'],
  ['gb18030', 'utf-8'],
];

/** Says what may have turned a signed value into the one received. */
export function valueCause(name: string, signed: string, received: string): ValueCause {
  if (name === 'timestamp') {
    const cause = timestampCause(signed, received);
    if (cause !== null) return cause;
  }
  for (const [code, evidence, fits] of CONVERSIONS) {
    if (fits(signed, received)) return { code, evidence, isChecked: true };
  }
  return (
    charsetCause(signed, received) ?? {
      code: 'value-differs',
      evidence: 'No usual conversion turns one into the other.',
      isChecked: false,
    }
  );
}

function timestampCause(signed: string, received: string): ValueCause | null {
  if (!TIMESTAMP.test(signed) || !TIMESTAMP.test(received)) return null;
  const difference = utc(received) - utc(signed);
  if (difference !== 0 && difference % HOUR_MS === 0) {
    const evidence = `They lie ${Math.abs(difference) / HOUR_MS} whole hours apart.`;
    return { code: 'timestamp-zone', evidence, isChecked: false };
  }
  const evidence = `They lie ${Math.abs(difference) / 1_000} seconds apart.`;
  return { code: 'timestamp-differs', evidence, isChecked: true };
}

function charsetCause(signed: string, received: string): ValueCause | null {
  for (const [from, to] of READINGS) {
    const direction = misread(signed, from, to) === received;
    if (!direction && misread(received, from, to) !== signed) continue;
    const side = direction ? 'what was signed' : 'what arrived';
    const evidence = `Written in ${from} and read in ${to}, ${side} becomes the other.`;
    return { code: 'charset', evidence, isChecked: true };
  }
  if (latin1Reading(signed) === received || latin1Reading(received) === signed) {
    const evidence = 'Written in utf-8 and read in ISO 8859-1, one becomes the other.';
    return { code: 'charset', evidence, isChecked: true };
  }
  if (!equalBy(signed, received, (text) => text.replace(FOREIGN_RUN, '\uFFFD'))) return null;
  return /[?\uFFFD]/.test(received)
    ? { code: 'lost-characters', evidence: '? or U+FFFD stand where other characters were signed.', isChecked: false } // prettier-ignore
    : { code: 'charset', evidence: 'Only characters beyond ASCII differ.', isChecked: false };
}

function misread(text: string, from: Charset, to: Charset): string | null {
  if (/^\p{ASCII}*$/u.test(text)) return null;
  try {
    return decodeTextLossily(encodeText(text, from), to);
  } catch {
    return null;
  }
}

function latin1Reading(text: string): string | null {
  if (/^\p{ASCII}*$/u.test(text) || /\p{Cs}/u.test(text)) return null;
  return toBinaryText(encodeText(text, 'utf-8'));
}

function utc(timestamp: string): number {
  return Date.parse(`${timestamp.replace(' ', 'T')}Z`);
}

function equalBy(a: string, b: string, simplify: (text: string) => string): boolean {
  return simplify(a) === simplify(b);
}

function spaces(text: string): string {
  return text.replace(/\+|%20/g, ' ');
}

/** What percent-decoding makes of a text, in every charset that it may be encoded in. */
function decodings(text: string): string[] {
  if (!/%[\da-f]{2}/i.test(text) || !/^\p{ASCII}*$/u.test(text)) return [];
  const asPath = fromBinaryText(percentDecode(text));
  const asForm = fromBinaryText(percentDecode(text.replaceAll('+', ' ')));
  return [asPath, asForm].flatMap((bytes) => {
    const inUtf8 = decodeText(bytes, 'utf-8');
    return inUtf8 === null ? [decodeTextLossily(bytes, 'gb18030')] : [inUtf8];
  });
}
