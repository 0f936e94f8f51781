// By shape, not by class: the errors of fetch and of imported modules may belong to another realm.

/** What an error was caused by; null where it does not say. */
export function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : null;
}

/** What an error says, or null. */
export function messageOf(error: unknown): string | null {
  const message: unknown =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : null;
  return typeof message === 'string' ? message : null;
}

/** The operating system's code of an error, such as `ENOENT`, or null where it has none. */
export function systemCode(error: unknown): string | null {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
