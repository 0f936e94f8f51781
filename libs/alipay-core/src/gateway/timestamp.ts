const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Calls come many a second: what was written last serves all of one. */
let latest = { second: NaN, text: '' };

/**
 * Formats an instant as the gateway's `timestamp`: `yyyy-MM-dd HH:mm:ss` in UTC+8, whatever the machine's zone.
 *
 * Source: interface document, public request parameters.
 * Throws `RangeError` for an invalid date.
 *
 * @param instant any instant
 *
 * @example
 * formatTimestamp(new Date('2026-11-24T08:00:00Z')) // '2026-11-24 16:00:00'
 */
export function formatTimestamp(instant: Date): string {
  const second = Math.floor(instant.getTime() / 1000);
  if (second !== latest.second) {
    const inChina = new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString();
    latest = { second, text: inChina.slice(0, 19).replace('T', ' ') };
  }
  return latest.text;
}
