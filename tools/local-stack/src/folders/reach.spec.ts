import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENTER, findObstacle, permits, READ } from './reach.js';

const stranger = { name: 'stranger', uid: 70_001, gid: 70_001 };

describe('permits', () => {
  it.each([
    ['others may enter', { uid: 0, gid: 0, mode: 0o40711 }, ENTER, true],
    ['others may not read', { uid: 0, gid: 0, mode: 0o40711 }, READ | ENTER, false],
    ['only the owner may', { uid: 0, gid: 0, mode: 0o40700 }, ENTER, false],
    ['it is the owner', { uid: 70_001, gid: 0, mode: 0o40700 }, ENTER, true],
    ['it is the owner, who alone may not', { uid: 70_001, gid: 0, mode: 0o40077 }, ENTER, false],
    ['its group may', { uid: 0, gid: 70_001, mode: 0o40710 }, ENTER, true],
    ['its group may not, though others may', { uid: 0, gid: 70_001, mode: 0o40701 }, ENTER, false],
  ])('%s', (_, file, wanted, expected) => {
    expect(permits(file, stranger, wanted)).toBe(expected);
  });
});

describe('findObstacle', () => {
  let base: string;
  beforeAll(async () => {
    // Not tmpdir(), which may lie where only its owner may enter.
    base = await realpath(await mkdtemp('/tmp/zhimaper-reach-'));
    await chmod(base, 0o755);
    await mkdir(join(base, 'open'), { mode: 0o755 });
    await mkdir(join(base, 'closed', 'inner'), { recursive: true });
    await chmod(join(base, 'closed'), 0o700);
  });
  afterAll(() => rm(base, { recursive: true }));

  it('names the folder in the way, not the one asked for', async () => {
    expect(await findObstacle(join(base, 'closed', 'inner'), stranger)).toBe(join(base, 'closed'));
  });

  it('finds none where every folder may be entered, whether all exist yet or not', async () => {
    expect(await findObstacle(join(base, 'open', 'not', 'yet'), stranger)).toBeUndefined();
  });
});
