/** The operating system's code of an error, such as `ENOENT`, or null where it has none. */
export function systemCode(error: unknown): string | null {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
