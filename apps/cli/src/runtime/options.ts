/** For an option that may be repeated: appends its value to those before. */
export function collect(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}
