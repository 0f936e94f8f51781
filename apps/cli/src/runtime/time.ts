/** An instant for people: `2026-11-24 16:00:00+08:00`, or `2026-11-24 08:00:00Z` where the offset is null. */
export function formatTime(at: Date, offsetMinutes: number | null): string {
  const local = new Date(at.getTime() + (offsetMinutes ?? 0) * 60_000);
  const text = local.toISOString().slice(0, 19).replace('T', ' ');
  if (offsetMinutes === null) return `${text}Z`;
  const sign = offsetMinutes < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMinutes);
  return `${text}${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** How far the machine's zone is ahead of UTC at an instant, in minutes. */
export function localOffset(at: Date): number {
  return -at.getTimezoneOffset();
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
