import { describe, expect, it } from '@jest/globals';
import { deriveKey } from './derive-key.js';
import { Hasher } from './hasher.js';

// Expected values: Python's hmac and hashlib, with HKDF written out from RFC 5869.
const MATERIAL = Uint8Array.from({ length: 32 }, (_, index) => index);
const PERSON = { certType: 'IDENTITY_CARD', certNo: '33070119990101131X' };
const SUBJECT = { ...PERSON, appId: '2021000000000001', linkedMerchantId: null };

describe('deriveKey', () => {
  it('derives a key for each purpose', () => {
    expect(deriveKey(MATERIAL, 'subject-hash').toString('hex')).toBe(
      'b8e29c5b5d4ba01070981be2af9a496128e4bc0c43b5b59e477ffdfe8b581a5a',
    );
  });
});

describe('Hasher', () => {
  const hasher = new Hasher(MATERIAL);

  it('hashes a subject by app, person and merchant', () => {
    expect(hasher.subject(SUBJECT).toString('hex')).toBe(
      '914328528d017bc3b65f37d9d11d33a6e491c49bd7e2221be50c2523e6b5eae1',
    );
    const merchant = hasher.subject({ ...SUBJECT, linkedMerchantId: '2088721630869411' });
    expect(merchant.toString('hex')).toBe(
      '77292ef8d4aadf3b9a499c4b4eacab76aaff79c5a6e8cf28ebbbd651906eff5b',
    );
  });

  it('finds a person again whichever way the number was written', () => {
    const expected = '84470d3c4a40478721e3fb586fa1536374a93cfd4c4100348e2d46c468d47fd0';
    expect(hasher.person(PERSON).toString('hex')).toBe(expected);
    expect(hasher.person({ ...PERSON, certNo: ' 33070119990101131x ' }).toString('hex')).toBe(
      expected,
    );
  });

  it('fingerprints a payload whatever the order of its members', () => {
    const expected = '7d61685639f8360a9a655866e73059633abc049a2045d0e47bc8d134e57dab91';
    const payload = { a: 1, b: { c: '张', d: [1, 2] } };
    const reordered = { b: { d: [1, 2], c: '张' }, gone: undefined, a: 1 };
    expect(hasher.fingerprint(payload).toString('hex')).toBe(expected);
    expect(hasher.fingerprint(reordered).toString('hex')).toBe(expected);
    expect(hasher.fingerprint({ ...payload, b: { c: '张', d: [2, 1] } }).toString('hex')).not.toBe(
      expected,
    );
  });

  it('hashes idempotency keys', () => {
    expect(hasher.idempotencyKey('key-1').toString('hex')).toBe(
      '5c94b4df52caf2825a4a9be23e0b92010bfd39279a8d91bc73521ca5165e2e3c',
    );
  });
});
