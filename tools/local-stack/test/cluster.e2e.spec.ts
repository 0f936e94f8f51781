import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startCluster, type Cluster } from '../src/index.js';
import { findProcesses } from './support/processes.js';

/** Six processes on a busy machine. */
jest.setTimeout(120_000);

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster({ durability: false });
});
afterAll(() => cluster.stop());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${cluster.api}${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${cluster.apiKey}`,
      'content-type': 'application/json',
      ...init.headers,
    },
  });
const list = () => ask('/v1/authorizations?reference=canary-reference');
const accessLog = () => readFile(join(cluster.dataDir, 'logs', 'nginx-access.log'), 'utf8');

describe('the processes of docker-compose.yml', () => {
  it('all run, and serve the example person through nginx', async () => {
    expect(cluster.members.map(({ name }) => name)).toEqual([
      'api-1',
      'api-2',
      'nginx',
      'sandbox',
      'worker',
    ]);
    const stored = await ask(`/v1/authorizations/${cluster.authorization.id}`);
    expect([stored.status, ((await stored.json()) as { status: string }).status]).toEqual([
      200,
      'authorized',
    ]);
  });

  it('share the requests, of which nginx logs no query', async () => {
    for (let count = 0; count < 10; count += 1) expect((await list()).status).toBe(200);
    const log = await accessLog();
    const apis = cluster.members.filter(({ name }) => name.startsWith('api-'));
    for (const { url } of apis) expect(log).toContain(` ${url.replace('http://', '')} `);
    expect(log).toContain(' GET /v1/authorizations 200 ');
    expect(log).not.toContain('canary-reference');
  });

  it('let the api refuse what is too large, and nobody outside read the metrics', async () => {
    const body = JSON.stringify({ reference: 'x'.repeat(70_000) });
    const refused = await ask('/v1/authorizations', {
      method: 'POST',
      headers: { 'idempotency-key': 'too-large' },
      body,
    });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      413,
      'payload-too-large',
    ]);
    expect((await ask('/metrics')).status).toBe(404);
    const own = await fetch(`${cluster.members[0]!.url}/metrics`);
    expect(await own.text()).toContain('zhimaper_authorizations_unresolved');
  });

  it('go on while one api is away', async () => {
    const [first] = cluster.members;
    await first!.child.stop();
    const statuses = [];
    for (let count = 0; count < 10; count += 1) statuses.push((await list()).status);
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
  });

  it('leave nothing behind', async () => {
    expect((await findProcesses(cluster.dataDir)).length).toBeGreaterThanOrEqual(2);
    await cluster.stop();
    expect(await findProcesses(cluster.dataDir)).toEqual([]);
    const ended = cluster.members.map(({ name, child }) => [name, child.exit?.code]);
    expect(ended).toEqual(cluster.members.map(({ name }) => [name, 0]));
  });
});
