import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AlipayClient, type GatewayClientOptions } from '@zhimaper/alipay-core';
import { createGatewaySandbox, type GatewaySandbox } from '@zhimaper/gateway-sandbox';

const AES_128 = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const AES_192 = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
const AES_256 = '//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=';

/** The interface document's example. */
const PERSON = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
} as const;

let sandboxes: Record<string, GatewaySandbox>;
const clients: AlipayClient[] = [];

beforeAll(async () => {
  const opened = await Promise.all(
    [AES_128, AES_192, AES_256].map(
      async (encryptKey) => [encryptKey, await createGatewaySandbox({ encryptKey })] as const,
    ),
  );
  sandboxes = Object.fromEntries(opened);
});
beforeEach(() => {
  for (const sandbox of Object.values(sandboxes)) sandbox.reset();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close()));
});

function connect(key: string, options: Partial<GatewayClientOptions> = {}) {
  const sandbox = sandboxes[key]!;
  const client = new AlipayClient({
    appId: sandbox.appId,
    privateKey: sandbox.keys.appPrivateKey,
    alipayPublicKey: sandbox.keys.alipayPublicKey,
    gatewayUrl: sandbox.gatewayUrl,
    timeoutMs: 5_000,
    encryptKey: key,
    needEncrypt: true,
    ...options,
  });
  clients.push(client);
  return { sandbox, client };
}

describe('an encrypted application', () => {
  it.each([
    [AES_128, 'utf-8', 'RSA2'],
    [AES_128, 'gbk', 'RSA'],
    [AES_192, 'gb18030', 'RSA2'],
    [AES_256, 'utf-8', 'RSA'],
    [AES_256, 'gb2312', 'RSA2'],
  ])('goes through under %s in %s with %s', async (key, charset, signType) => {
    const { sandbox, client } = connect(key, { charset, signType });
    const result = await client.applyZhimaAuthorization(PERSON);
    const { requests, tokens } = sandbox.ledger();
    expect(requests).toMatchObject([
      { verdict: 'accepted', encrypted: true, name: '张三', certNo: '330701199901011311' },
    ]);
    expect(result).toMatchObject({
      outcome: 'success',
      accessToken: tokens[0]?.accessToken,
      refreshToken: tokens[0]?.refreshToken,
      verified: true,
    });
  });

  it('is a fault of the configuration where the gateway has another key, and issues nothing', async () => {
    const { sandbox, client } = connect(AES_128, { encryptKey: AES_256 });
    expect(await client.applyZhimaAuthorization(PERSON)).toMatchObject({
      outcome: 'caller-config',
      subCode: 'isv.decryption-error-unknown',
      verified: true,
      rawBody: null,
    });
    expect(sandbox.ledger().tokens).toEqual([]);
  });
});

describe('refreshToken', () => {
  it('exchanges a pair once', async () => {
    const { sandbox, client } = connect(AES_128);
    const granted = await client.applyZhimaAuthorization(PERSON);
    if (granted.outcome !== 'success') throw new Error(granted.description);
    const refreshed = await client.refreshToken(granted.refreshToken);
    expect(refreshed).toMatchObject({
      outcome: 'success',
      accessToken: sandbox.ledger().tokens[1]?.accessToken,
      refreshToken: sandbox.ledger().tokens[1]?.refreshToken,
      code: null,
      verified: true,
    });
    expect(sandbox.ledger().tokens[1]).toMatchObject({
      kind: 'refresh',
      replaces: { accessToken: granted.accessToken, refreshToken: granted.refreshToken },
    });
    expect(await client.refreshToken(granted.refreshToken)).toMatchObject({
      outcome: 'token',
      subCode: 'isv.refresh-token-invalid',
    });
    expect(sandbox.ledger().tokens).toHaveLength(2);
  });
});
