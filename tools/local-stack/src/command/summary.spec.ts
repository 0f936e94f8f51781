import { describe, expect, it } from '@jest/globals';
import { humanSummary, jsonSummary, onceSummary, type StackSummary } from './summary.js';

const stack: StackSummary = {
  api: 'http://127.0.0.1:1',
  gateway: 'http://127.0.0.1:2/gateway.do',
  databaseUrl: 'postgres://user:password@127.0.0.1:3/zhimaper?password=again',
  apiKey: 'zma_key',
  appId: '2021000000000001',
  keysDir: '/d/keys',
  dataDir: '/d',
  authorization: { id: '0193', status: 'authorized' },
};

describe('jsonSummary', () => {
  it('is one line with these members', () => {
    expect(jsonSummary(stack)).toBe(
      '{"api":"http://127.0.0.1:1","docs":"http://127.0.0.1:1/docs",' +
        '"gateway":"http://127.0.0.1:2/gateway.do",' +
        '"databaseUrl":"postgres://user:password@127.0.0.1:3/zhimaper?password=again",' +
        '"apiKey":"zma_key","appId":"2021000000000001","keysDir":"/d/keys","dataDir":"/d",' +
        '"authorization":{"id":"0193","status":"authorized"}}\n',
    );
  });
});

describe('humanSummary', () => {
  it('says where everything is', () => {
    expect(humanSummary(stack, true)).toBe(`
  API            http://127.0.0.1:1
  API docs       http://127.0.0.1:1/docs
  API key        zma_key
  Gateway        http://127.0.0.1:2/gateway.do
  App ID         2021000000000001
  Database       postgres://user:password@127.0.0.1:3/zhimaper?password=again
  Keys           /d/keys
  Data and logs  /d

The example person's authorization:
  curl -H 'Authorization: Bearer zma_key' http://127.0.0.1:1/v1/authorizations/0193

Ctrl-C stops everything; the data stays.
`);
  });

  it("hides the password of another's database", () => {
    expect(humanSummary(stack, false)).toContain(
      'postgres://user:***@127.0.0.1:3/zhimaper?password=***\n',
    );
  });
});

describe('onceSummary', () => {
  it('names the authorization and where it is', () => {
    expect(onceSummary(stack)).toBe(
      '\nAuthorization 0193 of the example person is stored in /d.\n',
    );
  });
});
