const PATTERN = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;
const UTC_8_MS = 8 * 60 * 60 * 1000;

export interface TimeWindow {
  now: number;
  timestampToleranceMs: number;
}

/** Whether the text is a time as the gateway wants it, near enough to the gateway's own. */
export function isTimely(text: string, { now, timestampToleranceMs }: TimeWindow): boolean {
  const time = readTimestamp(text);
  return time !== null && Math.abs(time - now) <= timestampToleranceMs;
}

/**
 * Reads `yyyy-MM-dd HH:mm:ss` in UTC+8 as milliseconds since 1970; null where it is no such time (interface
 * document, `timestamp`).
 *
 * @example
 * readTimestamp('1970-01-01 08:00:01') // 1000
 */
export function readTimestamp(text: string): number | null {
  const [, day, clock] = PATTERN.exec(text) ?? [];
  if (day === undefined || clock === undefined) return null;
  const utc = Date.parse(`${day}T${clock}.000Z`);
  // Date.parse rolls 30 February over into March and reads 24:00:00 as the next day: neither comes back the same.
  if (Number.isNaN(utc) || new Date(utc).toISOString() !== `${day}T${clock}.000Z`) return null;
  return utc - UTC_8_MS;
}
