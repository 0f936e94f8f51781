import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createGatewaySandbox, type GatewaySandbox } from '../src/index.js';

const run = promisify(execFile);
const client = fileURLToPath(new URL('./official-sdk-client.mjs', import.meta.url));

let keysDir: string;
let sandbox: GatewaySandbox;
beforeAll(async () => {
  keysDir = await mkdtemp(join(tmpdir(), 'sandbox-sdk-'));
  sandbox = await createGatewaySandbox({ keysDir });
});
beforeEach(() => {
  sandbox.reset();
});
afterAll(async () => {
  await sandbox.close();
  await rm(keysDir, { recursive: true });
});

/** What the official SDK returns, in a process that lives in that zone. */
async function applyWithSdk(signType: string, zone: string, ...flags: string[]) {
  const args = [client, sandbox.gatewayUrl, sandbox.appId, keysDir, signType, ...flags];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, TZ: zone } });
  return JSON.parse(stdout) as Record<string, string>;
}

describe('the official SDK, with verification on', () => {
  it.each([
    ['RSA2', 'key', []],
    ['RSA', 'key', []],
    ['RSA2', 'certificate', ['--certificates']],
    ['RSA', 'certificate', ['--certificates']],
  ] as const)('applies with %s in %s mode', async (signType, mode, flags) => {
    const result = await applyWithSdk(signType, 'Asia/Shanghai', ...flags);
    const { requests, tokens } = sandbox.ledger();
    expect(requests.map((one) => [one.name, one.signType, one.mode, one.verdict])).toEqual([
      ['张三', signType, mode, 'accepted'],
    ]);
    expect(result).toEqual({
      msg: 'Success',
      code: '10000',
      accessToken: tokens[0]!.accessToken,
      refreshToken: tokens[0]!.refreshToken,
      authTokenType: 'permanent',
      traceId: requests[0]!.traceId,
    });
  });

  it('reads an error', async () => {
    const result = await applyWithSdk('RSA2', 'Asia/Shanghai', '--mobile', '13800000005');
    expect([result['code'], result['subCode'], result['subMsg']]).toEqual([
      '40004',
      'NO_USER_ERROR',
      '身份三要素不存在支付宝认证的个人会员',
    ]);
  });

  it.each([['key'], ['certificate', '--certificates']])(
    'does not accept a tampered answer in %s mode',
    async (_, ...flags) => {
      sandbox.addScenario({ then: { tamper: true } });
      await expect(applyWithSdk('RSA2', 'Asia/Shanghai', ...flags)).rejects.toThrow('验签失败');
    },
  );

  it('does not accept an answer signed by a certificate that it was not given', async () => {
    await sandbox.rotateCertificate();
    await expect(applyWithSdk('RSA2', 'Asia/Shanghai', '--certificates')).rejects.toThrow(
      '验签失败',
    );
  });

  it('is refused on a machine in UTC, whose local time it sends', async () => {
    const result = await applyWithSdk('RSA2', 'UTC');
    expect(result['subCode']).toBe('isv.invalid-timestamp');
  });
});

describe('the official SDK with encrypted content', () => {
  it.each([
    ['RSA2', []],
    ['RSA', []],
    ['RSA2', ['--certificates']],
  ] as const)('applies with %s %j, where it does not verify', async (signType, flags) => {
    const result = await applyWithSdk(
      signType,
      'Asia/Shanghai',
      '--encrypt',
      '--unverified',
      ...flags,
    );
    const { requests, tokens } = sandbox.ledger();
    expect(requests.map((one) => [one.name, one.encrypted, one.verdict])).toEqual([
      ['张三', true, 'accepted'],
    ]);
    expect(result['accessToken']).toBe(tokens[0]!.accessToken);
    expect(result['refreshToken']).toBe(tokens[0]!.refreshToken);
  });

  it('reads an error, which comes in clear, and verifies it', async () => {
    const flags = ['--encrypt', '--mobile', '13800000005'];
    const result = await applyWithSdk('RSA2', 'Asia/Shanghai', ...flags);
    expect(result['subCode']).toBe('NO_USER_ERROR');
  });
});
