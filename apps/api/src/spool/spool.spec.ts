import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../config/secret.js';
import { CellError } from '../crypto/cell.js';
import { UnknownKeyError } from '../crypto/key-provider.js';
import { LocalKeyRing } from '../crypto/local-key-ring.js';
import { NO_FAULTS, type FaultPoints, type FaultStep } from '../faults/fault-points.js';
import { createLogger } from '../logging/logger.js';
import { SpoolFolder } from './spool-folder.js';
import { Spool } from './spool.js';

const ID = '01930000-0000-7000-8000-000000000001';
const OTHER = '01930000-0000-7000-8000-000000000002';
const ring = (id: string) => new LocalKeyRing([{ id, material: new Secret(Buffer.alloc(32, 1)) }]);

let path: string;
const lines: string[] = [];
const messages = () => lines.map((line) => (JSON.parse(line) as { msg: string }).msg);

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'spool-'));
  lines.length = 0;
});
afterEach(() => rm(path, { recursive: true }));

async function openSpool({ keys = ring('k1'), faults = NO_FAULTS } = {}): Promise<Spool> {
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  return new Spool(await SpoolFolder.open(path), keys, faults, logger);
}

function failingAt(failing: Set<FaultStep>): FaultPoints {
  return {
    reach: (step) =>
      failing.has(step) ? Promise.reject(new Error('disk full')) : Promise.resolve(),
  };
}

describe('Spool', () => {
  it('keeps an entry that a later process reads, and shows nothing of it', async () => {
    await (await openSpool()).put(ID, 'canary-token');
    expect(await readdir(path)).toEqual([`${ID}.spool`]);
    expect((await readFile(join(path, `${ID}.spool`))).includes('canary')).toBe(false);
    const later = await openSpool();
    const [entry] = await later.entries();
    expect(entry).toEqual({ id: ID, state: 'waiting' });
    expect(await later.open(entry!)).toBe('canary-token');
    await later.remove(entry!);
    expect(await later.entries()).toEqual([]);
  });

  it('refuses an entry under the name of another, a changed one and one of an unknown key', async () => {
    await (await openSpool()).put(ID, 'x');
    const bytes = await readFile(join(path, `${ID}.spool`));
    await writeFile(join(path, `${OTHER}.spool`), bytes);
    const spool = await openSpool();
    await expect(spool.open({ id: OTHER, state: 'waiting' })).rejects.toThrow(CellError);
    await writeFile(join(path, `${ID}.spool`), bytes.subarray(0, -1));
    await expect(spool.open({ id: ID, state: 'waiting' })).rejects.toThrow(CellError);
    await writeFile(join(path, `${ID}.spool`), bytes);
    const elsewhere = await openSpool({ keys: ring('k2') });
    await expect(elsewhere.open({ id: ID, state: 'waiting' })).rejects.toThrow(UnknownKeyError);
  });

  it('sets a file aside, says so, and counts it', async () => {
    const spool = await openSpool();
    await spool.put(ID, 'x');
    await spool.setAside({ id: ID, state: 'waiting' }, new Error('odd'), new Date());
    expect(await readdir(path)).toEqual([`${ID}.spool-aside`]);
    expect(messages()).toEqual(['a spooled outcome was set aside']);
    expect(await spool.count()).toEqual({ waiting: 0, aside: 1, held: 0 });
  });

  it('leaves an unfinished file to its writer, unless that is long gone', async () => {
    const spool = await openSpool();
    const file = join(path, `${ID}.spool-part`);
    await writeFile(file, 'half');
    await spool.setAside({ id: ID, state: 'unfinished' }, new Error('odd'), new Date());
    expect(await readdir(path)).toEqual([`${ID}.spool-part`]);
    await utimes(file, 1_000, 1_000);
    await spool.setAside({ id: ID, state: 'unfinished' }, new Error('odd'), new Date());
    expect(await readdir(path)).toEqual([`${ID}.spool-aside`]);
  });

  it('holds in memory what the disk does not take, and writes it when it does', async () => {
    const failing = new Set<FaultStep>(['spool-written']);
    const spool = await openSpool({ faults: failingAt(failing) });
    await spool.put(ID, 'pair');
    expect([spool.failing, await readdir(path)]).toEqual([true, []]);
    const [held] = await spool.entries();
    expect([held, await spool.open(held!)]).toEqual([{ id: ID, state: 'held' }, 'pair']);
    expect(await spool.count()).toEqual({ waiting: 0, aside: 0, held: 1 });
    expect(new Set(messages())).toEqual(new Set(['the spool cannot be written to']));
    failing.clear();
    expect(await spool.entries()).toEqual([{ id: ID, state: 'waiting' }]);
    expect(spool.failing).toBe(false);
  });

  it('leaves alone what is being written', async () => {
    let go = () => undefined as void;
    const written = new Promise<void>((resolve) => (go = resolve));
    const spool = await openSpool({
      faults: { reach: (step) => (step === 'spool-written' ? written : Promise.resolve()) },
    });
    const put = spool.put(ID, 'pair');
    while ((await readdir(path)).length === 0) await new Promise(setImmediate);
    expect([await spool.entries(), spool.failing]).toEqual([[], false]);
    go();
    await put;
    expect(await spool.entries()).toEqual([{ id: ID, state: 'waiting' }]);
  });

  it('cries out for what it has to give up when the process ends', async () => {
    const spool = await openSpool({ faults: failingAt(new Set<FaultStep>(['before-spool'])) });
    await spool.put(ID, 'pair');
    await spool.onApplicationShutdown();
    expect(messages().at(-1)).toBe('an outcome is lost: neither database nor disk took it');
  });
});
