import { describe, expect, it } from '@jest/globals';
import { callSecrets } from './call-secrets.js';

describe('callSecrets', () => {
  it('lists every value of bizContent, params and tokens, however nested', () => {
    expect(
      callSecrets({
        method: 'alipay.any.method',
        appAuthToken: 'merchant',
        authToken: 'user',
        params: { refresh_token: 'refresh' },
        bizContent: { name: '张三', list: [{ mobile: 13588111111 }], flag: true, none: null },
      }),
    ).toEqual(['refresh', 'merchant', 'user', '张三', '13588111111']);
  });

  it('looks inside JSON that is given as text', () => {
    expect(callSecrets({ method: 'm', bizContent: '{"name":"张三"}' })).toEqual([
      '{"name":"张三"}',
      '张三',
    ]);
    expect(callSecrets({ method: 'm', bizContent: '{broken' })).toEqual(['{broken']);
  });

  it('leaves single characters alone', () => {
    expect(callSecrets({ method: 'm', bizContent: { a: 'x', b: 1 } })).toEqual([]);
  });
});
