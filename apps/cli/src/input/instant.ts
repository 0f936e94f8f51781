import { z } from 'zod';

// The patterns alone: a schema makes an error of every text that does not fit, which is dear in a file of many rows.
const DATE = z.regexes.date;
const WITH_ZONE = z.regexes.datetime({ offset: true });
const WITHOUT_ZONE = z.regexes.datetime({ local: true });

/**
 * Reads a time of ISO 8601, also as this tool prints it; null where it is none. Without a zone it is local, or UTC
 * where `utc`, and a date alone is its midnight.
 */
export function parseInstant(text: string, utc: boolean): Date | null {
  const whole = DATE.test(text) ? `${text}T00:00:00` : text.replace(' ', 'T');
  if (WITH_ZONE.test(whole)) return new Date(whole);
  return WITHOUT_ZONE.test(whole) ? new Date(utc ? `${whole}Z` : whole) : null;
}
