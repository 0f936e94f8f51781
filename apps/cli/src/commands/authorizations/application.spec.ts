import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../../test/support/fake-context.js';
import { PERSON } from '../../../test/support/gateway.js';
import { readApplication } from './application.js';

const CONSENT = { reference: 'c-1', textVersion: '1', grantedAt: '2026-11-24T16:00:00+08:00' };
const GRANTED = '2026-11-24T08:00:00.000Z';

function fromStdin(value: unknown, options = {}) {
  const { context } = fakeContext({ stdin: JSON.stringify(value) });
  return readApplication(context, { input: '-', ...options }, false);
}

describe('readApplication', () => {
  it('takes everything from one JSON object', async () => {
    const { application, warnings } = await fromStdin({
      ...PERSON,
      linkedMerchantId: '2088721630869411',
      reference: 'crm-4711',
      consent: CONSENT,
      confirmReapplication: true,
    });
    expect(application).toEqual({
      ...PERSON,
      linkedMerchantId: '2088721630869411',
      reference: 'crm-4711',
      consent: { ...CONSENT, grantedAt: GRANTED },
      confirmReapplication: true,
    });
    expect(warnings.map(({ code }) => code)).toEqual(['CERT_NO_CHECK_DIGIT']);
  });

  it('lets options win', async () => {
    const options = {
      reference: 'crm-2',
      consentReference: 'c-2',
      consentTextVersion: '2',
      consentGrantedAt: '2026-11-25',
      utc: true,
    };
    const { application } = await fromStdin({ ...PERSON, consent: CONSENT }, options);
    expect(application).toEqual({
      ...PERSON,
      reference: 'crm-2',
      consent: { reference: 'c-2', textVersion: '2', grantedAt: '2026-11-25T00:00:00.000Z' },
    });
  });

  it('tells every fault at once, without a value', async () => {
    const value = {
      ...PERSON,
      name: '',
      extra: 1,
      reference: 7,
      consent: { reference: '', grantedAt: 'yesterday' },
      confirmReapplication: 'yes',
    };
    await expect(fromStdin(value)).rejects.toMatchObject({
      issues: [
        { field: 'name', code: 'NAME_IS_NULL', message: 'is required' },
        { field: 'extra', code: 'UNKNOWN_FIELD', message: 'is not known' },
        { field: 'reference', code: 'INVALID', message: 'must be a text' },
        { field: 'consent.reference', code: 'REQUIRED', message: 'is required' },
        { field: 'consent.textVersion', code: 'REQUIRED', message: 'is required' },
        { field: 'consent.grantedAt', code: 'INVALID', message: 'is no time of ISO 8601' },
        { field: 'confirmReapplication', code: 'INVALID', message: 'must be true or false' },
      ],
    });
  });

  it.each([
    ['c-1', 'must be an object'],
    [{ ...CONSENT, version: '1' }, 'has a member that is not known'],
  ])('refuses the consent %j', async (consent, message) => {
    await expect(fromStdin({ ...PERSON, consent })).rejects.toMatchObject({
      issues: [{ field: 'consent', code: 'INVALID', message }],
    });
  });

  it('asks at the terminal for what is missing', async () => {
    const { context, stdin, stderr } = fakeContext({ isTTY: true });
    const { name, mobile } = PERSON;
    const options = { name, mobile, consentReference: 'c-1', consentTextVersion: '1' };
    const application = readApplication(context, options, true);
    stdin.write(`${PERSON.certNo}\r`);
    await new Promise((resolve) => setTimeout(resolve, 10));
    stdin.write(`${CONSENT.grantedAt}\r`);
    expect((await application).application).toEqual({
      ...PERSON,
      consent: { ...CONSENT, grantedAt: GRANTED },
    });
    expect(stderr.text()).toContain('Agreed at (ISO 8601): ');
    expect(stderr.text()).not.toContain(PERSON.certNo);
  });
});
