import { readdir } from 'node:fs/promises';
import type { EncryptedCell } from '../../src/crypto/cell.js';
import { TokenCells } from '../../src/authorizations/token-cells.js';
import type { TestApi } from './test-api.js';

/** A payload that a test sent: its Idempotency-Key is its reference, and no other payload has its mobile. */
export interface SentApplication {
  reference: string;
  mobile: string;
}

/** What does not add up between the service and the gateway's own record; everything is empty if all is well. */
export interface Account {
  /** Pairs that the gateway issued and that nothing here knows of. */
  lostPairs: string[];
  /** Applications that were sent more than once although an earlier call may have had an effect. */
  repeated: string[];
  /** Calls that nobody asked for. */
  unasked: string[];
  /** Authorisations that are granted here, but not with a pair that the gateway issued for them. */
  invented: string[];
  /** Authorisations that are still under way. */
  pending: string[];
}

interface Row {
  id: string;
  reference: string;
  status: string;
  obtainedAt: Date | null;
  access: EncryptedCell | null;
  refresh: EncryptedCell | null;
  resolved: boolean;
  quarantined: boolean;
  attempts: string[];
}

/** The answer of the gateway after which nothing had happened, so that the application may be sent again. */
const WITHOUT_EFFECT = 'isv.app-call-limited';

/** Compares what is stored, spooled and in quarantine with the gateway's ledger. */
export async function account(
  api: TestApi,
  sent: readonly SentApplication[],
  spoolDirs = [api.spoolDir],
): Promise<Account> {
  const { requests, tokens } = api.sandbox.ledger();
  const referenceOf = new Map(sent.map(({ reference, mobile }) => [mobile, reference]));
  const rows = await api.database.query<Row>(ROWS, [sent.map(({ reference }) => reference)]);
  const rowOf = new Map(rows.map((row) => [row.reference, row]));
  const files = (await Promise.all(spoolDirs.map((path) => readdir(path)))).flat();
  const cells = api.app.get(TokenCells, { strict: false });
  const pairOf = ({ id, obtainedAt, access, refresh }: Row) =>
    obtainedAt && access && refresh
      ? cells.decrypt(
          { authorizationId: id, obtainedAt },
          { accessToken: access, refreshToken: refresh },
        )
      : null;

  const mine = (mobile: string | null) => referenceOf.get(mobile ?? '');
  const known = tokens.filter(({ mobile }) => mine(mobile) !== undefined);
  const isKept = ({ mobile, accessToken, refreshToken }: (typeof tokens)[number]) => {
    const row = rowOf.get(mine(mobile) ?? '');
    if (!row) return false;
    const pair = pairOf(row);
    return (
      (pair?.accessToken === accessToken && pair.refreshToken === refreshToken) ||
      row.status === 'unknown' ||
      row.resolved ||
      row.quarantined ||
      row.attempts.some((id) => files.some((file) => file.startsWith(id)))
    );
  };
  const calls = requests
    .filter(({ fault, outcome }) => !(fault === null && outcome === WITHOUT_EFFECT))
    .map(({ mobile }) => mine(mobile));
  return {
    lostPairs: known.filter((token) => !isKept(token)).map(({ mobile }) => String(mine(mobile))),
    repeated: sent
      .map(({ reference }) => reference)
      .filter((reference) => calls.filter((called) => called === reference).length > 1),
    unasked: requests.filter(({ mobile }) => !mine(mobile)).map(({ at }) => at),
    invented: rows
      .filter(({ status }) => status === 'authorized')
      .filter((row) => {
        const pair = pairOf(row);
        return !known.some(
          ({ mobile, accessToken, refreshToken }) =>
            mine(mobile) === row.reference &&
            accessToken === pair?.accessToken &&
            refreshToken === pair.refreshToken,
        );
      })
      .map(({ reference }) => reference),
    pending: rows.filter(({ status }) => status === 'pending').map(({ reference }) => reference),
  };
}

/** What an account looks like where everything adds up. */
export const ALL_WELL: Account = {
  lostPairs: [],
  repeated: [],
  unasked: [],
  invented: [],
  pending: [],
};

const ROWS = `
  SELECT a.id, a.reference, a.status, a.resolution IS NOT NULL AS resolved,
    t.obtained_at AS "obtainedAt", t.access_token_cell AS access, t.refresh_token_cell AS refresh,
    EXISTS (SELECT 1 FROM quarantined_answers q WHERE q.authorization_id = a.id) AS quarantined,
    ARRAY(SELECT p.id::text FROM attempts p WHERE p.authorization_id = a.id) AS attempts
  FROM authorizations a LEFT JOIN authorization_tokens t ON t.authorization_id = a.id
  WHERE a.reference = ANY($1)`;
