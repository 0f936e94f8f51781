import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from './lock.js';

describe('lockFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zhimaper-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('lets one in at a time', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      message: `The local stack already runs on ${folder}, as process ${process.pid}.`,
    });
    await lock.release();
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets exactly one of many in', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes over from a process that is gone', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    await writeFile(
      join(folder, 'running.lock'),
      JSON.stringify({ pid: child.pid, startedAt: 'before' }),
    );
    await lockFolder(folder);
    expect(await readFile(join(folder, 'running.lock'), 'utf8')).toContain(`"pid":${process.pid},`);
  });

  it('takes over where a later process has the number of the one that is gone', async () => {
    await writeFile(
      join(folder, 'running.lock'),
      JSON.stringify({ pid: process.pid, startedAt: 'before' }),
    );
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over from a lock that was never filled', async () => {
    await writeFile(join(folder, 'running.lock'), '');
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });
});
