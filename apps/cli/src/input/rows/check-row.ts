import { AlipayInputError, redactText } from '@zhimaper/alipay-core';
import { checkApplication } from '../check-application.js';
import { WHOLE_ROW, type Row, type RowIssue } from './row.js';

/** A row as it would be sent. */
export interface CheckedRow extends Pick<Row, 'number' | 'line'> {
  /** The application as one line of JSON, always written the same way; null where it has issues. */
  readonly json: string | null;
  readonly issues: readonly RowIssue[];
  /** What is unlikely, but is sent. */
  readonly warnings: readonly RowIssue[];
}

/** Checks a row as the api would; a time without a zone is local, or UTC where `utc`. */
export function checkRow({ number, line, value, unreadable }: Row, utc: boolean): CheckedRow {
  const refused = (issues: readonly RowIssue[]) => ({ json: null, issues, warnings: [] });
  return { number, line, ...(unreadable ? refused([unreadable]) : checked(value, utc, refused)) };
}

function checked(
  value: unknown,
  utc: boolean,
  refused: (issues: readonly RowIssue[]) => Omit<CheckedRow, 'number' | 'line'>,
): Omit<CheckedRow, 'number' | 'line'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused([{ field: WHOLE_ROW, code: 'INVALID_TYPE' }]);
  }
  const { person, declaration } = partsOf(value);
  try {
    const { application, warnings } = checkApplication(person, declaration, utc);
    return { json: JSON.stringify(application), issues: [], warnings };
  } catch (error) {
    if (!(error instanceof AlipayInputError)) throw error;
    return refused(error.issues.map(({ field, code }) => ({ field: nameable(field), code })));
  }
}

/** By hand: what a rest pattern makes is a hash table of its own each time, which a million rows would pay for. */
function partsOf(value: object) {
  const person: Record<string, unknown> = { certType: 'IDENTITY_CARD' };
  const declaration = {
    reference: undefined as unknown,
    consent: {} as unknown,
    confirmReapplication: undefined as unknown,
  };
  for (const [name, member] of Object.entries(value)) {
    if (name === 'consent') declaration.consent = member ?? {};
    else if (name === 'reference') declaration.reference = member;
    else if (name === 'confirmReapplication') declaration.confirmReapplication = member;
    else person[name] = member;
  }
  return { person, declaration };
}

/** A member's name as somebody may have mistyped it; anything else may be a value in the wrong place. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9_.]{0,39}$/;

function nameable(field: string): string {
  return PLAIN_NAME.test(field) ? redactText(field) : '(unnamed)';
}
