import {
  anObject,
  assertMembers,
  flag,
  InvalidInputError,
  isWhole,
  text,
  type Rule,
} from '../input/members.js';
import { findCharset } from '../wire/charset.js';
import { hasError, type Scenario, type ScenarioAction, type ScenarioMatch } from './scenario.js';

const MAX_WAIT_MS = 600_000;

const wait: Rule = {
  wanted: `a whole number of milliseconds, 0 to ${MAX_WAIT_MS}`,
  check: (value) => isWhole(value, 0, MAX_WAIT_MS),
};

const MATCH_RULES: Readonly<Record<keyof ScenarioMatch, Rule>> = {
  method: text,
  certNo: text,
  mobile: text,
};

const ACTION_RULES: Readonly<Record<keyof ScenarioAction, Rule>> = {
  subCode: text,
  code: {
    wanted: 'five digits as a text, not 10000',
    check: (value) => typeof value === 'string' && /^\d{5}$/.test(value) && value !== '10000',
  },
  subMsg: text,
  errorResponse: flag,
  delayMs: wait,
  resetBefore: flag,
  resetAfter: flag,
  truncate: {
    wanted: 'true or a whole number of bytes',
    check: (value) => value === true || isWhole(value, 0, Number.MAX_SAFE_INTEGER),
  },
  status: {
    wanted: 'an HTTP status, 200 to 599',
    check: (value) => isWhole(value, 200, 599),
  },
  html: { wanted: 'a text', check: (value) => typeof value === 'string' },
  charset: {
    wanted: 'utf-8, gbk, gb2312 or gb18030',
    check: (value) => typeof value === 'string' && findCharset(value) !== null,
  },
  unsigned: flag,
  tamper: flag,
  wrongKey: flag,
  escapeSlashes: flag,
  signFirst: flag,
  numbersAsText: flag,
  slowBody: wait,
};

const SCENARIO_RULES: Readonly<Record<keyof Scenario, Rule>> = {
  match: anObject,
  times: {
    wanted: 'a whole number from 1',
    check: (value) => isWhole(value, 1, Number.MAX_SAFE_INTEGER),
  },
  then: anObject,
};

/** Members of which one at most makes sense: each says what happens to the answer on its way, or to its signature. */
const EXCLUSIVE: readonly (readonly (keyof ScenarioAction)[])[] = [
  ['resetBefore', 'resetAfter', 'truncate', 'status', 'slowBody'],
  ['resetBefore', 'resetAfter', 'truncate', 'html', 'slowBody'],
  ['unsigned', 'tamper', 'wrongKey'],
];

/**
 * Checks a scenario from outside.
 *
 * @throws InvalidInputError naming the first member that is unknown, wrong, or at odds with another
 * @example
 * parseScenario({ match: { mobile: '13588111111' }, times: 1, then: { subCode: 'SYSTEM_ERROR' } });
 */
export function parseScenario(input: unknown): Scenario {
  assertMembers<Scenario>(input, SCENARIO_RULES, 'The scenario');
  if (input.match !== undefined) assertMembers<ScenarioMatch>(input.match, MATCH_RULES, '"match"');
  assertMembers<ScenarioAction>(input.then, ACTION_RULES, '"then"');
  if (Object.keys(input.then).length === 0) throw new InvalidInputError('"then" is empty.');

  const action = input.then;
  for (const group of EXCLUSIVE) {
    const given = group.filter((member) => action[member] !== undefined);
    if (given.length > 1) {
      throw new InvalidInputError(`"then" takes only one of ${given.join(', ')}.`);
    }
  }
  if ((action.subMsg ?? action.errorResponse) !== undefined && !hasError(action)) {
    throw new InvalidInputError('"then" has subMsg or errorResponse, but no subCode or code.');
  }
  return input;
}
