import { describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { createOutput, StdoutError } from './output.js';
import type { View } from './view.js';

describe('createOutput', () => {
  it('writes a result as one line of JSON on stdout with --json', async () => {
    const { context, stdout, stderr } = fakeContext();
    await createOutput(context, { json: true }).result({ outcome: 'success', code: null }, () => [
      'unused',
    ]);
    expect(stdout.text()).toBe('{"outcome":"success","code":null}\n');
    expect(stderr.text()).toBe('');
  });

  it('writes lines for people without it', async () => {
    const { context, stdout } = fakeContext();
    await createOutput(context, { json: false }).result({}, () => ['one', 'two']);
    expect(stdout.text()).toBe('one\ntwo\n');
  });

  it('parts label and value by a tab in a pipe, and aligns them on a terminal', async () => {
    const lines = (view: View) =>
      view.fields([
        ['code', 'x'],
        ['trace id', null],
      ]);
    const pipe = fakeContext();
    await createOutput(pipe.context, { json: false }).result({}, lines);
    expect(pipe.stdout.text()).toBe('code\tx\ntrace id\t-\n');
    const terminal = fakeContext({ isTTY: true, env: { NO_COLOR: '1' } });
    await createOutput(terminal.context, { json: false }).result({}, lines);
    expect(terminal.stdout.text()).toBe('code      x\ntrace id  -\n');
  });

  it('prints times in UTC where it is asked to', async () => {
    const { context, stdout } = fakeContext();
    await createOutput(context, { json: false, utc: true }).result({}, (view) => [
      view.time('2026-11-24T08:00:00.000Z'),
    ]);
    expect(stdout.text()).toBe('2026-11-24 08:00:00Z\n');
  });

  describe('list', () => {
    const definition = {
      columns: () => [
        { heading: 'ID', value: ({ id }: { id: string }) => id },
        { heading: 'N', value: () => null },
      ],
      json: ({ id }: { id: string }) => ({ id, n: null }),
      empty: 'Nothing there.',
    };

    it.each([
      [
        'a table on a terminal',
        { isTTY: true, env: { NO_COLOR: '1' } },
        false,
        'ID  N\na   -\nb   -\n',
      ],
      ['values and tabs in a pipe', {}, false, 'a\t-\nb\t-\n'],
      ['lines of JSON', { isTTY: true }, true, '{"id":"a","n":null}\n{"id":"b","n":null}\n'],
    ])('writes %s, page by page', async (_what, options, json, expected) => {
      const { context, stdout, stderr } = fakeContext(options);
      const list = createOutput(context, { json }).list(definition);
      await list.add([{ id: 'a' }]);
      await list.add([{ id: 'b' }]);
      await list.end();
      expect(stdout.text()).toBe(expected);
      expect(stderr.text()).toBe('');
    });

    it('says on stderr that there is nothing', async () => {
      const { context, stdout, stderr } = fakeContext();
      await createOutput(context, { json: true }).list(definition).end();
      expect(stderr.text()).toBe('Nothing there.\n');
      expect(stdout.text()).toBe('');
    });
  });

  it('writes everything else on stderr', async () => {
    const { context, stdout, stderr } = fakeContext();
    const output = createOutput(context, { json: true });
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
    await createOutput(context, { json: false }).warn('careful');
    expect(stderr.text()).toBe(expected);
  });

  it('reports a result that could not be written with the code of the system', async () => {
    const { context, stdout } = fakeContext();
    stdout.failWith(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    const written = createOutput(context, { json: true }).result({}, () => []);
    await expect(written).rejects.toBeInstanceOf(StdoutError);
    await expect(written).rejects.toMatchObject({ code: 'EPIPE' });
  });
});
