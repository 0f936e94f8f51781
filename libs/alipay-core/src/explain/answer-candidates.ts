import {
  decodeText,
  encodeText,
  fromBinaryText,
  toBinaryText,
  type Charset,
} from '../charset/index.js';
import { charsetVariants, TEXT_VARIANTS } from './content-variants.js';
import type { Stage } from './search.js';
import { compactJson } from './text-escapes.js';
import type { VerificationCauseCode } from './verification-causes.js';

type AnswerStage = Stage<string, VerificationCauseCode>;

/** How the signed member of an answer may be cut out and written otherwise; each byte is a character. */
export function answerStages(charset: Charset): AnswerStage[] {
  const rule = { code: null, apply: (bytes: string) => bytes };
  return [
    [
      rule,
      { code: 're-serialised', apply: (bytes) => rewriteJson(bytes, charset) },
      { code: 'quotes-cut-off', apply: (bytes) => /^"(.*)"$/s.exec(bytes)?.[1] ?? null },
    ],
    [rule, ...charsetVariants(charset).map((apply) => ({ code: 'charset' as const, apply }))],
    [rule, ...TEXT_VARIANTS],
  ];
}

function rewriteJson(bytes: string, charset: Charset): string | null {
  const text = decodeText(fromBinaryText(bytes), charset);
  const compact = text === null ? null : compactJson(text);
  if (compact === null) return null;
  try {
    return toBinaryText(encodeText(compact, charset));
  } catch {
    return null;
  }
}
