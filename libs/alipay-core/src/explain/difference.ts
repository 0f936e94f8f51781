import { encodeText, type Charset } from '../charset/index.js';
import { redactInPlace, sensitiveValues } from '../redaction/index.js';
import { commonPrefix } from './echo.js';

/** A part of a string to sign in one line: control characters are shown by their pictures. */
export interface Excerpt {
  text: string;
  /** Where the difference begins, in code units of `text`. */
  caret: number;
  /** The same in columns of a terminal, in which a Chinese character takes two. */
  column: number;
}

/** Where two strings to sign part. */
export interface SignatureDifference {
  /** The first character that differs, in characters (code points) from 0. */
  index: number;
  /** The same in bytes of the charset; null where the charset cannot hold what stands before. */
  byteIndex: number | null;
  /** The parameter in which it lies, or null where it lies before the first one. */
  parameter: string | null;
  /** Of what was signed. Personal data and credentials are hidden unless revealed. */
  expected: Excerpt;
  /** Of what the gateway made of the request. */
  actual: Excerpt;
}

const CONTEXT = 24;
/** Unicode's pictures of the control characters, in their order: ␀ is the first. */
const CONTROL_PICTURES = 0x2400;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;
const PARAMETER = /(?:^|&)([A-Za-z_][\w.]*)=/g;

/** Finds the first difference; null where the texts are equal. */
export function differenceOf(
  signed: string,
  received: string,
  { charset, reveal }: { charset: Charset; reveal: boolean },
): SignatureDifference | null {
  if (signed === received) return null;
  const at = commonPrefix(signed, received);
  // What was signed is whole: its values must not show where the other text lost the name in front of them.
  const secrets = reveal ? [] : sensitiveValues(signed).filter((value) => value.length > 1);
  const shown = (text: string) => excerpt(reveal ? text : redactInPlace(text, secrets), at);
  return {
    index: Array.from(signed.slice(0, at)).length,
    byteIndex: byteLength(signed.slice(0, at), charset),
    parameter: parameterAt(signed, at) ?? parameterAt(received, at),
    expected: shown(signed),
    actual: shown(received),
  };
}

/** The parameter whose name or value holds the code unit; the last one holds the end. */
function parameterAt(text: string, at: number): string | null {
  let name: string | null = null;
  for (const match of text.matchAll(PARAMETER)) {
    if (match.index > at) break;
    name = match[1] ?? null;
  }
  return name;
}

function byteLength(text: string, charset: Charset): number | null {
  try {
    return encodeText(text, charset).length;
  } catch {
    return null;
  }
}

function excerpt(text: string, at: number): Excerpt {
  const start = wholeCharacter(text, Math.max(0, at - CONTEXT));
  const end = wholeCharacter(text, Math.min(text.length, at + CONTEXT));
  const before = (start > 0 ? '…' : '') + inOneLine(text.slice(start, at));
  const after = inOneLine(text.slice(at, end)) + (end < text.length ? '…' : '');
  return { text: before + after, caret: before.length, column: columns(before) };
}

function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** Each code unit stays one, so that the caret stays where it is. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (hidden) => {
    const code = hidden.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
    return '\uFFFD'.repeat(hidden.length);
  });
}

function columns(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!COMBINING.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}
