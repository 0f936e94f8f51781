import type { AnswerFaults } from '../answer/compose.js';

/** Which requests a scenario takes: those that agree with every member given. */
export interface ScenarioMatch {
  method?: string;
  certNo?: string;
  mobile?: string;
}

/** What becomes of a request that a scenario takes: an error in place of the answer, faults of the answer, or both. */
export interface ScenarioAction extends AnswerFaults {
  /** The error to answer an accepted request with; no tokens are issued then. */
  subCode?: string;
  /** The gateway's `code`; by default the one that belongs to `subCode`. */
  code?: string;
  subMsg?: string;
  /** The error stands in `error_response`. */
  errorResponse?: true;
  /** Wait before answering, in milliseconds. */
  delayMs?: number;
  /** Reset the connection before judging: nothing has happened. */
  resetBefore?: true;
  /** Reset the connection in place of the answer: what was issued is issued. */
  resetAfter?: true;
  /** Send only so many bytes of the answer, or half of it. */
  truncate?: true | number;
  /** Send this HTTP status and page in place of the answer, as a proxy would. */
  status?: number;
  html?: string;
  /** Answer in this charset, whatever was asked for. */
  charset?: string;
  /** Let the body dribble out over so many milliseconds. */
  slowBody?: number;
}

export interface Scenario {
  match?: ScenarioMatch;
  /** How many requests it takes before it is used up; without it, all. */
  times?: number;
  then: ScenarioAction;
}

/** Faults in the order in which the ledger names them. `html` belongs to `status`. */
const FAULTS = [
  'delayMs',
  'resetBefore',
  'resetAfter',
  'truncate',
  'status',
  'slowBody',
  'unsigned',
  'tamper',
  'wrongKey',
  'escapeSlashes',
  'signFirst',
  'numbersAsText',
  'charset',
] as const;

/** Faults after which no client has an answer that it may believe. */
const SPOILING: ReadonlySet<string> = new Set([
  'resetBefore',
  'resetAfter',
  'truncate',
  'status',
  'unsigned',
  'tamper',
  'wrongKey',
]);

/** Whether an error takes the place of the answer. */
export function hasError(action: ScenarioAction): boolean {
  return action.subCode !== undefined || action.code !== undefined;
}

export function faultsOf(action: ScenarioAction): string[] {
  return FAULTS.filter(
    (fault) => action[fault] !== undefined || (fault === 'status' && action.html !== undefined),
  );
}

/** The first fault that leaves no believable answer, if there is one. */
export function spoilingFault(action: ScenarioAction): string | undefined {
  return faultsOf(action).find((fault) => SPOILING.has(fault));
}
