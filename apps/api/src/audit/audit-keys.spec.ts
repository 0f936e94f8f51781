import { describe, expect, it } from '@jest/globals';
import { AuditKeys } from './audit-keys.js';
import type { AuditRecord } from './audit-record.entity.js';

const keys = new AuditKeys(Buffer.from(Array.from({ length: 32 }, (_, index) => index)));

const RECORD: AuditRecord = {
  id: '01930000-0000-7000-8000-000000000001',
  at: new Date('2026-11-24T08:00:00.123Z'),
  action: 'authorization.settled',
  actor: 'api-key',
  apiKeyId: '01930000-0000-7000-8000-000000000002',
  clientId: '01930000-0000-7000-8000-000000000003',
  authorizationId: '01930000-0000-7000-8000-000000000004',
  requestId: null,
  outcomeClass: 'end-user',
  subCode: 'NO_USER_ERROR',
  details: { status: 'rejected', attemptId: 'a' },
};

describe("an event's code", () => {
  it('is what another implementation computes, whatever the order of the details', () => {
    // Python's hmac and hashlib.
    expect(keys.eventMac(RECORD).toString('hex')).toBe(
      '5ec3f8fe063d8f97bf8148ce8b139256fbd8782a99e036566bb36bad0ffae176',
    );
  });

  it.each(Object.keys(RECORD) as (keyof AuditRecord)[])('changes with %s', (member) => {
    const changed = { ...RECORD, [member]: member === 'at' ? new Date(0) : 'x' };
    expect(keys.eventMac(changed)).not.toEqual(keys.eventMac(RECORD));
  });

  it('changes with the key', () => {
    expect(new AuditKeys(Buffer.alloc(32)).eventMac(RECORD)).not.toEqual(keys.eventMac(RECORD));
  });
});
