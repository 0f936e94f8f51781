import { createVerify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { answerOf, fakeGateway } from '../../test/fake-gateway.js';
import { TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { nodeSignatureEngine, readPrivateKey, type SignatureEngine } from '../signing/index.js';

const METHOD = 'alipay.any.method';
const MEMBER = 'alipay_any_method_response';
const succeed = () => answerOf(MEMBER, '{"code":"10000","id":20880000000000000001}');

describe('execute', () => {
  it('signs everything that it sends', async () => {
    const { client, sent } = fakeGateway(succeed);
    await client.execute(METHOD, {
      bizContent: { outNo: 20880000000000000001n },
      params: { extra: '&=+ %' },
      appAuthToken: 'merchant',
      authToken: 'user',
      notifyUrl: 'https://shop.test/notify?a=1',
      returnUrl: 'https://shop.test/back',
      snakeCase: true,
    });
    const { sign = '', ...query } = sent[0]!.query;
    const stringToSign =
      'app_auth_token=merchant&app_id=2014072300007148&auth_token=user' +
      '&biz_content={"out_no":20880000000000000001}&charset=utf-8&extra=&=+ %&format=JSON' +
      '&method=alipay.any.method&notify_url=https://shop.test/notify?a=1' +
      '&return_url=https://shop.test/back&sign_type=RSA2&timestamp=2014-07-24 03:07:50&version=1.0';
    const all = Object.entries({ ...query, ...sent[0]!.body });
    expect(
      all
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('&'),
    ).toBe(stringToSign);
    const spki = Buffer.from(readPrivateKey(TEST_PRIVATE_KEY).publicKey.spkiDer);
    const key = { key: spki, format: 'der', type: 'spki' } as const;
    expect(createVerify('sha256').update(stringToSign).verify(key, sign, 'base64')).toBe(true);
  });

  it('signs at once where it is alone, and beside the event loop where others wait', async () => {
    const modes: unknown[] = [];
    const engine: SignatureEngine = {
      ...nodeSignatureEngine,
      sign: (data, key, signType, mode) => {
        modes.push(mode);
        return nodeSignatureEngine.sign(data, key, signType, mode);
      },
    };
    const { client } = fakeGateway(succeed, { engine });
    await client.execute(METHOD);
    await Promise.all([1, 2, 3].map(() => client.execute(METHOD)));
    await client.execute(METHOD, { params: { wrong: '\ud800' } }).catch(() => undefined);
    await client.execute(METHOD);
    expect(modes).toEqual(['blocking', 'blocking', 'background', 'background', 'blocking']);
  });

  it('answers a number beyond 2^53 as text', async () => {
    const { client } = fakeGateway(succeed);
    expect(await client.execute(METHOD)).toMatchObject({
      outcome: 'success',
      data: { id: '20880000000000000001' },
    });
  });

  it("takes a call's own merchant authorisation before the client's", async () => {
    const { client, sent } = fakeGateway(succeed, { appAuthToken: 'default' });
    await client.execute(METHOD);
    await client.execute(METHOD, { appAuthToken: 'own' });
    await client.execute(METHOD, { params: { app_auth_token: 'param' } });
    await client.execute(METHOD, { appAuthToken: '' });
    expect(sent.map(({ query }) => query['app_auth_token'])).toEqual([
      'default',
      'own',
      'param',
      undefined,
    ]);
  });

  it("hides the client's merchant authorisation in the text of an error", async () => {
    const value = '{"code":"40002","sub_code":"isv.invalid-parameter","sub_msg":"<merchant-1>"}';
    const { client } = fakeGateway(() => answerOf(MEMBER, value), { appAuthToken: 'merchant-1' });
    expect(await client.execute(METHOD)).toMatchObject({ subMsg: '<[redacted]>' });
  });

  it.each([0, -1, NaN, Infinity, 2 ** 31])('refuses timeoutMs %p', async (timeoutMs) => {
    const { client, sent } = fakeGateway(succeed);
    await expect(client.execute(METHOD, { timeoutMs })).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });

  it.each(['', 'token', 'a..b', 'a.b&c=d'])('refuses the method %j', async (method) => {
    const { client, sent } = fakeGateway(succeed);
    await expect(client.execute(method)).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });
});
