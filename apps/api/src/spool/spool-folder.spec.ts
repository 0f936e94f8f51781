import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SpoolFolder } from './spool-folder.js';

let path: string;
const ID = '01930000-0000-7000-8000-000000000001';
const nothing = () => Promise.resolve();
const mode = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'spool-')), 'deep', 'spool');
});
afterEach(() => rm(join(path, '..', '..'), { recursive: true }));

describe('SpoolFolder', () => {
  it('makes a folder that nobody else may enter, and files that nobody else may read', async () => {
    const folder = await SpoolFolder.open(path);
    await folder.write(ID, Buffer.from('x'), nothing);
    expect(await readdir(path)).toEqual([`${ID}.spool`]);
    expect([await mode(path), await mode(join(path, `${ID}.spool`))]).toEqual(['700', '600']);
  });

  it('shuts a folder that others may enter', async () => {
    await SpoolFolder.open(path);
    const { chmod } = await import('node:fs/promises');
    await chmod(path, 0o755);
    await SpoolFolder.open(path);
    expect(await mode(path)).toBe('700');
  });

  it('opens for several at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => SpoolFolder.open(path)));
    expect(await readdir(path)).toEqual([]);
  });

  it('refuses a path that is no folder', async () => {
    const file = join(path, '..', '..', 'file');
    await writeFile(file, '');
    await expect(SpoolFolder.open(file)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('gives a file its name only when all of it is on the disk', async () => {
    const folder = await SpoolFolder.open(path);
    let seen: unknown;
    await folder.write(ID, Buffer.from('whole'), async () => {
      seen = [await folder.list(), await readFile(join(path, `${ID}.spool-part`), 'utf8')];
    });
    expect(seen).toEqual([[{ id: ID, state: 'unfinished' }], 'whole']);
    expect(await folder.list()).toEqual([{ id: ID, state: 'waiting' }]);
    expect(await folder.read({ id: ID, state: 'waiting' })).toEqual(Buffer.from('whole'));
  });

  it('leaves nothing behind where it could not finish', async () => {
    const folder = await SpoolFolder.open(path);
    const fault = new Error('cut');
    await expect(folder.write(ID, Buffer.from('x'), () => Promise.reject(fault))).rejects.toBe(
      fault,
    );
    expect(await readdir(path)).toEqual([]);
  });

  it('sets files aside, knows their age, and does not mind when they are gone', async () => {
    const folder = await SpoolFolder.open(path);
    await folder.write(ID, Buffer.from('x'), nothing);
    const waiting = { id: ID, state: 'waiting' } as const;
    await utimes(join(path, `${ID}.spool`), 1_000, 1_000);
    expect(await folder.age(waiting, new Date(1_007_000))).toBe(7_000);
    await folder.setAside(waiting);
    const aside = { id: ID, state: 'aside' } as const;
    expect(await folder.list()).toEqual([aside]);
    await folder.remove(aside);
    await folder.remove(aside);
    await folder.setAside(waiting);
    expect(await folder.list()).toEqual([]);
    expect([await folder.read(waiting), await folder.age(waiting, new Date())]).toEqual([
      null,
      null,
    ]);
  });

  it('leaves files of other names alone', async () => {
    const folder = await SpoolFolder.open(path);
    await writeFile(join(path, 'notes.txt'), '');
    expect(await folder.list()).toEqual([]);
  });
});
