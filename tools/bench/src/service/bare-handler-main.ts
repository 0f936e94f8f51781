import {
  createCipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  randomUUID,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { fastify } from 'fastify';
import { Pool as PostgresPool } from 'pg';
import { Pool } from 'undici';
import { APP_ID, METHOD } from '../peers/example-call.js';
import type { BareHandlerSetting } from './bare-handler.js';
import { BEGIN, FINISH } from './bare-handler-sql.js';
import type { BenchApplication } from './person.js';

const signInBackground = promisify<string, Uint8Array, KeyObject, Buffer>(sign);
const HASH_KEY = randomBytes(32);
const CELL_KEY = randomBytes(32);
const DAY_MS = 86_400_000;

process.once('message', (setting: BareHandlerSetting) => void serve(setting));
process.once('disconnect', () => process.exit(0));

/** The shortest handler that obtains an authorisation and keeps it: no key, no limit, no check, no log. */
async function serve(setting: BareHandlerSetting): Promise<void> {
  const database = new PostgresPool({ connectionString: setting.databaseUrl, max: 10 });
  const askGateway = openGateway(setting);
  const clientId = randomUUID();
  await database.query('INSERT INTO clients (id, name, created_at) VALUES ($1, $2, now())', [
    clientId,
    `bare-${clientId}`,
  ]);
  const app = fastify();
  app.post<{ Body: BenchApplication }>('/v1/authorizations', async (request, reply) => {
    const application = request.body;
    const [id, attemptId, apiKeyId] = [randomUUID(), randomUUID(), clientId];
    const at = new Date();
    const audit = (action: string, outcome: string | null) => {
      const details = JSON.stringify({ attemptId });
      const values = [randomUUID(), at, action, 'api-key', apiKeyId, clientId, id, request.id];
      return [...values, outcome, null, details, hmac([...values, outcome, details])];
    };
    const { certType, certNo, mobile, reference, consent } = application;
    const masked = [`${certNo.slice(0, 3)}***********${certNo.slice(-4)}`, '*三', mobile];
    await database.query(BEGIN, [
      ...[id, clientId, APP_ID, 'pending', reference, certType],
      ...[hmac([APP_ID, certType, certNo]), hmac([certType, certNo]), 1, ...masked, null],
      ...[consent.reference, consent.textVersion, consent.grantedAt, '[]', at, at],
      ...[clientId, 'POST /v1/authorizations', hmac(request.headers['idempotency-key'])],
      ...[hmac(application), id, at, new Date(at.getTime() + 30 * DAY_MS)],
      ...[attemptId, id, 'started', request.id, at],
      ...audit('authorization.applied', null),
    ]);
    const { member, traceId } = await askGateway(application);
    const tokens = [member['access_token'], member['refresh_token']].map((token) =>
      cell(String(token)),
    );
    const finish = [id, attemptId, at, member['code'], traceId, ...tokens];
    await database.query(FINISH, [...finish, ...audit('authorization.settled', 'success')]);
    return reply.status(201).send({ id, status: 'authorized', reference, createdAt: at });
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  process.send?.({ url });
}

function openGateway({ gatewayUrl, appPrivateKey, alipayPublicKey }: BareHandlerSetting) {
  const privateKey = createPrivateKey(appPrivateKey);
  const publicKey = createPublicKey(alipayPublicKey);
  const { origin, pathname } = new URL(gatewayUrl);
  const pool = new Pool(origin, { connections: 128, pipelining: 1 });
  const opening = `"${METHOD.replaceAll('.', '_')}_response":`;
  return async ({ certNo, certType, name, mobile }: BenchApplication) => {
    const bizContent = { cert_no: certNo, cert_type: certType, name, mobile };
    const parameters = {
      app_id: APP_ID,
      biz_content: JSON.stringify(bizContent),
      charset: 'utf-8',
      format: 'JSON',
      method: METHOD,
      sign_type: 'RSA2',
      timestamp: new Date().toISOString().slice(0, 19).replace('T', ' '),
      version: '1.0',
    };
    const text = Object.entries(parameters)
      .map((entry) => entry.join('='))
      .join('&');
    const signature = await signInBackground('sha256', Buffer.from(text), privateKey);
    const form = new URLSearchParams({ ...parameters, sign: signature.toString('base64') });
    const answer = await pool.request({
      method: 'POST',
      path: pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: form.toString(),
    });
    const body = await answer.body.text();
    const signed = body.slice(body.indexOf(opening) + opening.length, body.indexOf(',"sign":"'));
    const { sign: claimed } = JSON.parse(body) as { sign: string };
    if (!verify('sha256', Buffer.from(signed), publicKey, Buffer.from(claimed, 'base64'))) {
      throw new Error('The answer is not signed.');
    }
    const member = JSON.parse(signed) as Record<string, string>;
    return { member, traceId: answer.headers['trace_id'] };
  };
}

function hmac(value: unknown): Buffer {
  return createHmac('sha256', HASH_KEY).update(JSON.stringify(value)).digest();
}

function cell(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', CELL_KEY, nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}
