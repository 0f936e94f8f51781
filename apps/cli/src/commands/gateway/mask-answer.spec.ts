import { describe, expect, it } from '@jest/globals';
import { maskAnswer } from './mask-answer.js';

describe('maskAnswer', () => {
  it('masks tokens and personal data by their names, numbers too', () => {
    expect(
      maskAnswer({ access_token: '2012', mobile: 13588111111, name: '张三', expires_in: 3600 }),
    ).toEqual({
      access_token: '[redacted]',
      mobile: '[redacted]',
      name: '[redacted]',
      expires_in: 3600,
    });
  });

  it('masks everything inside such a member, and looks into the others', () => {
    expect(maskAnswer({ refresh_token: ['a', { b: 'c' }], user: { cert_no: '1' } })).toEqual({
      refresh_token: ['[redacted]', { b: '[redacted]' }],
      user: { cert_no: '[redacted]' },
    });
  });

  it('masks an ID number or a mobile wherever it stands', () => {
    expect(maskAnswer({ remark: 'of 330701199901011311', contact: 13588111111 })).toEqual({
      remark: 'of 330***********1311',
      contact: '135****1111',
    });
  });

  it('leaves the rest as it is', () => {
    const data = { trade_no: '2013', paid: true, parts: [1, null], note: '好' };
    expect(maskAnswer(data)).toEqual(data);
  });
});
