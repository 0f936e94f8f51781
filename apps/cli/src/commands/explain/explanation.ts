import type { Cause, SignatureDifference } from '@zhimaper/alipay-core';
import type { CatalogueEntry } from '@zhimaper/alipay-core/errors';
import { mendingCommand } from './mending-command.js';

/** What `explain` finds out, as its JSON says it. */
export interface Explanation {
  readonly about: 'request' | 'answer' | 'notification' | 'error';
  /** Whether the signature fits after all; null where none was judged. */
  readonly fits: boolean | null;
  readonly difference: ReturnType<typeof differenceFacts> | null;
  readonly causes: readonly (Cause & { readonly command: string | null })[];
  readonly error: ReturnType<typeof errorFacts> | null;
}

export function withCommands(causes: readonly Cause[]): Explanation['causes'] {
  return causes.map((cause) => ({ ...cause, command: mendingCommand(cause.code) }));
}

export function differenceFacts({
  index,
  byteIndex,
  parameter,
  expected,
  actual,
}: SignatureDifference) {
  return {
    index,
    byteIndex,
    parameter,
    expected: { text: expected.text, column: expected.column },
    actual: { text: actual.text, column: actual.column },
  };
}

export function errorFacts({
  code,
  subCode,
  class: outcome,
  description,
  solution,
}: CatalogueEntry) {
  return { code, subCode, class: outcome, description, solution };
}
