import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { Interrupted } from '../runtime/failure.js';
import { readSource, readTextSource } from './source.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('readSource', () => {
  it('reads a file as the bytes it has', async () => {
    const path = join(folder, 'bytes');
    await writeFile(path, Uint8Array.of(0xd5, 0xc5));
    expect([...(await readSource(fakeContext().context, path, 2))]).toEqual([0xd5, 0xc5]);
  });

  it('reads stdin for -', async () => {
    const { context } = fakeContext({ stdin: 'abc' });
    expect(Buffer.from(await readSource(context, '-', 3)).toString()).toBe('abc');
  });

  it('refuses more than the limit, from a file and from stdin', async () => {
    const path = join(folder, 'long');
    await writeFile(path, 'abcd');
    await expect(readSource(fakeContext().context, path, 3)).rejects.toMatchObject({
      outcome: 'invalid-input',
      message: `${path} is longer than 3 bytes.`,
    });
    const { context } = fakeContext({ stdin: 'abcd' });
    await expect(readSource(context, '-', 3)).rejects.toMatchObject({
      message: 'stdin is longer than 3 bytes.',
    });
  });

  it.each([
    ['missing', 'there is no such file'],
    ['.', 'it is a folder'],
  ])('says why %s cannot be read', async (name, reason) => {
    const path = join(folder, name);
    await expect(readSource(fakeContext().context, path, 3)).rejects.toMatchObject({
      outcome: 'invalid-input',
      message: `${path} cannot be read: ${reason}.`,
    });
  });

  it('stops waiting for stdin when interrupted', async () => {
    const interrupt = new AbortController();
    const { context } = fakeContext({ isTTY: true, signal: interrupt.signal });
    const read = readSource(context, '-', 3);
    interrupt.abort();
    await expect(read).rejects.toBeInstanceOf(Interrupted);
  });
});

describe('readTextSource', () => {
  it('drops a byte order mark', async () => {
    const { context } = fakeContext({ stdin: '\ufeff张三' });
    expect(await readTextSource(context, '-', 100)).toBe('张三');
  });

  it('refuses what is not UTF-8', async () => {
    const { context } = fakeContext({ stdin: Uint8Array.of(0xd5, 0xc5) });
    await expect(readTextSource(context, '-', 100)).rejects.toMatchObject({
      outcome: 'invalid-input',
      message: 'stdin is not UTF-8 text.',
    });
  });
});
