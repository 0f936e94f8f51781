import { parseInstant } from '../instant.js';
import type { Column } from './columns.js';

const YES = ['true', 'yes', '1', '是'];
const NO = ['false', 'no', '0', '否'];
const ID_CARD = '身份证';

/** A record of CSV as the application that it stands for; an empty field is none, and what is no value stays as it is. */
export function applicationOfRecord(
  columns: readonly Column[],
  fields: readonly string[],
  utc: boolean,
): Record<string, unknown> {
  const consent: Record<string, unknown> = {};
  const application: Record<string, unknown> = { consent };
  for (const [place, column] of columns.entries()) {
    const field = fields[place];
    if (!field) continue;
    switch (column) {
      case 'consentReference':
        consent['reference'] = field;
        break;
      case 'consentTextVersion':
        consent['textVersion'] = field;
        break;
      case 'consentGrantedAt':
        consent['grantedAt'] = instantIn(field, utc);
        break;
      case 'confirmReapplication':
        application[column] = booleanIn(field);
        break;
      case 'certType':
        application[column] = field === ID_CARD ? 'IDENTITY_CARD' : field;
        break;
      default:
        application[column] = field;
    }
  }
  return application;
}

function booleanIn(text: string): boolean | string {
  const word = text.toLowerCase();
  return YES.includes(word) || (NO.includes(word) ? false : text);
}

/** Spreadsheets write `2026/11/4 8:05`, which ISO 8601 does not know. */
function instantIn(text: string, utc: boolean): string {
  const [, year, month = '', day = '', hour = '0', minute = '00', second = '00'] =
    /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
  if (year === undefined) return text;
  const [paddedMonth, paddedDay, paddedHour] = [month, day, hour].map((part) =>
    part.padStart(2, '0'),
  );
  const whole = `${year}-${paddedMonth}-${paddedDay}T${paddedHour}:${minute}:${second}`;
  return parseInstant(whole, utc)?.toISOString() ?? text;
}
