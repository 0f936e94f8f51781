import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { decryptCell, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import type { KeyProvider } from '../crypto/key-provider.js';
import type { FaultPoints } from '../faults/fault-points.js';
import type { SpoolFile, SpoolFolder } from './spool-folder.js';

/** Something in the spool: a file, or `held` in memory because it could not be written. */
export type SpoolEntry = SpoolFile | { id: string; state: 'held' };

export interface SpoolCount {
  waiting: number;
  aside: number;
  held: number;
}

/** A disk that takes longer than this, in milliseconds, counts as one that fails. */
const DISK_DEADLINE_MS = 3_000;
/** An unfinished file that nobody wrote to for this long, in milliseconds, has lost its writer. */
const WRITER_LOST_MS = 600_000;

/**
 * Keeps what the database would not take, encrypted and forced to the disk, until it does. An entry goes by the id
 * of its attempt and is bound to it.
 */
export class Spool implements OnApplicationShutdown {
  /** What is in memory alone. */
  readonly #held = new Map<string, EncryptedCell>();
  /** Whose files are being written. */
  readonly #writing = new Set<string>();

  constructor(
    private readonly folder: SpoolFolder,
    private readonly keys: KeyProvider,
    private readonly faults: FaultPoints,
    private readonly logger: Logger,
  ) {}

  /** Whether something is in memory alone, since the folder cannot be written to. */
  get failing(): boolean {
    return this.#held.size > 0;
  }

  /** Keeps an entry: on the disk, or else in memory for as long as the process lives. */
  async put(id: string, content: string): Promise<void> {
    await this.#write(id, encryptCell(this.keys, content, place(id)));
    await this.faults.reach('after-spool');
  }

  /** Everything that is kept; what is in memory alone is first tried to be written again. */
  async entries(): Promise<SpoolEntry[]> {
    for (const [id, cell] of this.#held) {
      if (!this.#writing.has(id)) await this.#write(id, cell);
    }
    const held = [...this.#held.keys()].map((id) => ({ id, state: 'held' as const }));
    const files = await this.folder.list();
    return [...held, ...files.filter(({ id }) => !this.#writing.has(id))];
  }

  /**
   * What an entry says; null where it is gone. Throws `CellError` or `UnknownKeyError` where it cannot be read,
   * at least not with the keys that are configured.
   */
  async open(entry: SpoolEntry): Promise<string | null> {
    const cell = entry.state === 'held' ? this.#held.get(entry.id) : await this.folder.read(entry);
    return cell ? decryptCell(this.keys, cell as EncryptedCell, place(entry.id)) : null;
  }

  /** Forgets an entry for good: what it says is in the database, or not wanted. Answers whether it was there. */
  async remove(entry: SpoolEntry): Promise<boolean> {
    return entry.state === 'held' ? this.#held.delete(entry.id) : this.folder.remove(entry);
  }

  /** Takes an entry out of the way of the others; it is kept, and tried again at the next start. */
  async setAside(entry: SpoolEntry, reason: unknown, now: Date): Promise<void> {
    if (entry.state === 'held' || entry.state === 'aside') return;
    if (entry.state === 'unfinished') {
      const age = await this.folder.age(entry, now);
      if (age === null || age < WRITER_LOST_MS) return;
    }
    await this.folder.setAside(entry);
    this.logger.error({ err: reason, attemptId: entry.id }, 'a spooled outcome was set aside');
  }

  /** What was set aside, and was written before an instant. */
  async setAsideBefore(instant: Date): Promise<SpoolFile[]> {
    const old: SpoolFile[] = [];
    for (const file of await this.folder.list()) {
      if (file.state !== 'aside') continue;
      const age = await this.folder.age(file, instant);
      if (age !== null && age > 0) old.push(file);
    }
    return old;
  }

  async count(): Promise<SpoolCount> {
    const files = await this.folder.list();
    const aside = files.filter(({ state }) => state === 'aside').length;
    return { waiting: files.length - aside, aside, held: this.#held.size };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.entries();
    for (const id of this.#held.keys()) {
      this.logger.fatal({ attemptId: id }, 'an outcome is lost: neither database nor disk took it');
    }
  }

  /** Does not wait for a disk that hangs; should it wake up, the entry is written nevertheless. */
  async #write(id: string, cell: EncryptedCell): Promise<void> {
    this.#writing.add(id);
    const written = this.#writeFile(id, cell).finally(() => this.#writing.delete(id));
    try {
      await inTime(written);
    } catch (error) {
      if (this.#writing.has(id)) this.#held.set(id, cell);
      this.logger.error({ err: error, attemptId: id }, 'the spool cannot be written to');
    }
  }

  async #writeFile(id: string, cell: EncryptedCell): Promise<void> {
    try {
      await this.faults.reach('before-spool');
      await this.folder.write(id, cell, () => this.faults.reach('spool-written'));
      this.#held.delete(id);
    } catch (error) {
      this.#held.set(id, cell);
      throw error;
    }
  }
}

function place(id: string) {
  return { table: 'spool', column: 'outcome', rowId: id };
}

async function inTime(write: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The disk did not answer within ${DISK_DEADLINE_MS} ms.`));
    }, DISK_DEADLINE_MS);
  });
  try {
    await Promise.race([write, late]);
  } finally {
    clearTimeout(timer);
  }
}
