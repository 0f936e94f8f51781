import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { capture } from '../../../test/support/capture.js';
import { useFolder } from '../../../test/support/folder.js';
import { newKeyPair } from '../../../test/support/keys.js';

const at = useFolder();
const OURS = newKeyPair();
const ALIPAYS = newKeyPair();
const KEYS = {
  ALIPAY_APP_ID: '2021000000000001',
  ALIPAY_APP_PRIVATE_KEY: OURS.privateKey,
  ALIPAY_PUBLIC_KEY: ALIPAYS.publicKey,
};
const NOW = new Date('2026-11-24T08:00:00Z');
const READY = { status: 'ready', database: 'up', schema: 'current', spool: 'writable' };

let servers: Server[] = [];
let asked: string[] = [];

afterEach(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  servers = [];
  asked = [];
});

type Reply = (request: IncomingMessage) => { status?: number; date?: Date; body?: object | string };

async function serve(reply: Reply): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status = 200, date = NOW, body = {} } = reply(request);
    response.writeHead(status, { date: date.toUTCString(), connection: 'close' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function doctor(env: Record<string, string>) {
  const run = await capture(['doctor', '--json'], { env, now: NOW });
  const checks = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { check: string; status: string; detail: string });
  const brief = checks.map(({ check, status }) => `${check} ${status}`);
  return { ...run, checks, brief };
}

const healthy: Reply = ({ url = '' }) => {
  if (url === '/health/ready') return { body: READY };
  if (url === '/openapi.json') return { body: { info: { version: '0.1.0' } } };
  return { body: { items: [], nextCursor: null } };
};

describe('zhimaper doctor', () => {
  it('finds nothing wrong, and calls nothing that has an effect', async () => {
    const gateway = await serve(() => ({ status: 404 }));
    const api = await serve(healthy);
    const { brief, checks, status, stderr } = await doctor({
      ...KEYS,
      ALIPAY_GATEWAY_URL: `${gateway}/gateway.do`,
      ZHIMAPER_API_URL: api,
      ZHIMAPER_API_KEY: 'zma_test',
    });
    expect(brief).toEqual([
      'settings ok',
      'keys ok',
      'gateway ok',
      'clock ok',
      'api ok',
      'schema ok',
      'spool ok',
      'api-key ok',
      'unknown-outcomes ok',
    ]);
    expect(checks[4]?.detail).toBe(`${api} is ready, version 0.1.0`);
    expect(asked.sort()).toEqual([
      'GET /health/ready',
      'GET /metrics',
      'GET /openapi.json',
      'GET /v1/authorizations?status=unknown&limit=100',
      'HEAD /',
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it.each([
    ["one's own key in Alipay's place", { ALIPAY_PUBLIC_KEY: OURS.publicKey }, 'keys failed'],
    ['a key that is none', { ALIPAY_PUBLIC_KEY: 'MII' }, 'settings failed'],
    ['a missing application id', { ALIPAY_APP_ID: '' }, 'settings failed'],
  ])('finds %s', async (_what, change, expected) => {
    const ALIPAY_GATEWAY_URL = `${await serve(() => ({}))}/gateway.do`;
    const { brief, status } = await doctor({ ...KEYS, ALIPAY_GATEWAY_URL, ...change });
    expect(brief).toContain(expected);
    expect(status).toBe(1);
  });

  it.each([
    ['-10', 'ok', 'this machine is 10 s behind the gateway', 0],
    ['60', 'warning', 'this machine is 60 s ahead of the gateway', 0],
    ['28800', 'failed', 'this machine is 28800 s ahead of the gateway', 1],
  ])('judges a clock that is %s s off', async (seconds, expected, detail, status) => {
    const date = new Date(NOW.getTime() - Number(seconds) * 1000);
    const gateway = await serve(() => ({ date }));
    const run = await doctor({ ...KEYS, ALIPAY_GATEWAY_URL: `${gateway}/gateway.do` });
    expect(run.checks.find(({ check }) => check === 'clock')).toMatchObject({
      status: expected,
      detail,
    });
    expect(run.status).toBe(status);
  });

  it('says that nothing listens', async () => {
    const { checks, stderr, status } = await doctor({
      ...KEYS,
      ALIPAY_GATEWAY_URL: 'http://127.0.0.1:1/gateway.do',
      ZHIMAPER_API_URL: 'http://127.0.0.1:1',
      ZHIMAPER_API_KEY: 'zma_test',
    });
    expect(checks.find(({ check }) => check === 'gateway')?.detail).toMatch(
      /^127\.0\.0\.1:1 does not answer: /,
    );
    expect(stderr).toContain('next: Check api-url, and whether the service runs.');
    expect(status).toBe(1);
  });

  it.each([
    ['an old schema', { ...READY, status: 'not-ready', schema: 'outdated' }, 'schema failed', 503],
    ['a failing spool', { ...READY, status: 'not-ready', spool: 'failing' }, 'spool failed', 503],
    ['another service', { hello: 'world' }, 'api failed', 200],
  ])('finds %s', async (_what, body, expected, readyStatus) => {
    const api = await serve((request) =>
      request.url === '/health/ready' ? { status: readyStatus, body } : healthy(request),
    );
    const { brief, status } = await doctor({
      ALIPAY_GATEWAY_URL: `${api}/gateway.do`,
      ZHIMAPER_API_URL: api,
      ZHIMAPER_API_KEY: 'zma_test',
    });
    expect(brief).toContain(expected);
    expect(status).toBe(1);
  });

  it.each([
    [401, {}, ['api-key failed'], 1],
    [403, {}, ['api-key ok', 'unknown-outcomes skipped'], 0],
    [200, { items: [{}, {}] }, ['api-key ok', 'unknown-outcomes warning'], 0],
  ])('judges the key by an answer of %i', async (answer, body, expected, status) => {
    const api = await serve((request) =>
      request.url?.startsWith('/v1/') ? { status: answer, body } : healthy(request),
    );
    const run = await doctor({
      ALIPAY_GATEWAY_URL: `${api}/gateway.do`,
      ZHIMAPER_API_URL: api,
      ZHIMAPER_API_KEY: 'zma_test',
    });
    expect(run.brief.slice(-expected.length)).toEqual(expected);
    expect(run.stdout + run.stderr).not.toContain('zma_test');
    expect(run.status).toBe(status);
  });

  it.each([
    [0, 0, 'ok', 'no outcome waits for the database'],
    [3, 0, 'warning', '3 outcomes wait for the database'],
    [
      ...([3, 2, 'warning'] as const),
      '2 outcomes were set aside: they cannot be read, or belong to another database',
    ],
  ])('tells of %i outcomes that wait and %i set aside', async (waiting, aside, status, detail) => {
    const gauge = 'zhimaper_spool_entries{state=';
    const body = `# TYPE zhimaper_spool_entries gauge\n${gauge}"waiting"} ${waiting}\n${gauge}"aside"} ${aside}\n`;
    const api = await serve((request) =>
      request.url === '/metrics' ? { body } : healthy(request),
    );
    const { checks } = await doctor({
      ALIPAY_GATEWAY_URL: `${api}/gateway.do`,
      ZHIMAPER_API_URL: api,
      ZHIMAPER_API_KEY: 'zma_test',
    });
    expect(checks.find(({ check }) => check === 'spool')).toMatchObject({ status, detail });
  });

  it('warns of a key that others can read, and of outcomes that wait on the disk', async () => {
    await writeFile(at('key.pem'), OURS.privateKey);
    await chmod(at('key.pem'), 0o644);
    await writeFile(at('0193.spool'), '');
    const gateway = await serve(() => ({}));
    const { brief, stderr, status } = await doctor({
      ALIPAY_APP_ID: '1',
      ALIPAY_APP_PRIVATE_KEY_FILE: at('key.pem'),
      ALIPAY_PUBLIC_KEY: ALIPAYS.publicKey,
      ALIPAY_GATEWAY_URL: `${gateway}/gateway.do`,
      SPOOL_DIR: at(),
    });
    expect(brief).toEqual(
      expect.arrayContaining(['file-modes warning', 'spool-folder warning', 'api skipped']),
    );
    expect(stderr).toContain(`next: Run chmod 600 ${at('key.pem')}.`);
    expect(status).toBe(0);
  });

  it('says that nothing is configured', async () => {
    const { brief, status } = await doctor({ ALIPAY_GATEWAY_URL: 'http://127.0.0.1:1/gateway.do' });
    expect(brief[0]).toBe('settings failed');
    expect(status).toBe(1);
  });
});
