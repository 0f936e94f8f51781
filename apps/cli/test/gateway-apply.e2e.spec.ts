import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli, startCli, type EndedRun } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { installProgram } from './support/programs.js';
import { runInShell } from './support/shell.js';
import {
  PERSON,
  personalDataIn,
  personJson,
  startTestGateway,
  type TestGateway,
} from './support/gateway.js';

let gateway: TestGateway;
let folder: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-cli-'));
});

afterAll(async () => {
  await gateway.sandbox.close();
  await rm(folder, { recursive: true });
});

afterEach(() => {
  gateway.sandbox.reset();
});

interface Options {
  env?: Record<string, string>;
  stdin?: string;
}

/** Through the built binary: what an operator sees. */
function applyBuilt(args: readonly string[], { env = {}, ...options }: Options = {}) {
  return runCli(['gateway', 'apply', ...args], { ...options, env: { ...gateway.env, ...env } });
}

/** Within this process, which is quicker. */
function apply(args: readonly string[], { env = {}, ...options }: Options = {}) {
  return capture(['gateway', 'apply', ...args], {
    ...options,
    env: { ...gateway.env, ...env },
    now: new Date(),
  });
}

const NOTHING = { accessToken: null, refreshToken: null, authTokenType: null };

describe('zhimaper gateway apply', () => {
  it('prints the tokens as one line of JSON', async () => {
    const run = await applyBuilt(['--input', '-', '--json'], { stdin: personJson() });
    const [pair] = gateway.sandbox.ledger().tokens;
    expect(pair).toBeDefined();
    expect(run.stdout).toBe(
      `${JSON.stringify({
        outcome: 'success',
        accessToken: pair?.accessToken,
        refreshToken: pair?.refreshToken,
        authTokenType: 'permanent',
        code: '10000',
        subCode: null,
        traceId: pair?.traceId,
      })}\n`,
    );
    expect(run.stderr).toBe(
      'warning: certNo has a check digit that does not match (CERT_NO_CHECK_DIGIT)\n',
    );
    expect(run.status).toBe(0);
  });

  it('prints the tokens as lines of label and value', async () => {
    const run = await apply(['--input', '-'], { stdin: personJson() });
    const [pair] = gateway.sandbox.ledger().tokens;
    expect(run.stdout).toBe(
      [
        'outcome\tsuccess',
        `access token\t${pair?.accessToken}`,
        `refresh token\t${pair?.refreshToken}`,
        'token type\tpermanent',
        'code\t10000',
        'sub-code\t-',
        `trace id\t${pair?.traceId}`,
        '',
      ].join('\n'),
    );
    expect(run.status).toBe(0);
  });

  it('takes the person from options and warns of it', async () => {
    const { name, mobile, certNo } = PERSON;
    const run = await apply(
      [
        '--name',
        name,
        '--cert-no',
        certNo,
        '--mobile',
        mobile,
        '--linked-merchant-id',
        '2088',
        '--json',
      ],
      { env: { ALIPAY_CHARSET: 'GBK', ALIPAY_SIGN_TYPE: 'rsa' } },
    );
    expect(run.status).toBe(0);
    expect(gateway.sandbox.ledger().requests[0]).toMatchObject({
      ...{ name, mobile, certNo, verdict: 'accepted' },
    });
    expect(run.stderr).toContain('warning: personal data or a secret stands on the command line');
    expect(personalDataIn(run.stderr)).toBeNull();
  });

  it.each([
    ['13800000005', 1, 'end-user', '40004', 'NO_USER_ERROR'],
    ['13800000006', 3, 'unknown-outcome', '40004', 'SYSTEM_ERROR'],
    ['13800004005', 75, 'rate-limited', '40005', 'isv.app-call-limited'],
    ['13800004006', 78, 'permission', '40006', 'isv.insufficient-isv-permissions'],
  ])('answers %s with status %i, %s', async (mobile, ...expected) => {
    const run = await applyBuilt(['--input', '-', '--json'], { stdin: personJson({ mobile }) });
    expectRefusal(run, ...expected);
  });

  it.each([
    ['13800002000', 3, 'unknown-outcome', '20000', 'isp.unknow-error'],
    ['13800002001', 1, 'token', '20001', 'aop.invalid-auth-token'],
    ['13800004002', 1, 'caller-input', '40002', 'isv.invalid-parameter'],
  ])('answers %s with status %i, %s', async (mobile, ...expected) => {
    const run = await apply(['--input', '-', '--json'], { stdin: personJson({ mobile }) });
    expectRefusal(run, ...expected);
  });

  it.each([
    ['wrong usage', ['--nmae=张三'], personJson(), 2, 'invalid-usage', null],
    [
      'wrong input',
      ['--input', '-'],
      personJson({ mobile: '' }),
      2,
      'invalid-input',
      'MOBILE_IS_NULL',
    ],
  ])('refuses %s before sending', async (_what, args, stdin, status, outcome, subCode) => {
    const run = await applyBuilt([...args, '--json'], { stdin });
    expect(JSON.parse(run.stdout)).toEqual({
      ...{ outcome, ...NOTHING, code: null, subCode, traceId: null },
    });
    expect(personalDataIn(run.stdout + run.stderr)).toBeNull();
    expect(run.status).toBe(status);
    expect(gateway.sandbox.ledger().requests).toEqual([]);
  });

  it('ends with 78 without any configuration', async () => {
    const run = await runCli(['gateway', 'apply', '--input', '-', '--json'], {
      stdin: personJson(),
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'caller-config', ...NOTHING });
    expect(run.status).toBe(78);
  });

  it('shows a dry run without any key, and sends nothing', async () => {
    const run = await runCli(['gateway', 'apply', '--input', '-', '--dry-run', '--json'], {
      stdin: personJson(),
      env: { ALIPAY_GATEWAY_URL: gateway.env.ALIPAY_GATEWAY_URL },
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ signature: null, masked: true });
    expect(personalDataIn(run.stdout + run.stderr)).toBeNull();
    expect(run.status).toBe(0);
    expect(gateway.sandbox.ledger().requests).toEqual([]);
  });

  it('ends with 69 where nobody listens', async () => {
    const port = await closedPort();
    const run = await applyBuilt(['--input', '-', '--json'], {
      stdin: personJson(),
      env: { ALIPAY_GATEWAY_URL: `http://127.0.0.1:${port}/gateway.do` },
    });
    expect(JSON.parse(run.stdout)).toEqual({
      ...{ outcome: 'not-sent', ...NOTHING, code: null, subCode: null, traceId: null },
    });
    expect(run.status).toBe(69);
  });

  it('never prints what the gateway echoes', async () => {
    const other = await startTestGateway();
    await other.sandbox.close();
    const run = await applyBuilt(['--input', '-', '--json'], {
      stdin: personJson(),
      env: { ALIPAY_APP_PRIVATE_KEY: other.env.ALIPAY_APP_PRIVATE_KEY },
    });
    expect(gateway.sandbox.ledger().requests[0]?.verdict).toBe('isv.invalid-signature');
    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'caller-config',
      subCode: 'isv.invalid-signature',
    });
    expect(run.status).toBe(78);
    expect(personalDataIn(run.stdout + run.stderr)).toBeNull();
    expect(run.stdout + run.stderr).not.toContain('biz_content');
  });

  it('refuses a wrong public key, which makes every answer unverified', async () => {
    const other = await startTestGateway();
    await other.sandbox.close();
    const run = await apply(['--input', '-', '--json'], {
      stdin: personJson(),
      env: { ALIPAY_PUBLIC_KEY: other.env.ALIPAY_PUBLIC_KEY },
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'unknown-outcome', ...NOTHING });
    expect(run.status).toBe(3);
  });

  it('reads keys from files', async () => {
    const privateKeyFile = join(folder, 'app-private-key.pem');
    const publicKeyFile = join(folder, 'alipay-public-key.pem');
    await writeFile(privateKeyFile, gateway.env.ALIPAY_APP_PRIVATE_KEY);
    await writeFile(publicKeyFile, gateway.env.ALIPAY_PUBLIC_KEY);
    const run = await apply(['--input', '-', '--json'], {
      stdin: personJson(),
      env: {
        ...{ ALIPAY_APP_PRIVATE_KEY: '', ALIPAY_APP_PRIVATE_KEY_FILE: privateKeyFile },
        ...{ ALIPAY_PUBLIC_KEY: '', ALIPAY_PUBLIC_KEY_FILE: publicKeyFile },
      },
    });
    expect(run.status).toBe(0);
  });

  it('ends with 3 where the answer is lost', async () => {
    gateway.sandbox.addScenario({ then: { resetAfter: true } });
    const run = await apply(['--input', '-', '--json'], { stdin: personJson() });
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'unknown-outcome', ...NOTHING });
    expect(run.status).toBe(3);
  });

  it('ends with 3 where the tokens cannot be written', async () => {
    const { child, ended } = startCli(['gateway', 'apply', '--input', '-', '--json'], {
      env: gateway.env,
      stdin: personJson(),
    });
    child.stdout.destroy();
    const run = await ended;
    expect(gateway.sandbox.ledger().tokens).toHaveLength(1);
    expect(run.stderr).toContain('could not be written to stdout (EPIPE) and is lost.');
    expect(run.status).toBe(3);
  });

  it.each(['>&-', '> /dev/null'])('warns where the tokens would go nowhere: %s', async (where) => {
    await writeFile(join(folder, 'person.json'), personJson());
    const env = { ...gateway.env, PATH: await installProgram(folder) };
    const line = `zhimaper gateway apply --input person.json ${where}`;
    const run = await runInShell(line, { cwd: folder, env });
    expect(run.stderr).toContain(
      'warning: stdout is closed or the null device: tokens that are granted are lost.\n',
    );
    expect(run).toMatchObject({ status: 0, stdout: '' });
  });

  it('ends with 3 when interrupted after the request has left', async () => {
    gateway.sandbox.addScenario({ then: { delayMs: 20_000 } });
    const { child, ended } = startCli(['gateway', 'apply', '--input', '-', '--json'], {
      env: gateway.env,
      stdin: personJson(),
    });
    while (gateway.sandbox.ledger().requests.length === 0 && child.exitCode === null) await pause();
    child.kill('SIGINT');
    const run = await ended;
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'unknown-outcome', ...NOTHING });
    expect(run.stderr).toMatch(/error: .+\nnext: {2}.+\n$/);
    expect(run.status).toBe(3);
  });
});

function expectRefusal(
  run: EndedRun,
  status: number,
  outcome: string,
  code: string,
  subCode: string,
): void {
  const [request] = gateway.sandbox.ledger().requests;
  expect(JSON.parse(run.stdout)).toEqual({
    ...{ outcome, ...NOTHING, code, subCode },
    traceId: request?.traceId,
  });
  expect(run.stderr).toMatch(/error: .+\nnext: {2}.+\n$/);
  expect(run.status).toBe(status);
  expect(personalDataIn(run.stdout + run.stderr)).toBeNull();
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

/** A port on which nobody listens: taken once, and given back. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
  return address.port;
}
