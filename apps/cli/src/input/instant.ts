import { z } from 'zod';

const withZone = z.iso.datetime({ offset: true });
const withoutZone = z.iso.datetime({ local: true });

/**
 * Reads a time of ISO 8601, also as this tool prints it; null where it is none. Without a zone it is local, or UTC
 * where `utc`, and a date alone is its midnight.
 */
export function parseInstant(text: string, utc: boolean): Date | null {
  const whole = z.iso.date().safeParse(text).success ? `${text}T00:00:00` : text.replace(' ', 'T');
  if (withZone.safeParse(whole).success) return new Date(whole);
  return withoutZone.safeParse(whole).success ? new Date(utc ? `${whole}Z` : whole) : null;
}
