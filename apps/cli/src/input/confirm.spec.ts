import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { confirm, confirmByTyping } from './confirm.js';

describe('confirm', () => {
  it.each([
    ['y', true],
    ['YES ', true],
    ['', false],
    ['n', false],
    ['yesterday', false],
  ])('takes %j as %p', async (answer, expected) => {
    const { context, stdin, stderr } = fakeContext({ isTTY: true });
    const confirmed = confirm(context, 'Show it?');
    stdin.write(`${answer}\n`);
    expect(await confirmed).toBe(expected);
    expect(stderr.text()).toContain('Show it? [y/N]: ');
  });

  it('needs a terminal', async () => {
    const { context } = fakeContext({ stdin: 'y\n' });
    await expect(confirm(context, 'Show it?')).rejects.toMatchObject({
      outcome: 'invalid-usage',
      nextStep: 'Add --yes if it is meant.',
    });
  });
});

describe('confirmByTyping', () => {
  it.each([
    ['erase', true],
    ['y', false],
  ])('takes %j as %p', async (answer, expected) => {
    const { context, stdin } = fakeContext({ isTTY: true });
    const confirmed = confirmByTyping(context, 'Erase?', 'erase');
    stdin.write(`${answer}\n`);
    expect(await confirmed).toBe(expected);
  });
});
