import { InvalidArgumentError } from 'commander';

/** For an option that may be repeated: appends its value to those before. */
export function collect(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}

/** For an option that takes a whole number within limits. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}
