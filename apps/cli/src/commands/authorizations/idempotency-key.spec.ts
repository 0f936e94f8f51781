import { describe, expect, it } from '@jest/globals';
import type { Application } from '../../input/check-application.js';
import { deriveIdempotencyKey } from './idempotency-key.js';

const APPLICATION: Application = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
  consent: { reference: 'c-1', textVersion: '1', grantedAt: '2026-11-24T08:00:00.000Z' },
};
const KEY = 'cli-uwDU8kslEQHvXEnd6qWulakTCMGibIdQ5G4bJAf2ADY';

describe('deriveIdempotencyKey', () => {
  it('is the same for the same application', () => {
    const { consent, ...person } = APPLICATION;
    expect(deriveIdempotencyKey('zma_a', { consent, ...person })).toBe(KEY);
    expect(deriveIdempotencyKey('zma_a', { ...APPLICATION, confirmReapplication: false })).toBe(
      KEY,
    );
  });

  it.each([
    [{ certNo: '330701199901011316' }],
    [{ name: '李四' }],
    [{ mobile: '13588111112' }],
    [{ linkedMerchantId: '2088721630869411' }],
    [{ reference: 'crm-4711' }],
    [{ consent: { ...APPLICATION.consent, reference: 'c-2' } }],
    [{ consent: { ...APPLICATION.consent, grantedAt: '2026-11-25T08:00:00.000Z' } }],
    [{ confirmReapplication: true }],
  ])('is another for %j', (change) => {
    expect(deriveIdempotencyKey('zma_a', { ...APPLICATION, ...change })).not.toBe(KEY);
  });

  it('cannot be worked out without the API key', () => {
    expect(deriveIdempotencyKey('zma_b', APPLICATION)).not.toBe(KEY);
  });
});
