import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeTemporaryFolder, prepareDataFolder } from './data-folder.js';

const stranger = { name: 'stranger', uid: 70_001, gid: 70_001 };

describe('prepareDataFolder', () => {
  let parent: string;
  let requested: string;
  const elsewhere: string[] = [];
  beforeEach(async () => {
    // Not tmpdir(), which may lie where only its owner may enter.
    parent = await mkdtemp('/tmp/zhimaper-data-');
    requested = join(parent, 'clone', '.local');
  });
  afterEach(async () => {
    for (const folder of [parent, ...elsewhere.splice(0)]) await rm(folder, { recursive: true });
  });

  it('keeps the folder to ourselves where nobody else has to enter', async () => {
    expect(await prepareDataFolder(requested, undefined)).toBe(requested);
    expect((await stat(requested)).mode & 0o777).toBe(0o700);
  });

  it("lets Postgres' user through where the parents do", async () => {
    await chmod(parent, 0o755);
    await mkdir(join(parent, 'clone'), { mode: 0o755 });
    expect(await prepareDataFolder(requested, stranger)).toBe(requested);
    expect((await stat(requested)).mode & 0o777).toBe(0o711);
  });

  it('goes elsewhere where a parent is closed, and to the same place again', async () => {
    const folder = await prepareDataFolder(requested, stranger);
    elsewhere.push(folder);
    expect(folder).toMatch(/^\/var\/tmp\/zhimaper-\w{6}$/);
    expect((await stat(folder)).mode & 0o777).toBe(0o711);
    expect(await readFile(join(requested, 'data-dir'), 'utf8')).toBe(`${folder}\n`);
    expect(await prepareDataFolder(requested, stranger)).toBe(folder);
    await chmod(parent, 0o755);
    expect(await prepareDataFolder(requested, stranger)).toBe(folder);
  });

  it('starts afresh where the place elsewhere is gone', async () => {
    const first = await prepareDataFolder(requested, stranger);
    await rm(first, { recursive: true });
    const second = await prepareDataFolder(requested, stranger);
    elsewhere.push(second);
    expect(second === first).toBe(false);
  });

  it('does not follow to a folder of another user', async () => {
    let foreign = '/';
    if (process.getuid?.() === 0) {
      foreign = join(parent, 'foreign');
      await mkdir(foreign);
      await chown(foreign, stranger.uid, stranger.gid);
    }
    await mkdir(requested, { recursive: true });
    await writeFile(join(requested, 'data-dir'), foreign);
    await expect(prepareDataFolder(requested, stranger)).rejects.toMatchObject({
      code: 'FOLDER_UNUSABLE',
      message: `The data of ${requested} is in ${foreign}, which belongs to another user.`,
    });
  });

  it('does not start afresh beside data that can no longer be entered', async () => {
    await mkdir(join(requested, 'postgres'), { recursive: true });
    await expect(prepareDataFolder(requested, stranger)).rejects.toMatchObject({
      code: 'FOLDER_UNUSABLE',
      nextStep: `Run "chmod o+x ${parent}", or delete ${requested} to start afresh.`,
    });
  });
});

describe('makeTemporaryFolder', () => {
  it("may be entered by Postgres' user, and by us alone otherwise", async () => {
    const [ours, shared] = [
      await makeTemporaryFolder(undefined),
      await makeTemporaryFolder(stranger),
    ];
    const modes = [(await stat(ours)).mode & 0o777, (await stat(shared)).mode & 0o777];
    await rm(ours, { recursive: true });
    await rm(shared, { recursive: true });
    expect(modes).toEqual([0o700, 0o711]);
  });
});
