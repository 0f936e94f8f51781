import { DerFault } from './der.js';

/**
 * Reads a certificate's UTCTime (`yyMMddHHmmssZ`, 1950 to 2049) or GeneralizedTime (`yyyyMMddHHmmssZ`).
 *
 * Throws `DerFault` for any other form. Source: RFC 5280, section 4.1.2.5.
 */
export function certificateTime(text: string): Date {
  const [, year = '', month, day, hour, minute, second] =
    /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const century = year < '50' ? '20' : '19';
  const fullYear = year.length === 2 ? century + year : year;
  const time = new Date(`${fullYear}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time.getTime())) throw new DerFault('not a time');
  return time;
}
