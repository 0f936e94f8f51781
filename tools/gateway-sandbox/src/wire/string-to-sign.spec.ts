import { describe, expect, it } from '@jest/globals';

import { stringToSign } from './string-to-sign.js';

describe('stringToSign', () => {
  it('sorts by ASCII, keeps values raw, leaves out sign and empty values', () => {
    const params = new Map([
      ['version', '1.0'],
      ['sign', 'abc'],
      ['app_id', '1'],
      ['app_auth_token', ''],
      ['Zulu', 'Z'],
      ['biz_content', '{"a":"x=y&z 100%"}'],
      ['sign_type', 'RSA2'],
    ]);
    expect(stringToSign(params)).toBe(
      'Zulu=Z&app_id=1&biz_content={"a":"x=y&z 100%"}&sign_type=RSA2&version=1.0',
    );
  });
});
