import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_CONTROLLERS } from '../src/api-controllers.js';
import { checkDocumented, type Exchange } from './support/contract.js';
import { startTestApi, type TestApi } from './support/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('the OpenAPI document', () => {
  it('describes every controller of the running service', () => {
    const running = [...api.app.get(ModulesContainer).values()].flatMap((module) =>
      [...module.controllers.values()].map(({ name }) => String(name)),
    );
    expect(running.sort()).toEqual(API_CONTROLLERS.map(({ name }) => name).sort());
  });
});

describe('checkDocumented', () => {
  const ids = {
    'x-request-id': '01900000-0000-7000-8000-000000000001',
    'x-trace-id': '0'.repeat(32),
  };
  const live = (changes: Partial<Exchange> & { type?: string }): Exchange => ({
    method: 'GET',
    path: '/health/live?x=1',
    status: 200,
    headers: new Headers({ ...ids, 'content-type': changes.type ?? 'application/json' }),
    text: '{"status":"live"}',
    ...changes,
  });

  it('lets pass what is described', () => {
    expect(() => {
      checkDocumented(live({}));
    }).not.toThrow();
  });

  it.each([
    ['a status', { status: 202 }, 'has no such status'],
    ['a body', { text: '{"status":"dead"}' }, 'must be equal to constant'],
    ['a member', { text: '{"status":"live","more":1}' }, 'must NOT have additional properties'],
    ['a media type', { type: 'text/html' }, 'has no text/html'],
    [
      'a lacking header',
      { headers: new Headers({ 'content-type': 'application/json' }) },
      'lacks the header X-Request-Id',
    ],
    [
      'a header',
      { headers: new Headers({ ...ids, 'content-type': 'application/json', 'retry-after': '1' }) },
      'does not know Retry-After here',
    ],
    ['a path', { path: '/v1/nothing' }, 'there is no such operation'],
  ])('refuses %s that nobody described', (_what, changes, message) => {
    expect(() => {
      checkDocumented(live(changes));
    }).toThrow(message);
  });
});
