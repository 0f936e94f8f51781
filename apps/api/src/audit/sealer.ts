import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '../clock/clock.js';
import { AuditKeys } from './audit-keys.js';
import type { TrailEntry } from './audit-seal.js';
import { SealsRepository } from './seals.repository.js';

/** Most events of one seal, unless a single transaction wrote more. */
const SEAL_EVENTS = 5_000;

/**
 * Seals the events whose transactions are over. Nobody who writes an event waits for it, and an event that was
 * committed late is in a later seal.
 */
@Injectable()
export class Sealer {
  constructor(
    @Inject(SealsRepository) private readonly seals: SealsRepository,
    @Inject(AuditKeys) private readonly keys: AuditKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Seals all that can be sealed now, and answers how many seals that took; another process may do so meanwhile. What
   * comes while it is at it is left for the next time: under load there is always something.
   */
  async seal(signal?: AbortSignal): Promise<number> {
    let written = 0;
    let more = await this.seals.isAnythingToDo();
    while (more && !signal?.aborted) {
      const sealed = await this.sealOnce();
      if (sealed !== 'nothing') written += 1;
      more = sealed === 'a part';
    }
    return written;
  }

  /** Writes a seal for all that can be sealed or, where that is too much for one, for the first part of it. */
  private async sealOnce(): Promise<'nothing' | 'a part' | 'all'> {
    const sealed = await this.seals.whileAlone(async (manager) => {
      const { head, horizon } = await this.seals.findSealable(manager);
      const fromPosition = head?.toPosition ?? '0';
      if (BigInt(horizon) < BigInt(fromPosition)) {
        throw new Error(
          'The audit trail ends after the present: run migrate, as after each restore.',
        );
      }
      const { entries, toPosition } = await this.nextEntries(manager, fromPosition, horizon);
      if (entries.length === 0) return 'nothing';
      const range = {
        number: (head?.number ?? 0) + 1,
        fromPosition,
        toPosition,
        events: entries.length,
        sealedAt: this.clock(),
      };
      const seal = this.keys.beginSeal(range, head?.digest ?? null);
      for (const { mac } of entries) seal.update(mac);
      await this.seals.insert(manager, { ...range, digest: seal.digest() });
      return toPosition === horizon ? 'all' : 'a part';
    });
    return sealed ?? 'nothing';
  }

  /** The entries of the next seal. The events of one transaction are never parted, as they share a position. */
  private async nextEntries(
    manager: EntityManager,
    from: string,
    horizon: string,
  ): Promise<{ entries: TrailEntry[]; toPosition: string }> {
    const entries = await this.seals.entries(manager, from, horizon, SEAL_EVENTS + 1);
    const beyond = entries[SEAL_EVENTS];
    if (!beyond) return { entries, toPosition: horizon };
    const whole = entries.filter(({ position }) => position !== beyond.position);
    if (whole.length > 0) return { entries: whole, toPosition: beyond.position };
    const toPosition = String(BigInt(beyond.position) + 1n);
    return {
      entries: await this.seals.entries(manager, from, toPosition, Number.MAX_SAFE_INTEGER),
      toPosition,
    };
  }
}
