import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { createOutput, StdoutError } from './output.js';

describe('createOutput', () => {
  it('writes a result as one line of JSON on stdout with --json', async () => {
    const { context, stdout, stderr } = fakeContext();
    await createOutput(context, true).result({ outcome: 'success', code: null }, () => ['unused']);
    expect(stdout.text()).toBe('{"outcome":"success","code":null}\n');
    expect(stderr.text()).toBe('');
  });

  it('writes lines for people without it', async () => {
    const { context, stdout } = fakeContext();
    await createOutput(context, false).result({}, () => ['one', 'two']);
    expect(stdout.text()).toBe('one\ntwo\n');
  });

  it('writes everything else on stderr', async () => {
    const { context, stdout, stderr } = fakeContext();
    const output = createOutput(context, true);
    await output.note('working');
    await output.warn('careful');
    await output.error('refused', ['name: missing'], 'Give a name.');
    expect(stderr.text()).toBe(
      'working\nwarning: careful\nerror: refused\n  name: missing\nnext:  Give a name.\n',
    );
    expect(stdout.text()).toBe('');
  });

  it.each([
    ['a terminal', {}, '\u001b[33mwarning:\u001b[39m careful\n'],
    ['NO_COLOR', { NO_COLOR: '1' }, 'warning: careful\n'],
    ['a dumb terminal', { TERM: 'dumb' }, 'warning: careful\n'],
  ])('colours as %s wants it', async (_case, env, expected) => {
    const { context, stderr } = fakeContext({ env, isTTY: true });
    await createOutput(context, false).warn('careful');
    expect(stderr.text()).toBe(expected);
  });

  it('reports a result that could not be written with the code of the system', async () => {
    const { context, stdout } = fakeContext();
    stdout.failWith(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    const written = createOutput(context, true).result({}, () => []);
    await expect(written).rejects.toBeInstanceOf(StdoutError);
    await expect(written).rejects.toMatchObject({ code: 'EPIPE' });
  });
});
