/** A time in milliseconds since 1970 as the gateway writes it: `yyyy-MM-dd HH:mm:ss` in UTC+8. */
export function beijingTime(time: number): string {
  return new Date(time + 8 * 60 * 60 * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
