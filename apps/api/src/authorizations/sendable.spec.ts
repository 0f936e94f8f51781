import { AlipayInputError, type GatewayIdentity } from '@zhimaper/alipay-core';
import { describe, expect, it } from '@jest/globals';
import { checkSendable } from './sendable.js';

const PERSON = {
  certType: 'IDENTITY_CARD' as const,
  certNo: '33070119990101131x',
  name: '张三',
  mobile: '13588111111',
};
const NOW = new Date('2026-11-24T08:00:00Z');
const GBK: GatewayIdentity = { appId: '2021000000000001', signType: 'RSA2', charset: 'gbk' };

function refusal(person: typeof PERSON, identity: GatewayIdentity) {
  try {
    checkSendable(person, identity, NOW);
    return null;
  } catch (error) {
    return error;
  }
}

describe('checkSendable', () => {
  it('answers the data as it will be sent', () => {
    expect(checkSendable(PERSON, GBK, NOW).input.certNo).toBe('33070119990101131X');
  });

  it('refuses what the charset cannot hold, by field, before anything is written down', () => {
    const error = refusal({ ...PERSON, name: '张🙂' }, GBK);
    expect(error).toBeInstanceOf(AlipayInputError);
    expect((error as AlipayInputError).issues).toEqual([
      {
        field: 'name',
        code: 'UNENCODABLE_CHARACTER',
        message: "has a character that the gateway's charset cannot hold",
      },
    ]);
    expect(refusal({ ...PERSON, name: '张🙂' }, { ...GBK, charset: 'utf-8' })).toBe(null);
  });
});
