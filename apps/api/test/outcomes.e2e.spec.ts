import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { apply, EXAMPLE, someone } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  await api.reset();
  key = await api.issueKey(['authorizations:write', 'authorizations:read', 'tokens:read']);
});
afterAll(() => api.close());

const attempts = () =>
  api.database.query<{ state: string; outcome_class: string }>(
    'SELECT state, outcome_class FROM attempts ORDER BY id',
  );

describe('an application that Alipay grants', () => {
  it('answers 201 with the authorisation, masked', async () => {
    const { status, headers, body } = await apply(api, key, 'k-1', EXAMPLE);
    expect(status).toBe(201);
    expect(headers.get('idempotent-replayed')).toBe(null);
    expect(body).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/),
      status: 'authorized',
      reference: 'crm-4711',
      tokenType: 'permanent',
      subject: {
        certType: 'IDENTITY_CARD',
        certNo: '330***********1311',
        name: '*三',
        mobile: '135****1111',
      },
      linkedMerchantId: '2088721630869411',
      consent: EXAMPLE.consent,
      gateway: { code: '10000', traceId: api.sandbox.ledger().tokens[0]!.traceId },
      warnings: [{ field: 'certNo', code: 'CERT_NO_CHECK_DIGIT' }],
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(await attempts()).toEqual([{ state: 'finished', outcome_class: 'success' }]);
  });

  it('answers the same again to the same key and payload, without a second call', async () => {
    const first = await apply(api, key, 'k-1', EXAMPLE);
    const again = await apply(api, key, 'k-1', EXAMPLE);
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.text).toBe(first.text);
    expect(api.sandbox.ledger().requests).toHaveLength(1);
  });

  it('shows the authorisation, and its token only where it is asked for', async () => {
    const { text, body } = await apply(api, key, 'k-1', EXAMPLE);
    const shown = await api.request(`/v1/authorizations/${body.id}`, { key });
    expect([shown.status, shown.text]).toEqual([200, text]);
    const token = await api.request(`/v1/authorizations/${body.id}/token`, { key });
    expect(token.status).toBe(200);
    expect(token.headers.get('cache-control')).toBe('no-store');
    expect(token.body).toEqual({
      accessToken: api.sandbox.ledger().tokens[0]!.accessToken,
      tokenType: 'permanent',
      obtainedAt: body.updatedAt,
    });
  });

  it('has null for what was left out', async () => {
    const { certType, certNo, name, mobile, consent } = EXAMPLE;
    const person = { certType, certNo, name, mobile, consent };
    const { status, body } = await apply(api, key, 'k-1', person);
    expect(status).toBe(201);
    expect(body).toMatchObject({ reference: null, linkedMerchantId: null });
  });

  it('has no token type where Alipay names none', async () => {
    const { body } = await apply(api, key, 'k-1', someone({ mobile: '13800001001' }));
    expect(body).toMatchObject({ status: 'authorized', tokenType: null });
  });
});

describe('an application that Alipay rejects', () => {
  it.each([
    ['13800000005', '40004', 'NO_USER_ERROR', 'end-user'],
    ['13800004002', '40002', 'isv.invalid-parameter', 'caller-input'],
  ])('answers 422 to %s, and again', async (mobile, code, subCode, outcome) => {
    const person = someone({ mobile });
    const { status, headers, body } = await apply(api, key, 'k-1', person);
    expect(status).toBe(422);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: '/problems/application-rejected',
      title: 'Alipay rejected the application',
      status: 422,
      detail: 'No authorisation was granted; "gateway" says why.',
      code: 'application-rejected',
      traceId: headers.get('x-trace-id'),
      authorizationId: expect.any(String),
      gateway: { code, subCode, class: outcome, solution: expect.stringMatching(/\w{3}/) },
    });
    const again = await apply(api, key, 'k-1', person);
    expect(again.status).toBe(422);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect({ ...again.body, traceId: '' }).toEqual({ ...body, traceId: '' });
    expect(api.sandbox.ledger().requests).toHaveLength(1);
  });

  it('shows what was rejected, and leaves the person free', async () => {
    const person = someone({ mobile: '13800000005' });
    const { body } = await apply(api, key, 'k-1', person);
    const shown = await api.request(`/v1/authorizations/${body.authorizationId}`, { key });
    expect(shown.body).toMatchObject({
      status: 'rejected',
      tokenType: null,
      gateway: { code: '40004', subCode: 'NO_USER_ERROR', class: 'end-user' },
    });
    const token = await api.request(`/v1/authorizations/${body.authorizationId}/token`, { key });
    expect(token.status).toBe(404);
    expect((await apply(api, key, 'k-2', { ...person, mobile: '13588111111' })).status).toBe(201);
  });
});

