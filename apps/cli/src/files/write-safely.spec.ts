import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandFailure } from '../runtime/failure.js';
import { writeSafely } from './write-safely.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-files-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('writeSafely', () => {
  it('writes for the owner alone, and leaves nothing beside the file', async () => {
    const path = join(folder, 'key.pem');
    await writeSafely(path, 'secret', { force: false });
    expect(await readFile(path, 'utf8')).toBe('secret');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['key.pem']);
  });

  it('makes a folder for the owner alone', async () => {
    await writeSafely(join(folder, 'a', 'b'), 'x', { force: true, makeFolder: true });
    expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700);
  });

  it('takes content that comes piece by piece, and nothing of what stops to come', async () => {
    async function* pieces(failure?: Error) {
      yield await Promise.resolve('one, ');
      if (failure) throw failure;
      yield 'two';
    }
    const path = join(folder, 'results.csv');
    const failure = new CommandFailure('not-sent', 'It broke.', { nextStep: 'Call again.' });
    await expect(writeSafely(path, pieces(failure), { force: false })).rejects.toBe(failure);
    expect(await readdir(folder)).toEqual([]);
    await writeSafely(path, pieces(), { force: false });
    expect(await readFile(path, 'utf8')).toBe('one, two');
  });

  it('never replaces a file by itself', async () => {
    const path = join(folder, 'key.pem');
    await writeFile(path, 'old');
    await expect(writeSafely(path, 'new', { force: false })).rejects.toMatchObject({
      outcome: 'invalid-input',
      message: `${path} is there already; it was not touched.`,
      nextStep: 'Give another name, or replace it with --force.',
    });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['key.pem']);
  });

  it('replaces it where that is asked for, with its permissions', async () => {
    const path = join(folder, 'key.pem');
    await writeFile(path, 'old', { mode: 0o644 });
    await writeSafely(path, 'new', { force: true });
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['missing/key.pem', 'its folder does not exist'],
    ['there', 'it is a folder'],
  ])('leaves nothing behind where %s cannot be written', async (name, cause) => {
    await mkdir(join(folder, 'there'));
    const path = join(folder, name);
    await expect(writeSafely(path, 'x', { force: true })).rejects.toMatchObject({
      message: `${path} cannot be written: ${cause}; nothing was written.`,
    });
    expect(await readdir(folder)).toEqual(['there']);
  });
});
