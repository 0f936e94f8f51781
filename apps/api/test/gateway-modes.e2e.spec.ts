import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';

const SCOPES = [
  'authorizations:write',
  'authorizations:read',
  'authorizations:resolve',
  'tokens:read',
  'tokens:refresh',
];

let api: TestApi;
let key: string;

async function start(...parameters: Parameters<typeof startTestApi>): Promise<void> {
  api = await startTestApi(...parameters);
}
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(SCOPES);
});

const tokenOf = async (id: string | undefined) =>
  (await api.request(`/v1/authorizations/${id}/token`, { key })).body['accessToken'];
const issued = () => api.sandbox.ledger().tokens.map(({ accessToken }) => accessToken);

/** An answer that is not believed is kept, and a person may take the pair out of it. */
async function expectAdoption(id: string | undefined): Promise<void> {
  const { status, body } = await api.request(`/v1/authorizations/${id}/resolution`, {
    method: 'POST',
    key,
    body: { outcome: 'adopted', note: 'checked with Alipay' },
  });
  expect([status, body['status'], body['tokenType']]).toEqual([200, 'authorized', 'permanent']);
  expect(await tokenOf(id)).toBe(issued()[0]);
}

describe('the service with encrypted content', () => {
  beforeAll(() =>
    start((sandbox) => ({ ALIPAY_ENCRYPT_KEY: sandbox.encryptKey ?? undefined }), {
      gateway: { encryptKey: Buffer.alloc(16, 7).toString('base64') },
    }),
  );
  afterAll(() => api.close());

  it('applies and refreshes', async () => {
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect([status, body.status]).toEqual([201, 'authorized']);
    const path = `/v1/authorizations/${body.id}/refresh`;
    expect((await api.request(path, { method: 'POST', key })).status).toBe(200);
    expect(await tokenOf(body.id)).toBe(issued()[1]);
    const { requests } = api.sandbox.ledger();
    // A refresh has no business content that could be encrypted.
    expect(requests.map(({ encrypted, verdict }) => [encrypted, verdict])).toEqual([
      [true, 'accepted'],
      [false, 'accepted'],
    ]);
  });

  it('believes an error in the clear', async () => {
    api.sandbox.addScenario({ times: 1, then: { subCode: 'NO_USER_ERROR' } });
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect([status, body.code, body.gateway?.subCode]).toEqual([
      422,
      'application-rejected',
      'NO_USER_ERROR',
    ]);
  });

  it('keeps an answer that is not believed, and opens it for whoever adopts the pair', async () => {
    api.sandbox.addScenario({ times: 1, then: { unsigned: true } });
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect([status, body.code]).toEqual([504, 'unknown-outcome']);
    await expectAdoption(body.authorizationId);
  });
});

describe('the service with certificates', () => {
  let keysDir: string;

  beforeAll(async () => {
    keysDir = await mkdtemp(join(tmpdir(), 'zhimaper-keys-'));
    await start(
      {
        ALIPAY_PUBLIC_KEY: undefined,
        ALIPAY_APP_CERT_FILE: join(keysDir, 'app-cert.crt'),
        ALIPAY_CERT_FILE: join(keysDir, 'alipay-cert.crt'),
        ALIPAY_ROOT_CERT_FILE: join(keysDir, 'alipay-root.crt'),
      },
      { gateway: { keysDir } },
    );
  });
  afterAll(async () => {
    await api.close();
    await rm(keysDir, { recursive: true });
  });

  it('loses no call while Alipay changes its certificate', async () => {
    await api.sandbox.rotateCertificate();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => apply(api, key, `k-${index}`, someone())),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    const methods = api.sandbox.ledger().requests.map(({ method }) => method);
    expect(
      methods.filter((method) => method === 'alipay.open.app.alipaycert.download'),
    ).toHaveLength(1);
    expect(
      methods.filter((method) => method === 'alipay.user.auth.zhimaper.inner.apply'),
    ).toHaveLength(10);
  });

  it('keeps an answer that is signed by a certificate of nobody knows whom', async () => {
    await api.sandbox.rotateCertificate({ trusted: false });
    const { status, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect([status, body.code]).toEqual([504, 'unknown-outcome']);
    expect(await tokenOf(body.authorizationId)).toBeUndefined();
    await expectAdoption(body.authorizationId);
  });
});
