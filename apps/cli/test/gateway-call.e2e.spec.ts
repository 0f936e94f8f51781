import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { personalDataIn, startTestGateway, type TestGateway } from './support/gateway.js';

const APPLY = 'alipay.user.auth.zhimaper.inner.apply';
const BIZ_CONTENT =
  '{"cert_no":"330701199901011311","cert_type":"IDENTITY_CARD","name":"张三","mobile":"13588111111"}';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.sandbox.close());

afterEach(() => {
  gateway.sandbox.reset();
});

/** Within this process, which is quicker than the built binary. */
function call(args: readonly string[], options: { stdin?: string } = {}) {
  return capture(['gateway', 'call', ...args], { ...options, env: gateway.env, now: new Date() });
}

describe('zhimaper gateway call', () => {
  it('masks the tokens of an answer, and says so before it calls', async () => {
    const run = await runCli(['gateway', 'call', APPLY, '--biz-content', '@-', '--json'], {
      stdin: BIZ_CONTENT,
      env: gateway.env,
    });
    const [pair] = gateway.sandbox.ledger().tokens;
    expect(JSON.parse(run.stdout)).toEqual({
      outcome: 'success',
      code: '10000',
      msg: 'Success',
      subCode: null,
      subMsg: null,
      traceId: pair?.traceId,
      verified: true,
      reason: null,
      data: {
        code: '10000',
        msg: 'Success',
        access_token: '[redacted]',
        refresh_token: '[redacted]',
        auth_token_type: 'permanent',
      },
    });
    expect(run.stderr).toBe(
      'warning: this method issues tokens; without --reveal they are masked, and lost.\n',
    );
    expect(run.status).toBe(0);
  });

  it('shows them with --reveal', async () => {
    const run = await call([APPLY, '--biz-content', '@-', '--reveal', '--json'], {
      stdin: BIZ_CONTENT,
    });
    const [pair] = gateway.sandbox.ledger().tokens;
    expect(JSON.parse(run.stdout)).toMatchObject({ data: { access_token: pair?.accessToken } });
    expect(run.stderr).toBe('');
  });

  it('prints an answer for people', async () => {
    const run = await call([APPLY, '--biz-content', '@-'], { stdin: BIZ_CONTENT });
    expect(run.stdout).toMatch(/^outcome\tsuccess\ncode\t10000\nmessage\tSuccess\n/);
    expect(run.stdout).toContain('\n  "access_token": "[redacted]",\n');
  });

  it('warns of personal data on the command line', async () => {
    const run = await call([APPLY, '--biz-content', BIZ_CONTENT]);
    expect(run.stderr).toContain('warning: personal data or a secret stands on the command line');
    expect(personalDataIn(run.stdout + run.stderr)).toBeNull();
  });

  it('ends with 78 for a method that the gateway does not know', async () => {
    const run = await call(['alipay.no.such.method', '--json']);
    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'caller-config',
      subCode: 'isv.invalid-method',
      verified: true,
      reason: 'gateway-error',
      data: null,
    });
    expect(run.status).toBe(78);
  });

  it('shows no echo of what was sent', async () => {
    gateway.sandbox.addScenario({ then: { subCode: 'isv.invalid-signature', subMsg: '张三' } });
    const run = await call([APPLY, '--biz-content', '@-', '--json'], { stdin: BIZ_CONTENT });
    expect(JSON.parse(run.stdout)).toMatchObject({
      subCode: 'isv.invalid-signature',
      subMsg: null,
    });
    expect(personalDataIn(run.stdout + run.stderr)).toBeNull();
  });

  it.each([
    [['no-method'], "METHOD is not an interface's name."],
    [['alipay.a', '--param', 'app_id=1'], 'app_id cannot be given as a parameter.'],
    [['alipay.a', '--param', 'x'], '--param number 1 is not key=value.'],
    [['alipay.a', '--biz-content', '[1]'], '--biz-content is valid JSON but not an object.'],
  ])('refuses %j before sending', async (args, message) => {
    const run = await call([...args, '--json']);
    expect(run.stderr).toContain(`error: ${message}`);
    expect(JSON.parse(run.stdout)).toMatchObject({ data: null, verified: null });
    expect(run.status).toBe(2);
    expect(gateway.sandbox.ledger().requests).toEqual([]);
  });
});
