import { encryptContent, readEncryptKey } from '@zhimaper/alipay-core';
import { describe, expect, it } from '@jest/globals';
import { pairInAnswer } from './pair-in-answer.js';

const answer = (members: object, end = '') =>
  Buffer.from(
    JSON.stringify({ alipay_user_auth_zhimaper_inner_apply_response: members, sign: 'x' }) + end,
  );
const GRANTED = {
  code: '10000',
  access_token: 'access',
  refresh_token: 'refresh',
  auth_token_type: 'permanent',
};

describe('pairInAnswer', () => {
  it('finds both tokens, whoever signed the answer', () => {
    expect(pairInAnswer(answer(GRANTED), 'utf-8')).toEqual({
      accessToken: 'access',
      refreshToken: 'refresh',
      tokenType: 'permanent',
    });
    const { auth_token_type: _, ...untyped } = GRANTED;
    expect(pairInAnswer(answer(untyped), 'gbk')?.tokenType).toBe(null);
  });

  it('opens an encrypted answer with the key that fits, and with no other', () => {
    const key = readEncryptKey(Buffer.alloc(16, 1).toString('base64'));
    const content = encryptContent(JSON.stringify(GRANTED), key);
    const bytes = Buffer.from(
      JSON.stringify({ alipay_user_auth_zhimaper_inner_apply_response: content }),
    );
    expect(pairInAnswer(bytes, 'utf-8', key)?.accessToken).toBe('access');
    const other = readEncryptKey(Buffer.alloc(16, 2).toString('base64'));
    expect(pairInAnswer(bytes, 'utf-8', other)).toBe(null);
    expect(pairInAnswer(bytes, 'utf-8')).toBe(null);
  });

  it.each([
    ['one token', answer({ ...GRANTED, refresh_token: undefined })],
    ['a blank token', answer({ ...GRANTED, access_token: ' ' })],
    ['a damaged token', answer({ ...GRANTED, access_token: 'a\ufffd' })],
    ['a token that is none', answer({ ...GRANTED, access_token: 7 })],
    ['a cut answer', answer(GRANTED).subarray(0, -30)],
    ['something behind the answer', answer(GRANTED, '{}')],
    ['a page', Buffer.from('<html>')],
    ['nothing', Buffer.alloc(0)],
    [
      'an encrypted answer',
      Buffer.from('{"alipay_user_auth_zhimaper_inner_apply_response":"eA=="}'),
    ],
  ])('finds none in %s', (_what, bytes) => {
    expect(pairInAnswer(bytes, 'utf-8')).toBe(null);
  });
});
