import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROBLEM_CODES, problemType } from '../src/errors/problem-catalogue.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function get(path: string) {
  const response = await fetch(api.url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the docs', () => {
  it('serve the OpenAPI document', async () => {
    const { status, body } = await api.request('/openapi.json');
    expect([status, body['openapi']]).toEqual([200, '3.1.0']);
    expect(Object.keys(body['paths'] as object)).toContain('/v1/authorizations/{id}/token');
  });

  it.each(PROBLEM_CODES)('explain the problem %s where its type says', async (code) => {
    const { status, headers, text } = await get(problemType(code));
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain(`<code>${code}</code>`);
    expect(text).toMatch(/<h2>What to do<\/h2>\s*<p>.{20,}<\/p>/);
  });

  it('list every problem', async () => {
    const { text } = await get('/problems');
    const listed = [...text.matchAll(/href="problems\/([a-z-]+)"/g)].map(([, code]) => code);
    expect(listed.sort()).toEqual([...PROBLEM_CODES].sort());
  });

  it('know no other problem and no other file', async () => {
    expect((await api.request('/problems/canary')).status).toBe(404);
    for (const file of ['package.json', 'index.html', '..%2f..%2fpackage.json', 'swagger-ui.js']) {
      expect((await get(`/docs/assets/${file}`)).status).toBe(404);
    }
  });

  it('serve their files, again only when they changed', async () => {
    const { status, headers } = await get('/docs/assets/swagger-ui-bundle.js');
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'no-cache',
    ]);
    const again = await fetch(`${api.url}/docs/assets/swagger-ui-bundle.js`, {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

describe('docs and metrics that are switched off', () => {
  it('do not exist', async () => {
    const other = await startTestApi({ DOCS_ENABLED: 'false', METRICS_ENABLED: 'false' });
    try {
      for (const path of ['/docs', '/openapi.json', '/problems/not-found', '/metrics']) {
        const { status } = await fetch(other.url + path);
        expect([path, status]).toEqual([path, 404]);
      }
      expect((await other.request('/health/live')).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});
