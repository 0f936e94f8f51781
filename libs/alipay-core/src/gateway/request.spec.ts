import { describe, expect, it } from '@jest/globals';
import type { GatewayIdentity } from './call-parameters.js';
import { assembleRequest, prepareRequest } from './request.js';

const at = new Date('2014-07-23T19:07:50Z');
const identity: GatewayIdentity = {
  appId: '2014072300007148',
  signType: 'RSA2',
  charset: 'utf-8',
};
const apply = {
  method: 'alipay.user.auth.zhimaper.inner.apply',
  bizContent: { cert_no: '330701199901011311', name: '张三' },
};

describe('prepareRequest', () => {
  it('writes the string to sign', () => {
    expect(prepareRequest(apply, identity, at).stringToSign).toBe(
      'app_id=2014072300007148&biz_content={"cert_no":"330701199901011311","name":"张三"}' +
        '&charset=utf-8&format=JSON&method=alipay.user.auth.zhimaper.inner.apply&sign_type=RSA2' +
        '&timestamp=2014-07-24 03:07:50&version=1.0',
    );
  });

  it('signs the bytes of the charset', () => {
    const { bytesToSign } = prepareRequest(apply, { ...identity, charset: 'gbk' }, at);
    expect(Buffer.from(bytesToSign).includes(Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]))).toBe(true);
  });

  it('leaves out what is empty, in the string as in the request', () => {
    const { parameters } = prepareRequest(
      { method: 'alipay.any.method', bizContent: '', params: { a: '', b: '1' }, authToken: '' },
      identity,
      at,
    );
    expect(Object.keys(parameters).sort()).toEqual([
      'app_id',
      'b',
      'charset',
      'format',
      'method',
      'sign_type',
      'timestamp',
      'version',
    ]);
  });

  it('sends bizContent that is a text as it is', () => {
    const { parameters } = prepareRequest({ ...apply, bizContent: '{ "a" : 1 }' }, identity, at);
    expect(parameters['biz_content']).toBe('{ "a" : 1 }');
  });

  it('names the parameter that holds an impossible character, and its place in it', () => {
    expect(() =>
      prepareRequest({ ...apply, params: { note: 'ab😀' } }, { ...identity, charset: 'gbk' }, at),
    ).toThrow('note: character 3 is U+1F600 (emoji), which gbk cannot hold.');
  });
});

describe('assembleRequest', () => {
  it('puts public parameters in the query and business parameters in the body', () => {
    const prepared = prepareRequest(
      { ...apply, appAuthToken: 'merchant', params: { grant_type: 'refresh_token' } },
      { ...identity, charset: 'gbk' },
      at,
    );
    expect(assembleRequest(prepared, 'a+b/c=', 'https://gateway.test/gateway.do')).toEqual({
      url:
        'https://gateway.test/gateway.do?app_id=2014072300007148' +
        '&method=alipay.user.auth.zhimaper.inner.apply&format=JSON&charset=gbk&sign_type=RSA2' +
        '&timestamp=2014-07-24%2003%3A07%3A50&version=1.0&app_auth_token=merchant&sign=a%2Bb%2Fc%3D',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=gbk' },
      body:
        'grant_type=refresh_token&biz_content=%7B%22cert_no%22%3A%22330701199901011311%22%2C' +
        '%22name%22%3A%22%D5%C5%C8%FD%22%7D',
    });
  });

  it('leaves sign out where there is none', () => {
    const { url } = assembleRequest(prepareRequest(apply, identity, at), null, 'https://x.test/');
    expect(url).not.toContain('sign=');
  });
});
