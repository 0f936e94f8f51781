import { findCharset } from '../wire/charset.js';
import { hasError, type Scenario, type ScenarioAction, type ScenarioMatch } from './scenario.js';

/** A scenario that cannot be carried out; the message says which member and what was wanted. */
export class InvalidScenarioError extends TypeError {
  override readonly name = 'InvalidScenarioError';
}

type Check = (value: unknown) => boolean;
interface Rule {
  wanted: string;
  check: Check;
}

const MAX_WAIT_MS = 600_000;

const text: Rule = {
  wanted: 'a text',
  check: (value) => typeof value === 'string' && value !== '',
};
const flag: Rule = { wanted: 'true', check: (value) => value === true };
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
  slowBody: wait,
};

const SCENARIO_RULES: Readonly<Record<keyof Scenario, Rule>> = {
  match: { wanted: 'an object', check: isObject },
  times: {
    wanted: 'a whole number from 1',
    check: (value) => isWhole(value, 1, Number.MAX_SAFE_INTEGER),
  },
  then: { wanted: 'an object', check: isObject },
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
 * @throws InvalidScenarioError naming the first member that is unknown, wrong, or at odds with another
 * @example
 * parseScenario({ match: { mobile: '13588111111' }, times: 1, then: { subCode: 'SYSTEM_ERROR' } });
 */
export function parseScenario(input: unknown): Scenario {
  assertMembers<Scenario>(input, SCENARIO_RULES, 'The scenario');
  if (input.match !== undefined) assertMembers<ScenarioMatch>(input.match, MATCH_RULES, '"match"');
  assertMembers<ScenarioAction>(input.then, ACTION_RULES, '"then"');
  if (Object.keys(input.then).length === 0) throw new InvalidScenarioError('"then" is empty.');

  const action = input.then;
  for (const group of EXCLUSIVE) {
    const given = group.filter((member) => action[member] !== undefined);
    if (given.length > 1) {
      throw new InvalidScenarioError(`"then" takes only one of ${given.join(', ')}.`);
    }
  }
  if ((action.subMsg ?? action.errorResponse) !== undefined && !hasError(action)) {
    throw new InvalidScenarioError('"then" has subMsg or errorResponse, but no subCode or code.');
  }
  return input;
}

function assertMembers<T extends object>(
  value: unknown,
  rules: Readonly<Record<keyof T, Rule>>,
  where: string,
): asserts value is T {
  if (!isObject(value)) throw new InvalidScenarioError(`${where} is not an object.`);
  const known = new Map<string, Rule>(Object.entries(rules));
  for (const [member, given] of Object.entries(value)) {
    const rule = known.get(member);
    if (rule === undefined) {
      throw new InvalidScenarioError(`${where} has an unknown member "${member}".`);
    }
    if (!rule.check(given)) {
      throw new InvalidScenarioError(`${where}: "${member}" has to be ${rule.wanted}.`);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
