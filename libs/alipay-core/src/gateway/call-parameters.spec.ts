import { describe, expect, it } from '@jest/globals';
import { prepareRequest } from './request.js';
import { callParameters, type GatewayCall, type GatewayIdentity } from './call-parameters.js';

const at = new Date('2014-07-23T19:07:50Z');
const identity: GatewayIdentity = { appId: '2014072300007148', signType: 'RSA2', charset: 'gbk' };
const method = 'alipay.any.method';

const collect = (call: Omit<GatewayCall, 'method'>) => {
  const { query, body } = callParameters({ method, ...call }, identity, at);
  return { query: Object.fromEntries(query), body: Object.fromEntries(body) };
};

describe('callParameters', () => {
  it('spells every parameter as the gateway does, and knows where it travels', () => {
    const call = {
      bizContent: { out_no: '1' },
      params: { grant_type: 'refresh_token' },
      appAuthToken: 'merchant',
      authToken: 'user',
      notifyUrl: 'https://shop.test/notify',
      returnUrl: 'https://shop.test/back?a=1&b=2',
    };
    expect(collect(call)).toEqual({
      query: {
        app_id: '2014072300007148',
        method: 'alipay.any.method',
        format: 'JSON',
        charset: 'gbk',
        sign_type: 'RSA2',
        timestamp: '2014-07-24 03:07:50',
        version: '1.0',
        app_auth_token: 'merchant',
        auth_token: 'user',
        notify_url: 'https://shop.test/notify',
        return_url: 'https://shop.test/back?a=1&b=2',
      },
      body: { grant_type: 'refresh_token', biz_content: '{"out_no":"1"}' },
    });
  });

  it('leaves out what is empty at the top level, and nothing of bizContent but undefined', () => {
    const { query, body } = collect({
      params: { note: '', app_auth_token: '' },
      authToken: '',
      notifyUrl: '',
      bizContent: { remark: '', none: null, missing: undefined, list: [], more: {} },
    });
    expect(Object.keys(query).sort().join()).toBe(
      'app_id,charset,format,method,sign_type,timestamp,version',
    );
    expect(body).toEqual({ biz_content: '{"remark":"","none":null,"list":[],"more":{}}' });
    expect(collect({ bizContent: '' }).body).toEqual({});
  });

  it('sends a public parameter of params in the query; an option of its own wins', () => {
    const params = { auth_token: 'a', notify_url: 'https://a.test', prod_code: 'p' };
    const { query, body } = collect({ params, authToken: 'b' });
    expect(query).toMatchObject({ auth_token: 'b', notify_url: 'https://a.test' });
    expect(body).toEqual({ prod_code: 'p' });
  });

  it.each([
    'alipay_root_cert_sn',
    'app_cert_sn',
    'app_id',
    'biz_content',
    'charset',
    'encrypt_type',
    'format',
    'method',
    'sign',
    'sign_type',
    'timestamp',
    'version',
  ])('refuses %s in params, which would contradict the client', (name) => {
    expect(() => collect({ params: { [name]: 'x' } })).toThrow(
      new TypeError(`params must not hold ${name}: the client says it.`),
    );
  });

  it('writes names in snake_case where asked, and refuses what that makes of them all the same', () => {
    const params = { grantType: 'refreshToken', plain: 'aB', appAuthToken: 'm' };
    expect(collect({ params }).body).toEqual(params);
    expect(collect({ params, snakeCase: true })).toMatchObject({
      query: { app_auth_token: 'm' },
      body: { grant_type: 'refreshToken', plain: 'aB' },
    });
    expect(() => collect({ params: { appId: 'x' }, snakeCase: true })).toThrow(
      'params must not hold app_id',
    );
    expect(() => collect({ params: { aB: '1', a_b: '2' }, snakeCase: true })).toThrow(
      'params holds a_b twice, in camelCase and in snake_case.',
    );
  });

  it('sends a parameter named __proto__ like any other', () => {
    const params = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    const { body } = callParameters({ method, params }, identity, at);
    expect(body).toEqual([['__proto__', 'x']]);
    const { parameters } = prepareRequest({ method, params }, identity, at);
    expect(Object.entries(parameters)[0]).toEqual(['__proto__', 'x']);
    expect(Object.getPrototypeOf(parameters)).toBe(Object.prototype);
  });
});
