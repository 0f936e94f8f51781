const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
const NOTIFY_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

/**
 * Reads `notify_time`: `yyyy-MM-dd HH:mm:ss` in UTC+8, whatever the machine's zone. Null for any other text, also for a
 * day that no calendar has.
 *
 * Source: the gateway's published notification parameters.
 *
 * @example parseNotifyTime('2026-11-24 16:00:00')?.toISOString() // '2026-11-24T08:00:00.000Z'
 */
export function parseNotifyTime(text: string): Date | null {
  const [, day, time] = NOTIFY_TIME.exec(text) ?? [];
  if (day === undefined || time === undefined) return null;
  const written = `${day}T${time}.000Z`;
  const local = new Date(written);
  // The runtime reads 31 February as 3 March; a real instant is written back as it was read.
  if (Number.isNaN(local.getTime()) || local.toISOString() !== written) return null;
  return new Date(local.getTime() - CHINA_OFFSET_MS);
}
