import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { actorOf, type Caller } from '../api-keys/caller.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { Hasher, type Person } from '../crypto/hasher.js';
import { ProblemError } from '../errors/problem-error.js';
import { LOGGER } from '../logging/logger.js';
import { Spool } from '../spool/spool.js';
import type { ErasureReport } from './erasure-routes.js';
import { ErasureRepository, type Erasure } from './erasure.repository.js';

/** Destroys what a client keeps of a person: rows, cells, hashes, and what waits in the spool. */
@Injectable()
export class ErasureService {
  constructor(
    @Inject(ErasureRepository) private readonly erasures: ErasureRepository,
    @Inject(Spool) private readonly spool: Spool,
    @Inject(Hasher) private readonly hasher: Hasher,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Erases one authorisation; one that was erased before stays as it is. */
  async eraseAuthorization(caller: Caller, id: string): Promise<void> {
    const erased = await this.erasures.eraseOne(this.erasureBy(caller), id);
    switch (erased.kind) {
      case 'unknown-id':
        throw new ProblemError('not-found');
      case 'pending':
        throw new ProblemError('application-in-flight', {
          detail: 'The application is under way: erase it when it has ended.',
          members: { authorizationId: id },
        });
      case 'erased':
        return this.emptySpool(erased.attemptIds);
      case 'already':
        return;
    }
  }

  /** Erases all that the client keeps of a person, whatever app or merchant it is for. */
  async erasePerson(caller: Caller, person: Person): Promise<ErasureReport> {
    const erasure = this.erasureBy(caller);
    const hash = this.hasher.person(person);
    // First, so that none of them becomes an authorisation meanwhile.
    const lines = await this.erasures.eraseLines(erasure, hash);
    let erased = 0;
    for (;;) {
      const { count, attemptIds } = await this.erasures.eraseSome(erasure, hash);
      if (count === 0) break;
      erased += count;
      await this.emptySpool(attemptIds);
    }
    const inFlight = await this.erasures.countInFlight(caller.clientId, hash);
    return { erased, lines, inFlight };
  }

  private erasureBy(caller: Caller): Erasure {
    return { clientId: caller.clientId, actor: actorOf(caller), at: this.clock() };
  }

  /** What this fails to remove, or another instance's folder holds, the replay finds erased, and drops. */
  private async emptySpool(attemptIds: readonly string[]): Promise<void> {
    try {
      const entries = await this.spool.entries();
      for (const entry of entries) {
        if (attemptIds.includes(entry.id)) await this.spool.remove(entry);
      }
    } catch (error) {
      this.logger.error({ err: error }, 'the spool still holds what was erased');
    }
  }
}
