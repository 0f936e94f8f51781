/** Input from outside that cannot be carried out; the message says which member and what was wanted. */
export class InvalidInputError extends TypeError {
  override readonly name = 'InvalidInputError';
}

export interface Rule {
  wanted: string;
  check: (value: unknown) => boolean;
}

export const text: Rule = {
  wanted: 'a text',
  check: (value) => typeof value === 'string' && value !== '',
};

export const flag: Rule = { wanted: 'true', check: (value) => value === true };

export const anObject: Rule = { wanted: 'an object', check: isObject };

/**
 * Checks an object's members one by one.
 *
 * @throws InvalidInputError naming the first member that is unknown or wrong
 * @example
 * assertMembers<{ name?: string }>({ nom: 'x' }, { name: text }, 'The person');
 * // InvalidInputError: The person has an unknown member "nom".
 */
export function assertMembers<T extends object>(
  value: unknown,
  rules: Readonly<Record<keyof T, Rule>>,
  where: string,
): asserts value is T {
  if (!isObject(value)) throw new InvalidInputError(`${where} is not an object.`);
  const known = new Map<string, Rule>(Object.entries(rules));
  for (const [member, given] of Object.entries(value)) {
    const rule = known.get(member);
    if (rule === undefined) {
      throw new InvalidInputError(`${where} has an unknown member "${member}".`);
    }
    if (!rule.check(given)) {
      throw new InvalidInputError(`${where}: "${member}" has to be ${rule.wanted}.`);
    }
  }
}

export function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
