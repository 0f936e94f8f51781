/** The Idempotency-Key of a line's application: whoever tries the line again finds what was done. */
export function lineKey(lineId: string): string {
  return `batch-line:${lineId}`;
}
