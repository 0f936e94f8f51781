import { AlipayInputError } from '@zhimaper/alipay-core';
import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { PERSON } from '../../test/support/gateway.js';
import { readPerson } from './person.js';

describe('readPerson', () => {
  it('lets options win over the file, and knows the one kind of document', async () => {
    const { context } = fakeContext({ stdin: '{"name":"李四","certNo":"330701199901011316"}' });
    const options = { input: '-', name: '张三', mobile: '13588111111' };
    const { input } = await readPerson(context, options, { mayPrompt: false });
    expect(input).toEqual({
      certType: 'IDENTITY_CARD',
      certNo: '330701199901011316',
      name: '张三',
      mobile: '13588111111',
    });
  });

  it('asks at the terminal for what is missing, and for nothing else', async () => {
    const { context, stdin, stderr } = fakeContext({ isTTY: true });
    const person = readPerson(context, { name: PERSON.name }, { mayPrompt: true });
    stdin.write(`${PERSON.certNo}\r`);
    await new Promise((resolve) => setTimeout(resolve, 10));
    stdin.write(`${PERSON.mobile}\r`);
    expect((await person).input).toEqual(PERSON);
    expect(stderr.text()).not.toContain('Name: ');
    expect(stderr.text()).toContain('ID number: ');
    expect(stderr.text()).not.toContain(PERSON.certNo);
  });

  it('asks nothing where the configuration is wrong already', async () => {
    const { context, stderr } = fakeContext({ isTTY: true });
    const person = readPerson(context, {}, { mayPrompt: false });
    await expect(person).rejects.toBeInstanceOf(AlipayInputError);
    expect(stderr.text()).toBe('');
  });

  it('refuses a member that it does not know', async () => {
    const { context } = fakeContext({
      stdin: JSON.stringify({ ...PERSON, linkedMerchantID: '1' }),
    });
    await expect(readPerson(context, { input: '-' }, { mayPrompt: false })).rejects.toMatchObject({
      issues: [{ field: 'linkedMerchantID', code: 'UNKNOWN_FIELD' }],
    });
  });
});
