import { describe, expect, it } from '@jest/globals';
import { personIssues, applicationSchema } from './authorization-schemas.js';

const APPLICATION = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
  linkedMerchantId: '2088721630869411',
  reference: 'crm-4711',
  consent: { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00Z' },
};

function issuesOf(changes: object) {
  const value = { ...APPLICATION, ...changes };
  const { error } = applicationSchema.safeParse(value);
  return error ? personIssues(value, error, 'body').map((i) => `${i.field} ${i.code}`) : [];
}

describe('applicationSchema', () => {
  it('takes the documented body', () => {
    expect(applicationSchema.parse(APPLICATION)).toEqual({
      ...APPLICATION,
      consent: { ...APPLICATION.consent, grantedAt: new Date('2026-11-24T08:00:00.000Z') },
    });
  });

  it("has the interface document's own codes for what is missing", () => {
    expect(issuesOf({ certType: undefined, certNo: '', name: ' ', mobile: null })).toEqual([
      'certType CERT_TYPE_IS_NULL',
      'certNo CERT_NO_IS_NULL',
      'name NAME_IS_NULL',
      'mobile MOBILE_IS_NULL',
    ]);
  });

  it.each([
    [{ consent: undefined }, ['consent REQUIRED']],
    [
      { consent: { ...APPLICATION.consent, grantedAt: '24.11.2026' } },
      ['consent.grantedAt INVALID_FORMAT'],
    ],
    [{ consent: { ...APPLICATION.consent, by: 'x' } }, ['consent.by UNKNOWN_MEMBER']],
    [{ strict: true }, ['strict UNKNOWN_MEMBER']],
    [{ confirmReapplication: 'yes' }, ['confirmReapplication INVALID_TYPE']],
    [{ reference: '' }, ['reference TOO_SMALL']],
    [{ reference: 'x'.repeat(129) }, ['reference TOO_BIG']],
    [{ reference: 'a\u0000b' }, ['reference CUSTOM']],
    [{ name: '张\u0000' }, ['name CONTROL_CHARACTER']],
    [{ name: '张\ud800' }, ['name CONTROL_CHARACTER']],
    [{ name: '一二三四五六七八九十一二三四五六七' }, ['name NAME_TOO_LONG']],
  ])('refuses %j', (changes, issues) => {
    expect(issuesOf(changes)).toEqual(issues);
  });

  it.each([
    [{ reference: 'zhima-330701199901011311' }, ['reference PERSONAL_DATA']],
    [{ reference: '张三' }, ['reference PERSONAL_DATA']],
    [
      { consent: { ...APPLICATION.consent, reference: 'tel 13588111111' } },
      ['consent.reference PERSONAL_DATA'],
    ],
    [{ name: 'Li', reference: 'client-1' }, []],
  ])("keeps the person's data out of what is stored as it is: %j", (changes, issues) => {
    expect(issuesOf(changes)).toEqual(issues);
  });
});
