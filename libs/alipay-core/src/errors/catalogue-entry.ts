import type { OutcomeClass } from './outcome-class.js';

/**
 * How well an entry is known: `documented` stands in the gateway's published tables, `observed` was seen in
 * live answers, `inferred-code` is documented without its `code`, `third-party` stands only in other
 * people's code, and of `name-only` nothing but the name is public.
 */
export type CatalogueConfidence =
  'documented' | 'observed' | 'inferred-code' | 'third-party' | 'name-only';

/** One result code of the gateway: what it means for the caller, and what to do next. */
export interface CatalogueEntry {
  /** The gateway's `code`, or null where only the sub-code's name is public. */
  readonly code: string | null;
  /** The gateway's `msg` beside that code. */
  readonly msg: string | null;
  /** The `sub_code` as documented, prefix included; null for the entry of a `code` itself. */
  readonly subCode: string | null;
  /** Other spellings that the gateway uses for the same thing. */
  readonly aliases: readonly string[];
  readonly class: OutcomeClass;
  readonly description: string;
  readonly descriptionZh: string;
  readonly solution: string;
  readonly solutionZh: string;
  readonly confidence: CatalogueConfidence;
  /** The only methods that the sub-code belongs to, or null where any may answer it. */
  readonly methods: readonly string[] | null;
  readonly note?: string;
}

/** An entry as written down: `msg` follows from `code`, and most have neither aliases nor a method scope. */
export type CatalogueRow = Omit<CatalogueEntry, 'msg' | 'aliases' | 'methods'> &
  Partial<Pick<CatalogueEntry, 'aliases' | 'methods'>>;
