import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { certNoOf, EXAMPLE } from './support/applications.js';
import { batchOf, itemsOf, jsonLines, untilEnded, upload } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { copyTables, databaseFiles, findSecrets, walPosition } from './support/traces.js';
import { until } from './support/until.js';

const NAME = '欧阳娜娜';
const people = Array.from({ length: 120 }, (_, line) => ({
  ...EXAMPLE,
  name: NAME,
  certNo: certNoOf('5', line),
  mobile: String(13_700_000_000 + line),
  reference: `line-${line}`,
}));

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('a batch in the middle of its work', () => {
  it('leaves no person and no token in any table, file, log line or answer', async () => {
    const key = await api.issueKey(['batches:write', 'batches:read']);
    const query = <Row>(sql: string) => api.database.query<Row>(sql);
    const since = await walPosition(query);
    const scenarios = [
      { subCode: 'NO_USER_ERROR', subMsg: `${NAME} ${people[0]!.certNo}` },
      { resetAfter: true as const },
      { unsigned: true as const },
      { subCode: 'isv.app-call-limited' },
    ];
    for (const then of scenarios) api.sandbox.addScenario({ times: 3, then });
    api.sandbox.addScenario({ then: { delayMs: 250 } });
    const bodies = [...people, { ...people[0], reference: people[0]!.certNo }];
    const { body } = await upload(api, key, 'the-batch', jsonLines(bodies));
    await until(() => api.sandbox.ledger().tokens.length > 20);

    const mobiles = people.map(({ mobile }) => mobile);
    const secretsNow = () => [
      NAME,
      ...people.map(({ certNo }) => certNo),
      ...mobiles,
      ...api.sandbox
        .ledger()
        .tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
    ];
    const tables = await copyTables(api.database.url);
    const { counts } = await batchOf(api, key, body.id);
    expect(counts.waiting).toBeGreaterThan(0);
    // What may be there is found, where the lines and the queue's jobs are, too: the search works.
    expect(findSecrets(tables, ['line-7', body.id])).toEqual(
      expect.arrayContaining(['secret 0 in batch_lines', 'secret 1 in pgboss.job']),
    );
    expect(findSecrets(tables, secretsNow())).toEqual([]);

    await untilEnded(api, key, body.id);
    const items = JSON.stringify(await itemsOf(api, key, body.id));
    expect(findSecrets(await databaseFiles(query, since), secretsNow())).toEqual([]);
    const texts = [api.lines.join('\n'), items].map((text, index) => ({
      name: ['log', 'items'][index]!,
      bytes: Buffer.from(text),
    }));
    expect(findSecrets(texts, secretsNow())).toEqual([]);
  });
});
