import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { someone } from './support/applications.js';
import { itemsOf, jsonLines, upload } from './support/batches.js';
import { startTestApi, type TestApi } from './support/test-api.js';

const SCOPES = ['batches:write', 'batches:read'];
const NONE = {
  waiting: 0,
  authorized: 0,
  rejected: 0,
  failed: 0,
  unknown: 0,
  abandoned: 0,
  erased: 0,
  refused: 0,
  invalid: 0,
  cancelled: 0,
};

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ ROLE: 'api' });
});
afterAll(() => api.close());

describe('an upload of JSONL', () => {
  it('stores what is valid and records what is not', async () => {
    const key = await api.issueKey(SCOPES);
    const { status, body } = await upload(
      api,
      key,
      'k-1',
      jsonLines([someone({ reference: 'r-1' }), { ...someone(), mobile: '' }]) + '\n{"a":\n',
    );
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(String),
        status: 'running',
        pauseReason: null,
        lineCount: 3,
        counts: { ...NONE, waiting: 1, invalid: 2 },
        retryAt: null,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        receivedAt: expect.any(String),
        endedAt: null,
      },
    ]);
    const none = { reference: null, authorizationId: null, code: null, issues: [], gateway: null };
    expect(await itemsOf(api, key, body.id)).toEqual([
      { ...none, number: 1, status: 'waiting', reference: 'r-1', endedAt: null },
      {
        ...{ ...none, number: 2, status: 'invalid', endedAt: expect.any(String) },
        issues: [{ field: 'mobile', code: 'MOBILE_IS_NULL' }],
      },
      {
        ...{ ...none, number: 3, status: 'invalid', endedAt: expect.any(String) },
        issues: [{ field: 'line', code: 'NOT_JSON' }],
      },
    ]);
  });
});
