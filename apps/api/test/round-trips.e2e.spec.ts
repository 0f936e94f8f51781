import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { apply, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { connectTo } from './support/test-database.js';
import { until } from './support/until.js';

let api: TestApi;
beforeAll(async () => {
  // No scheduled work, whose statements would stand between the request's own.
  api = await startTestApi({ ROLE: 'api' });
});
afterAll(() => api.close());

/** The first words of each statement sent meanwhile, the job queue's own left out. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return query.mock.calls
      .map(([statement]: unknown[]) => String(statement).trim())
      .filter((text) => !text.includes('pgboss'))
      .map((text) => /^(?:WITH \w+|SELECT "?\w+|[A-Z ]+)/.exec(text)?.[0] ?? text);
  } finally {
    query.mockRestore();
  }
}

it('a granted application takes three round trips to the database, a repeated one seven, a read two', async () => {
  const key = await api.issueKey(['authorizations:write', 'authorizations:read']);
  const first = await apply(api, key, 'k-1', someone());
  // The last use of a key is noted beside its first request, and then not for a minute.
  await until(() =>
    api.database
      .query('SELECT 1 FROM api_keys WHERE last_used_at IS NOT NULL')
      .then(([row]) => row),
  );
  const other = someone({ certNo: '330701199901011338' });

  expect(await statementsOf(() => apply(api, key, 'k-2', other))).toEqual([
    'SELECT asked',
    'WITH taken',
    'WITH settled',
  ]);
  expect(await statementsOf(() => apply(api, key, 'k-2', other))).toEqual([
    'SELECT asked',
    'WITH taken',
    'START TRANSACTION',
    'SELECT fingerprint',
    'WITH restarted',
    'SELECT "Authorization',
    'ROLLBACK',
  ]);
  expect(
    await statementsOf(() => api.request(`/v1/authorizations/${first.body.id}`, { key })),
  ).toEqual(['SELECT asked', 'SELECT "Authorization']);
});

it('applications that come while the database is busy share their round trips', async () => {
  const key = await api.issueKey(['authorizations:write']);
  const people = Array.from({ length: 60 }, () => someone());
  const other = await connectTo(api.database.url);
  await other.query('BEGIN');
  await other.query('LOCK TABLE idempotency_keys IN EXCLUSIVE MODE');
  const statements = await statementsOf(async () => {
    const answers = people.map((person, n) => apply(api, key, `busy-${n}`, person));
    await pause(300);
    await other.query('COMMIT');
    expect((await Promise.all(answers)).filter(({ status }) => status === 201)).toHaveLength(60);
  });
  await other.destroy();
  // No more at a time than there are connections.
  expect(statements.filter((text) => /^WITH (taken|intent)/.test(text)).length).toBeLessThan(30);
});
