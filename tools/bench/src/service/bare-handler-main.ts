import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { fastify } from 'fastify';
import { Pool as PostgresPool } from 'pg';
import { Pool } from 'undici';
import { APP_ID, METHOD } from '../peers/example-call.js';
import { applyBarely, makeBareClient, type BareGrant } from './bare-application.js';
import type { BareSetting } from './bare-process.js';
import type { BenchApplication } from './person.js';

const signInBackground = promisify<string, Uint8Array, KeyObject, Buffer>(sign);

process.once('message', (setting: BareSetting) => void serve(setting));
process.once('disconnect', () => process.exit(0));

/** The shortest handler that obtains an authorisation and keeps it. */
async function serve(setting: BareSetting): Promise<void> {
  const database = new PostgresPool({ connectionString: setting.databaseUrl, max: 10 });
  const askGateway = openGateway(setting);
  const clientId = await makeBareClient(database);
  const app = fastify();
  app.post<{ Body: BenchApplication }>('/v1/authorizations', async (request, reply) => {
    const idempotencyKey = String(request.headers['idempotency-key']);
    const { id: requestId, body: application } = request;
    const asked = { application, idempotencyKey, requestId };
    const { id, at } = await applyBarely(database, clientId, asked, askGateway);
    const { reference } = application;
    return reply.status(201).send({ id, status: 'authorized', reference, createdAt: at });
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  process.send?.({ url });
}

function openGateway({ gatewayUrl, appPrivateKey, alipayPublicKey }: BareSetting) {
  const privateKey = createPrivateKey(appPrivateKey);
  const publicKey = createPublicKey(alipayPublicKey);
  const { origin, pathname } = new URL(gatewayUrl);
  const pool = new Pool(origin, { connections: 128, pipelining: 1 });
  const opening = `"${METHOD.replaceAll('.', '_')}_response":`;
  return async ({ certNo, certType, name, mobile }: BenchApplication): Promise<BareGrant> => {
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
    return {
      code: String(member['code']),
      traceId: String(answer.headers['trace_id']),
      accessToken: String(member['access_token']),
      refreshToken: String(member['refresh_token']),
    };
  };
}
