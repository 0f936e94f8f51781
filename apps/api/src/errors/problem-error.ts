import { problemKind, type ProblemCode } from './problem-catalogue.js';
import type { ProblemMembers } from './problem-schema.js';

export interface ProblemOptions extends ErrorOptions {
  /** What is wrong this time; never a value of the request. */
  detail?: string;
  members?: ProblemMembers;
  headers?: Readonly<Record<string, string>>;
}

/** An answer that is a problem (RFC 9457): thrown anywhere below a controller, written by `ProblemFilter`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly members: ProblemMembers;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, { detail, members, headers, cause }: ProblemOptions = {}) {
    const kind = problemKind(code);
    super(kind.title, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail ?? kind.detail;
    this.members = members ?? {};
    this.headers = headers ?? {};
  }
}
