import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AlipayClient, type GatewayClientOptions } from '@zhimaper/alipay-core';
import {
  createGatewaySandbox,
  type GatewaySandbox,
  type ScenarioAction,
} from '@zhimaper/gateway-sandbox';

/** The interface document's example. */
const PERSON = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
  linkedMerchantId: '2088721630869411',
} as const;

let sandbox: GatewaySandbox;
const clients: AlipayClient[] = [];

beforeAll(async () => {
  sandbox = await createGatewaySandbox();
});
beforeEach(() => {
  sandbox.reset();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await sandbox.close();
});

function client(options: Partial<GatewayClientOptions> = {}): AlipayClient {
  const made = new AlipayClient({
    appId: sandbox.appId,
    privateKey: sandbox.keys.appPrivateKey,
    alipayPublicKey: sandbox.keys.alipayPublicKey,
    gatewayUrl: sandbox.gatewayUrl,
    timeoutMs: 5_000,
    ...options,
  });
  clients.push(made);
  return made;
}

describe('the whole path of one application', () => {
  it.each([
    ['utf-8', 'RSA2'],
    ['utf-8', 'RSA'],
    ['GBK', 'RSA2'],
    ['gbk', 'RSA'],
    ['gb2312', 'RSA2'],
    ['GB18030', 'RSA2'],
  ])("takes the document's example person through in %s with %s", async (charset, signType) => {
    const result = await client({ charset, signType }).applyZhimaAuthorization(PERSON);
    const { requests, tokens } = sandbox.ledger();
    expect(requests.map(({ verdict, name, certNo }) => ({ verdict, name, certNo }))).toEqual([
      { verdict: 'accepted', name: '张三', certNo: '330701199901011311' },
    ]);
    expect(tokens).toHaveLength(1);
    expect(result).toMatchObject({
      outcome: 'success',
      accessToken: tokens[0]?.accessToken,
      refreshToken: tokens[0]?.refreshToken,
      authTokenType: 'permanent',
      code: '10000',
      verified: true,
      warnings: [{ field: 'certNo', code: 'CERT_NO_CHECK_DIGIT' }],
    });
  });

  it('shows no token however the result is printed', async () => {
    const result = await client().applyZhimaAuthorization(PERSON);
    const [pair] = sandbox.ledger().tokens;
    for (const text of [
      inspect(result),
      JSON.stringify(result),
      (result as { toString(): string }).toString(),
    ]) {
      expect(text).toContain('[redacted]');
      expect(text).not.toContain(pair?.accessToken);
      expect(text).not.toContain(pair?.refreshToken);
    }
  });

  it('sends nothing that it refuses itself', async () => {
    await expect(client().applyZhimaAuthorization({ ...PERSON, name: '' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ field: 'name', code: 'NAME_IS_NULL' }],
    });
    await expect(
      client({ charset: 'gbk' }).applyZhimaAuthorization({ ...PERSON, name: '𠮷田' }),
    ).rejects.toMatchObject({ code: 'UNENCODABLE_CHARACTER' });
    expect(sandbox.ledger().requests).toEqual([]);
  });
});

describe('what the gateway answers', () => {
  it.each([
    ['13800000001', 'caller-input', '40004', 'CERT_NO_IS_NULL'],
    ['13800000005', 'end-user', '40004', 'NO_USER_ERROR'],
    ['13800000006', 'unknown-outcome', '40004', 'SYSTEM_ERROR'],
    ['13800002000', 'unknown-outcome', '20000', 'isp.unknow-error'],
    ['13800002001', 'token', '20001', 'aop.invalid-auth-token'],
    ['13800004003', 'caller-config', '40003', 'isv.not-online-app'],
    ['13800004004', 'unknown-outcome', '40004', 'SANDBOX_UNLISTED'],
    ['13800004005', 'rate-limited', '40005', 'isv.app-call-limited'],
    ['13800004006', 'permission', '40006', 'isv.insufficient-isv-permissions'],
    ['13800001000', 'unknown-outcome', '10000', null],
  ])('mobile %s: %s', async (mobile, outcome, code, subCode) => {
    const result = await client().applyZhimaAuthorization({ ...PERSON, mobile });
    expect(result).toMatchObject({ outcome, code, subCode, verified: true });
    expect(sandbox.ledger().requests).toHaveLength(1);
  });

  it('knows a token that expires', async () => {
    const result = await client().applyZhimaAuthorization({ ...PERSON, mobile: '13800001001' });
    expect(result).toMatchObject({ outcome: 'success', authTokenType: null });
  });

  it('is told of an unknown app, unsigned as that must be', async () => {
    const result = await client({ appId: '2021000000000009' }).applyZhimaAuthorization(PERSON);
    expect(result).toMatchObject({
      outcome: 'caller-config',
      subCode: 'isv.invalid-app-id',
      verified: false,
    });
  });

  it("gives back nothing of the person from the gateway's echo of what was signed", async () => {
    const { appPrivateKey } = (await createGatewaySandboxKeys()).keys;
    const result = await client({ privateKey: appPrivateKey }).applyZhimaAuthorization(PERSON);
    expect(result).toMatchObject({ outcome: 'caller-config', subCode: 'isv.invalid-signature' });
    const text = inspect(result, { showHidden: true, depth: 9 }) + JSON.stringify(result);
    for (const secret of ['张三', '330701199901011311', '13588111111', '2088721630869411']) {
      expect(text).not.toContain(secret);
    }
  });

  async function createGatewaySandboxKeys() {
    const other = await createGatewaySandbox();
    await other.close();
    return other;
  }
});

