const FIRST_BIRTHDAY = Date.UTC(1950, 0, 1);
const DAY_MS = 86_400_000;
const NUMBERS_A_DAY = 1_000;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** An application for the nth of some twenty million people, none of whom exists, as the api takes it. */
export function applicationOf(n: number) {
  const birthday = new Date(FIRST_BIRTHDAY + Math.floor(n / NUMBERS_A_DAY) * DAY_MS);
  const date = birthday.toISOString().slice(0, 10).replaceAll('-', '');
  const digits = `330701${date}${String(n % NUMBERS_A_DAY).padStart(3, '0')}`;
  return {
    certType: 'IDENTITY_CARD',
    certNo: digits + checkDigit(digits),
    name: '张三',
    mobile: `139${String(n).padStart(8, '0')}`,
    reference: `bench-${n}`,
    consent: { reference: `c-${n}`, textVersion: '2026-01', grantedAt: '2026-01-01T00:00:00Z' },
  };
}

export type BenchApplication = ReturnType<typeof applicationOf>;

/** GB 11643: ISO 7064, MOD 11-2. */
function checkDigit(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return CHECK_DIGITS[sum % 11] ?? '';
}

/** Whoever applies on one database must not send the same people as others. */
let people = 0;

/** The number of a person whom nobody was sent for before. */
export function nextPerson(): number {
  people += 1;
  return people;
}
