import { findError, listErrors, type OutcomeClass } from '@zhimaper/alipay-core/errors';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { Column } from '../../runtime/layout.js';
import type { CommandRun } from '../../runtime/session.js';
import type { View } from '../../runtime/view.js';
import { nearMatches } from '../../runtime/near-matches.js';

export interface ErrorsOptions {
  search?: string;
  class?: OutcomeClass;
}

type Entry = ReturnType<typeof listErrors>[number];

const COLUMNS: readonly Column<Entry>[] = [
  { heading: 'CODE', value: ({ code }) => code },
  { heading: 'SUB-CODE', value: ({ subCode }) => subCode },
  { heading: 'CLASS', value: (entry) => entry.class },
  { heading: 'MEANING', value: ({ description }) => description, flexible: true, rank: 1 },
];

/** Looks one code up, or lists the catalogue as a table or as a line of JSON an entry. */
export async function runErrors({
  output,
  operands: [wanted],
  options,
}: CommandRun<ErrorsOptions>): Promise<CommandOutcome> {
  if (wanted !== undefined) {
    if (options.search !== undefined || options.class !== undefined) {
      throw new CommandFailure(
        'invalid-usage',
        'A code stands alone, without --search or --class.',
        {
          nextStep: 'Leave out either the code or the filters.',
        },
      );
    }
    const entry = findError(wanted);
    if (!entry) throw unknownCode(wanted);
    await output.result(factsOf(entry), (view) => details(entry, view));
    return 'success';
  }
  const entries = listErrors({ search: options.search, class: options.class });
  const list = output.list<Entry>({
    json: factsOf,
    columns: () => COLUMNS,
    empty: 'No entry matches.',
  });
  await list.add(entries);
  await list.end();
  return 'success';
}

function unknownCode(wanted: string): CommandFailure {
  const names = listErrors().flatMap(({ code, subCode, aliases }) => [
    ...(subCode === null ? [code] : [subCode, ...aliases]),
  ]);
  const near = nearMatches(
    wanted,
    names.filter((name) => name !== null).flatMap((name) => [name, name.replace(/^[a-z]+\./, '')]),
  );
  return new CommandFailure('not-found', 'The catalogue does not know this code.', {
    nextStep:
      near.length > 0
        ? `Did you mean ${near.join(', ')}?`
        : 'Search the texts: zhimaper errors --search TEXT.',
  });
}

/** Every line has the same members, in the same order. */
function factsOf(entry: Entry) {
  const { code, msg, subCode, aliases, description, descriptionZh, solution, solutionZh } = entry;
  return {
    ...{ code, msg, subCode, aliases, class: entry.class, description, descriptionZh },
    ...{ solution, solutionZh, confidence: entry.confidence, methods: entry.methods },
    note: entry.note ?? null,
  };
}

function details(entry: Entry, view: View): string[] {
  return view.fields([
    ['code', entry.code],
    ['message', entry.msg],
    ['sub-code', entry.subCode],
    ['also', entry.aliases.join(', ') || null, 'prose'],
    ['class', entry.class],
    ['meaning', entry.description, 'prose'],
    ['', entry.descriptionZh, 'prose'],
    ['next step', entry.solution, 'prose'],
    ['', entry.solutionZh, 'prose'],
    ['methods', entry.methods?.join(', ') ?? 'any'],
    ['source', entry.confidence],
    ['note', entry.note ?? null, 'prose'],
  ]);
}
