import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../../test/support/fake-context.js';
import { readCallRequest } from './call-request.js';

const METHOD = 'alipay.system.oauth.token';

describe('readCallRequest', () => {
  it('sends the business content exactly as it was written', async () => {
    const { context } = fakeContext({ stdin: ' {"id": 20880000000000000001, "a":"张"}\n' });
    expect(await readCallRequest(context, METHOD, { bizContent: '@-' })).toEqual({
      params: {},
      bizContent: '{"id": 20880000000000000001, "a":"张"}',
    });
  });

  it('keeps secret parameters off the command line, and tells the two tokens apart', async () => {
    const stdin = '{"refresh_token":"r","auth_token":"a","app_auth_token":"m","grant_type":"x"}';
    const { context } = fakeContext({ stdin });
    const options = { input: '-', param: ['grant_type=refresh_token'] };
    expect(await readCallRequest(context, METHOD, options)).toEqual({
      params: { refresh_token: 'r', grant_type: 'refresh_token' },
      authToken: 'a',
      appAuthToken: 'm',
    });
  });

  it.each([
    ['encrypt_type', 'It comes from the ALIPAY_* variables or from the call itself: leave it out.'],
    ['sign', 'It comes from the ALIPAY_* variables or from the call itself: leave it out.'],
    ['biz_content', 'Give it with --biz-content.'],
  ])('takes no parameter %s', async (name, nextStep) => {
    const { context } = fakeContext();
    const request = readCallRequest(context, METHOD, { param: [`${name}=x`] });
    await expect(request).rejects.toMatchObject({ outcome: 'invalid-usage', nextStep });
  });

  it.each(['token', 'a..b', 'a b.c', ''])('refuses the method %j', async (method) => {
    const { context } = fakeContext();
    await expect(readCallRequest(context, method, {})).rejects.toMatchObject({
      message: "METHOD is not an interface's name.",
    });
  });
});
