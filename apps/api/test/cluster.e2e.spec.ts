import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { someone, type AuthorizationBody, type Problem } from './support/applications.js';
import { startTestCluster, type TestCluster } from './support/test-cluster.js';
import { until } from './support/until.js';

/** Five processes that start at once on a machine that is busy. */
const START_MS = 240_000;

let cluster: TestCluster;
let key: string;

beforeAll(async () => {
  cluster = await startTestCluster({
    apis: 3,
    workers: 2,
    variables: { SWEEP_INTERVAL_MS: '100', JOB_MAINTENANCE_MS: '100' },
  });
  key = await cluster.issueKey(['authorizations:write', 'authorizations:read']);
}, START_MS);
afterAll(() => cluster.close());

async function post(process: number, idempotencyKey: string, body: unknown) {
  const response = await fetch(`${cluster.apis[process]!.url}/v1/authorizations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    fresh: response.status === 201 && !response.headers.has('idempotent-replayed'),
    body: (await response.json()) as AuthorizationBody & Problem,
  };
}

describe('three api and two worker processes', () => {
  it('make one gateway call for 100 concurrent posts of one key over all three', async () => {
    const person = someone();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => post(index % 3, 'one-key', person)),
    );
    expect(cluster.sandbox.ledger().requests).toHaveLength(1);
    expect(cluster.sandbox.ledger().tokens).toHaveLength(1);
    expect(answers.filter(({ fresh }) => fresh)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 201);
    expect(new Set(others.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(others.length === 0 ? [] : ['409 application-in-flight']),
    );
    const replays = await Promise.all([0, 1, 2].map((process) => post(process, 'one-key', person)));
    const id = answers.find(({ fresh }) => fresh)?.body.id;
    expect(replays.map(({ status, body }) => [status, body.id])).toEqual([
      [201, id],
      [201, id],
      [201, id],
    ]);
  });

  it('leave scheduled work to the workers, and requests to the apis', async () => {
    const work = await until(async () => {
      const rows = await cluster.database.query<{ name: string }>(
        'SELECT name FROM scheduled_work ORDER BY name',
      );
      return rows.length >= 5 && rows.map(({ name }) => name);
    });
    expect(work).toContain('overdue-sweep');
    const refused = await fetch(`${cluster.workers[0]!.url}/v1/errors`);
    expect(refused.status).toBe(404);
  });

  it('go on when one of each is killed, and stop in good order', async () => {
    const [api] = cluster.apis;
    const [worker] = cluster.workers;
    api!.child.kill('SIGKILL');
    worker!.child.kill('SIGKILL');
    expect(await Promise.all([api!.exit, worker!.exit])).toEqual(['SIGKILL', 'SIGKILL']);
    expect((await post(1, 'after-the-kill', someone())).status).toBe(201);
    await cluster.stop();
    const exits = [...cluster.apis, ...cluster.workers].map(({ exit }) => exit);
    expect(await Promise.all(exits)).toEqual(['SIGKILL', 0, 0, 'SIGKILL', 0]);
  });
});
