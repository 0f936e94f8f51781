import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { createGatewaySandbox, type GatewaySandbox } from '../src/index.js';
import { exchange, exchangeJson } from './support/http.js';
import { call, callAndOpen, NOW } from './support/signed-call.js';

let sandbox: GatewaySandbox;
const logged: string[] = [];
beforeAll(async () => {
  sandbox = await createGatewaySandbox({
    appId: 'app1',
    ledgerLimit: 10,
    clock: () => NOW,
    log: (line) => logged.push(line),
  });
});
afterEach(() => {
  sandbox.reset();
});
afterAll(() => sandbox.close());

const control = (path: string, method = 'GET', body?: unknown) =>
  exchangeJson(`${sandbox.url}/_sandbox/${path}`, method, body);

describe('createGatewaySandbox', () => {
  it('says where it is', () => {
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(sandbox.gatewayUrl).toBe(`${sandbox.url}/gateway.do`);
    expect([sandbox.appId, sandbox.keysDir]).toEqual(['app1', null]);
  });

  it('refuses an app ID that none can have, and two sources of keys', async () => {
    await expect(createGatewaySandbox({ appId: '1'.repeat(33) })).rejects.toThrow(
      new TypeError('appId has to be 1 to 32 letters or digits.'),
    );
    await expect(createGatewaySandbox({ keys: sandbox.keys, keysDir: '/nowhere' })).rejects.toThrow(
      new TypeError('Give keys or keysDir, not both.'),
    );
  });

  it('refuses a port that is taken', async () => {
    const port = Number(new URL(sandbox.url).port);
    await expect(createGatewaySandbox({ keys: sandbox.keys, port })).rejects.toThrow('EADDRINUSE');
  });

  it('goes on with the same keys on the same port after a restart', async () => {
    const first = await createGatewaySandbox({ keys: sandbox.keys, clock: () => NOW });
    await call(first);
    await first.close();
    const port = Number(new URL(first.url).port);
    const second = await createGatewaySandbox({ keys: first.keys, clock: () => NOW, port });
    const { verified } = await callAndOpen(second);
    await second.close();
    expect([verified, second.gatewayUrl]).toEqual([true, first.gatewayUrl]);
  });

  it('refuses a scenario that cannot be carried out', () => {
    expect(() => sandbox.addScenario({ then: {} })).toThrow('"then" is empty.');
  });
});

describe('/_sandbox/ledger', () => {
  it('has the requests and the pairs, and nothing else', async () => {
    expect(await control('ledger')).toEqual({ status: 200, json: { requests: [], tokens: [] } });
    await call(sandbox);
    await control('health');
    const { json } = await control('ledger');
    expect(json).toEqual(JSON.parse(JSON.stringify(sandbox.ledger())));
    expect(sandbox.ledger().requests.map((one) => one.outcome)).toEqual(['success']);
  });

  it('is emptied by DELETE, which leaves scenarios alone', async () => {
    sandbox.addScenario({ then: { tamper: true } });
    await call(sandbox);
    expect(await control('ledger', 'DELETE')).toEqual({ status: 204, json: null });
    expect(sandbox.ledger()).toEqual({ requests: [], tokens: [] });
    await call(sandbox);
    expect(sandbox.ledger().requests[0]!.fault).toBe('tamper');
  });

  it('keeps the newest entries, and the log says once that others made way', async () => {
    for (let count = 0; count < 13; count += 1) await call(sandbox);
    const { requests, tokens } = sandbox.ledger();
    expect([requests.length, tokens.length]).toEqual([10, 10]);
    expect(await control('health')).toEqual({
      status: 200,
      json: { status: 'ok', ledgerEntriesDropped: 6 },
    });
    expect(logged).toEqual(['The ledger is full at 10 entries: the oldest make way.']);
  });

  it('cuts an outlandish value short', async () => {
    await call(sandbox, { change: { method: 'm'.repeat(10_000) } });
    expect(sandbox.ledger().requests[0]!.method).toBe('m'.repeat(128));
  });
});

describe('/_sandbox/scenarios', () => {
  it('adds, lists and clears', async () => {
    const added = await control('scenarios', 'POST', {
      match: { mobile: '13588111111' },
      times: 2,
      then: { subCode: 'SYSTEM_ERROR' },
    });
    expect(added.status).toBe(201);
    const { id } = added.json as { id: string };
    const { member } = await callAndOpen(sandbox);
    expect(member['sub_code']).toBe('SYSTEM_ERROR');
    expect(await control('scenarios')).toEqual({
      status: 200,
      json: {
        scenarios: [
          { id, match: { mobile: '13588111111' }, times: 1, then: { subCode: 'SYSTEM_ERROR' } },
        ],
      },
    });
    expect(await control('scenarios', 'DELETE')).toEqual({ status: 204, json: null });
    expect(await control('scenarios')).toEqual({ status: 200, json: { scenarios: [] } });
  });

  it('says what is wrong with a scenario', async () => {
    expect(await control('scenarios', 'POST', { then: { delay: 1 } })).toEqual({
      status: 400,
      json: { error: '"then" has an unknown member "delay".' },
    });
    const answer = await exchange(`${sandbox.url}/_sandbox/scenarios`, {
      method: 'POST',
      body: '{',
    });
    expect([answer.status, answer.body.toString()]).toEqual([
      400,
      '{"error":"The body is not JSON."}',
    ]);
  });
});

describe('limits and wrong turns', () => {
  it('takes a body of 256 KiB and no byte more', async () => {
    const post = (path: string, bytes: number) =>
      exchange(`${sandbox.url}${path}`, { method: 'POST', body: Buffer.alloc(bytes, 0x20) });

    expect((await post('/gateway.do?charset=utf-8', 262_144)).status).toBe(200);
    const call = await post('/gateway.do?charset=utf-8', 262_145);
    expect([call.status, call.body.toString()]).toEqual([
      413,
      '{"error":"A call has at most 262144 bytes."}',
    ]);
    const scenario = await post('/_sandbox/scenarios', 5_000_000);
    expect([scenario.status, scenario.body.toString()]).toEqual([
      413,
      '{"error":"A scenario has at most 262144 bytes."}',
    ]);
  });

  it('names the routes where there is none', async () => {
    expect(await control('tokens')).toEqual({
      status: 404,
      json: {
        error:
          'There is no /_sandbox/tokens; there are /gateway.do, /_sandbox/ledger, /_sandbox/scenarios, /_sandbox/certificate, /_sandbox/certificate/rotate, /_sandbox/notifications, /_sandbox/health.',
      },
    });
  });

  it.each([
    ['/gateway.do', 'PUT', 'GET, POST'],
    ['/_sandbox/ledger', 'POST', 'GET, DELETE'],
    ['/_sandbox/health', 'DELETE', 'GET'],
  ])('%s does not take %s', async (path, method, allow) => {
    const answer = await exchange(`${sandbox.url}${path}`, { method });
    expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
    expect(answer.body.toString()).toBe(`{"error":"${path} takes ${allow}."}`);
  });
});
