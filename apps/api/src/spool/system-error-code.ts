/** The code that the system gave an error, such as `ENOENT`; null where it has none. */
export function systemErrorCode(error: unknown): string | null {
  const has = typeof error === 'object' && error !== null && 'code' in error;
  return has && typeof error.code === 'string' ? error.code : null;
}
