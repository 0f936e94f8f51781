import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { Interrupted } from '../runtime/failure.js';
import { canPrompt, prompt } from './prompt.js';

describe('canPrompt', () => {
  it.each([true, false])('follows the terminal: %p', (isTTY) => {
    expect(canPrompt(fakeContext({ isTTY }).context)).toBe(isTTY);
  });
});

describe('prompt', () => {
  it('asks on stderr and echoes a visible answer there', async () => {
    const { context, stdin, stdout, stderr } = fakeContext({ isTTY: true });
    const answer = prompt(context, { label: 'Mobile', hidden: false });
    stdin.write('13588111111\r');
    expect(await answer).toBe('13588111111');
    expect(stderr.text()).toContain('Mobile: ');
    expect(stderr.text()).toContain('13588111111');
    expect(stdout.text()).toBe('');
  });

  it('echoes nothing of a hidden answer', async () => {
    const { context, stdin, stderr } = fakeContext({ isTTY: true });
    const answer = prompt(context, { label: 'ID number', hidden: true });
    stdin.write('330701199901011311\r');
    expect(await answer).toBe('330701199901011311');
    expect(stderr.text()).toContain('ID number: ');
    expect(stderr.text()).not.toMatch(/[0-9]{3}/);
  });

  it('is interrupted by Ctrl-C', async () => {
    const { context, stdin, stderr } = fakeContext({ isTTY: true });
    const answer = prompt(context, { label: 'Name', hidden: false });
    stdin.write('\u0003');
    await expect(answer).rejects.toBeInstanceOf(Interrupted);
    expect(stderr.text()).toMatch(/Name: .*\n$/);
  });

  it('is refused by Ctrl-D', async () => {
    const { context, stdin } = fakeContext({ isTTY: true });
    const answer = prompt(context, { label: 'Name', hidden: false });
    stdin.write('\u0004');
    await expect(answer).rejects.toMatchObject({
      outcome: 'invalid-input',
      message: 'Name was not given.',
    });
  });

  it('is interrupted by a termination signal', async () => {
    const interrupt = new AbortController();
    const { context } = fakeContext({ isTTY: true, signal: interrupt.signal });
    const answer = prompt(context, { label: 'Name', hidden: false });
    interrupt.abort();
    await expect(answer).rejects.toBeInstanceOf(Interrupted);
  });
});
