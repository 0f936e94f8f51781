import { assertMembers, isWhole, type Rule } from '../input/members.js';

/** How Alipay's certificate is to be replaced. */
export interface Rotation {
  /** Whether the new one is issued by the same authority, the default, or by a foreign one of the same name. */
  trusted?: boolean;
  /** For how many days from now it is valid; of a negative number, for how many it has been expired. Default 20 years. */
  validDays?: number;
}

const MAX_DAYS = 36_500;

const RULES: Readonly<Record<keyof Rotation, Rule>> = {
  trusted: { wanted: 'true or false', check: (value) => typeof value === 'boolean' },
  validDays: {
    wanted: `a whole number of days, -${MAX_DAYS} to ${MAX_DAYS}`,
    check: (value) => isWhole(value, -MAX_DAYS, MAX_DAYS),
  },
};

/** @throws InvalidInputError naming the first member that is unknown or wrong */
export function parseRotation(input: unknown): Rotation {
  assertMembers<Rotation>(input, RULES, 'The rotation');
  return input;
}