describe('an application whose outcome is unknown', () => {
  it.each([
    ['the answer of a failing business system', { subCode: 'SYSTEM_ERROR' }],
    ['a lost answer', { resetAfter: true as const }],
    ['a cut answer', { truncate: true as const }],
    ['an answer that was changed on the way', { tamper: true as const }],
    ['an answer without a signature', { unsigned: true as const }],
    ['the page of a proxy', { status: 502, html: '<html>Bad Gateway</html>' }],
  ])('answers 504 to %s, and again, and never calls twice', async (_what, then) => {
    api.sandbox.addScenario({ then });
    const person = someone();
    const first = await apply(api, key, 'k-1', person);
    expect(first.status).toBe(504);
    expect(first.body.code).toBe('unknown-outcome');
    const again = await apply(api, key, 'k-1', person);
    expect(again.status).toBe(504);
    expect(again.body.authorizationId).toBe(first.body.authorizationId);
    expect(api.sandbox.ledger().requests).toHaveLength(1);
    const shown = await api.request(`/v1/authorizations/${first.body.authorizationId}`, { key });
    expect(shown.body).toMatchObject({ status: 'unknown', tokenType: null });
  });
});

describe('an application that had no effect', () => {
  it.each([
    ['13800004005', 503, 'gateway-rate-limited', '10', 'rate-limited'],
    ['13800002001', 502, 'gateway-refused', null, 'token'],
    ['13800004006', 502, 'gateway-refused', null, 'permission'],
    ['13800004001', 502, 'gateway-refused', null, 'caller-config'],
  ])(
    'answers %s with %i %s, then tries again',
    async (mobile, status, code, retryAfter, outcome) => {
      const person = someone({ mobile });
      const failed = await apply(api, key, 'k-1', person);
      expect([failed.status, failed.body.code]).toEqual([status, code]);
      expect(failed.headers.get('retry-after')).toBe(retryAfter);
      expect(failed.body.gateway?.class).toBe(outcome);
      const id = failed.body.authorizationId ?? '';
      const shown = await api.request(`/v1/authorizations/${id}`, { key });
      expect(shown.body['status']).toBe('failed');
      await apply(api, key, 'k-1', person);
      expect(api.sandbox.ledger().requests).toHaveLength(2);
      expect(await attempts()).toEqual([
        { state: 'finished', outcome_class: outcome },
        { state: 'finished', outcome_class: outcome },
      ]);
    },
  );

  it('becomes authorised at a later try, under the same id', async () => {
    api.sandbox.addScenario({ times: 1, then: { subCode: 'isv.app-call-limited', code: '40005' } });
    const person = someone();
    const failed = await apply(api, key, 'k-1', person);
    const granted = await apply(api, key, 'k-1', person);
    expect([failed.status, granted.status]).toEqual([503, 201]);
    expect(granted.body.id).toBe(failed.body.authorizationId);
    expect(granted.headers.get('idempotent-replayed')).toBe(null);
  });

  it('answers 503 where the gateway cannot be reached', async () => {
    const other = await startTestApi({ ALIPAY_GATEWAY_URL: 'http://127.0.0.1:1/gateway.do' });
    try {
      const otherKey = await other.issueKey(['authorizations:write']);
      const { status, headers, body } = await apply(other, otherKey, 'k-1', someone());
      expect([status, body.code]).toEqual([503, 'gateway-unreachable']);
      expect(headers.get('retry-after')).toBe('5');
      expect(body).not.toHaveProperty('gateway');
    } finally {
      await other.close();
    }
  });
});
