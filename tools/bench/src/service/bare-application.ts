import { createCipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { APP_ID } from '../peers/example-call.js';
import { BEGIN, FINISH } from './bare-application-sql.js';
import type { BenchApplication } from './person.js';

const HASH_KEY = randomBytes(32);
const CELL_KEY = randomBytes(32);
const DAY_MS = 86_400_000;

/** What a granted application brings. */
export interface BareGrant {
  code: string | null;
  traceId: string | null;
  accessToken: string;
  refreshToken: string;
}

interface BareApplication {
  application: BenchApplication;
  idempotencyKey: string;
  requestId: string;
}

/** Makes a client for the applications of one contender, and answers its id. */
export async function makeBareClient(database: Pool): Promise<string> {
  const clientId = randomUUID();
  await database.query('INSERT INTO clients (id, name, created_at) VALUES ($1, $2, now())', [
    clientId,
    `bare-${clientId}`,
  ]);
  return clientId;
}

/** Obtains an authorisation and keeps it, as shortly as can be: no key, no limit, no check, no log. */
export async function applyBarely(
  database: Pool,
  clientId: string,
  { application, idempotencyKey, requestId }: BareApplication,
  askGateway: (application: BenchApplication) => Promise<BareGrant>,
): Promise<{ id: string; at: Date }> {
  const [id, attemptId, apiKeyId] = [randomUUID(), randomUUID(), clientId];
  const at = new Date();
  const audit = (action: string, outcome: string | null) => {
    const details = JSON.stringify({ attemptId });
    const values = [randomUUID(), at, action, 'api-key', apiKeyId, clientId, id, requestId];
    return [...values, outcome, null, details, hmac([...values, outcome, details])];
  };
  const { certType, certNo, mobile, reference, consent } = application;
  const masked = [`${certNo.slice(0, 3)}***********${certNo.slice(-4)}`, '*三', mobile];
  await database.query(BEGIN, [
    ...[id, clientId, APP_ID, 'pending', reference, certType],
    ...[hmac([APP_ID, certType, certNo]), hmac([certType, certNo]), 1, ...masked, null],
    ...[consent.reference, consent.textVersion, consent.grantedAt, '[]', at, at],
    ...[clientId, 'POST /v1/authorizations', hmac(idempotencyKey)],
    ...[hmac(application), id, at, new Date(at.getTime() + 30 * DAY_MS)],
    ...[attemptId, id, 'started', requestId, at],
    ...audit('authorization.applied', null),
  ]);
  const { code, traceId, accessToken, refreshToken } = await askGateway(application);
  const finish = [id, attemptId, at, code, traceId, cell(accessToken), cell(refreshToken)];
  await database.query(FINISH, [...finish, ...audit('authorization.settled', 'success')]);
  return { id, at };
}

function hmac(value: unknown): Buffer {
  return createHmac('sha256', HASH_KEY).update(JSON.stringify(value)).digest();
}

function cell(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', CELL_KEY, nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}