describe('what goes wrong on the way', () => {
  it.each<[string, ScenarioAction, string, string, number]>([
    ['reset before', { resetBefore: true }, 'unknown-outcome', 'connection-reset', 0],
    ['reset after', { resetAfter: true }, 'unknown-outcome', 'connection-reset', 1],
    ['unsigned', { unsigned: true }, 'unknown-outcome', 'unsigned-answer', 1],
    ['tampered', { tamper: true }, 'unknown-outcome', 'invalid-signature', 1],
    ['signed by a stranger', { wrongKey: true }, 'unknown-outcome', 'invalid-signature', 1],
    ['a proxy page', { status: 502, html: '<html>' }, 'unknown-outcome', 'http-status', 1],
    ['late', { delayMs: 5_000 }, 'unknown-outcome', 'timeout', 1],
    ['dribbling', { slowBody: 5_000 }, 'unknown-outcome', 'timeout', 1],
  ])('%s', async (_name, then, outcome, reason, tokens) => {
    sandbox.addScenario({ match: { mobile: PERSON.mobile }, times: 1, then });
    const result = await client({ timeoutMs: 700 }).applyZhimaAuthorization(PERSON);
    expect(result).toMatchObject({ outcome, reason });
    expect(sandbox.ledger().requests).toHaveLength(1);
    expect(sandbox.ledger().tokens).toHaveLength(tokens);
  });

  it.each<[string, ScenarioAction]>([
    ['slashes escaped after signing', { escapeSlashes: true }],
    ['the signature first', { signFirst: true }],
    ['another charset than asked for', { charset: 'gbk' }],
  ])('believes an answer with %s', async (_name, then) => {
    sandbox.addScenario({ match: {}, times: 1, then });
    expect(await client().applyZhimaAuthorization(PERSON)).toMatchObject({ outcome: 'success' });
  });

  it('keeps the bytes of a success that it does not believe', async () => {
    sandbox.addScenario({ match: {}, times: 1, then: { unsigned: true } });
    const result = await client().applyZhimaAuthorization(PERSON);
    const kept = result.outcome === 'success' ? null : result.rawBody;
    expect(Buffer.from(kept ?? []).toString()).toContain(
      `"access_token":"${sandbox.ledger().tokens[0]?.accessToken}"`,
    );
  });
});

describe('retries', () => {
  it('repeats a verified rate limit for any method but an application', async () => {
    sandbox.addScenario({ match: {}, times: 2, then: { subCode: 'isv.app-call-limited' } });
    const applied = await client().applyZhimaAuthorization(PERSON);
    expect(applied.outcome).toBe('rate-limited');
    expect(sandbox.ledger().requests).toHaveLength(1);

    const executed = await client({ random: () => 0 }).execute(
      'alipay.user.auth.zhimaper.inner.apply',
      {
        bizContent: {
          cert_no: PERSON.certNo,
          cert_type: PERSON.certType,
          name: PERSON.name,
          mobile: PERSON.mobile,
        },
      },
    );
    expect(executed).toMatchObject({ outcome: 'success', data: { auth_token_type: 'permanent' } });
    expect(sandbox.ledger().requests).toHaveLength(3);
  });
});

describe('a client that cannot work', () => {
  it("refuses one's own public key in Alipay's place", () => {
    expect(() => client({ alipayPublicKey: sandbox.keys.appPublicKey })).toThrow(
      expect.objectContaining({ code: 'ALIPAY_PUBLIC_KEY_IS_OWN' }),
    );
  });

  it.each([
    [{ appId: ' ' }, 'INVALID_CONFIG'],
    [{ gatewayUrl: 'openapi.alipay.com' }, 'INVALID_CONFIG'],
    [{ gatewayUrl: 'https://openapi.alipay.com/gateway.do?charset=gbk' }, 'INVALID_CONFIG'],
    [{ timeoutMs: 0 }, 'INVALID_CONFIG'],
    [{ charset: 'big5' }, 'UNSUPPORTED_CHARSET'],
    [{ signType: 'SM2' }, 'UNSUPPORTED_SIGN_TYPE'],
    [{ privateKey: 'nonsense' }, 'INVALID_PRIVATE_KEY'],
  ])('refuses %j with %s', (options, code) => {
    expect(() => client(options)).toThrow(expect.objectContaining({ code }));
  });

  it('warns of plain http beyond this machine', () => {
    const { warnings } = client({ gatewayUrl: 'http://gateway.test/gateway.do' });
    expect(warnings.map((warning) => warning.code)).toEqual(['INSECURE_GATEWAY_URL']);
  });
});
