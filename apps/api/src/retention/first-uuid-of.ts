/**
 * The least UUID of version 7 of an instant: all that were made before are less.
 *
 * Source: RFC 9562, section 5.7.
 */
export function firstUuidOf(instant: Date): string {
  const time = instant.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
