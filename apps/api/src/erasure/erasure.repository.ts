import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditActor } from '../audit/audit-event.js';
import { AuditTrail } from '../audit/audit-trail.js';
import type { AuthorizationStatus } from '../authorizations/authorization-status.js';
import type { PersonHash } from '../crypto/hasher.js';
import { inTransaction } from '../database/in-transaction.js';
import { ERASE_LINES, type ErasedLines } from '../batches/erase-lines.js';
import { COUNT_IN_FLIGHT, ERASE, LOCK_AUTHORIZATION, LOCK_PERSON } from './erasure-sql.js';

/** Who has whose data erased, and when. */
export interface Erasure {
  clientId: string;
  actor: AuditActor;
  at: Date;
}

/** What became of an authorisation that was to be erased. */
export type ErasedOne =
  { kind: 'erased'; attemptIds: string[] } | { kind: 'already' | 'pending' | 'unknown-id' };

/** Some of a person's authorisations, erased. */
export interface ErasedSome {
  count: number;
  attemptIds: string[];
}

interface LockedAuthorization {
  id: string;
  status: AuthorizationStatus;
}

interface FoundAuthorization extends LockedAuthorization {
  /** Null where nothing points to the person any more. */
  personHash: PersonHash | null;
}

const MOST_AT_ONCE = 100;

/** Erases authorisations of one client, each with its audit event. */
@Injectable()
export class ErasureRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
  ) {}

  eraseOne(erasure: Erasure, id: string): Promise<ErasedOne> {
    return inTransaction(this.dataSource, async (manager): Promise<ErasedOne> => {
      const [found] = await manager.query<FoundAuthorization[]>(LOCK_AUTHORIZATION, [
        erasure.clientId,
        id,
      ]);
      if (!found) return { kind: 'unknown-id' };
      if (found.status === 'erased') return { kind: 'already' };
      if (found.status === 'pending') return { kind: 'pending' };
      if (found.personHash) await this.eraseLinesIn(manager, erasure, found.personHash);
      return { kind: 'erased', attemptIds: await this.erase(manager, erasure, [found], 'request') };
    });
  }

  /** Erases what there is of a person, a bounded number at once; a count of 0 means that nothing is left. */
  eraseSome(erasure: Erasure, person: PersonHash): Promise<ErasedSome> {
    return inTransaction(this.dataSource, async (manager) => {
      const found = await manager.query<LockedAuthorization[]>(LOCK_PERSON, [
        ...[erasure.clientId, person, MOST_AT_ONCE],
      ]);
      if (found.length === 0) return { count: 0, attemptIds: [] };
      const attemptIds = await this.erase(manager, erasure, found, 'person');
      return { count: found.length, attemptIds };
    });
  }

  /** Erases a person from the lines of batches; answers how many of them had waited. */
  eraseLines(erasure: Erasure, person: PersonHash): Promise<number> {
    return inTransaction(this.dataSource, (manager) => this.eraseLinesIn(manager, erasure, person));
  }

  async countInFlight(clientId: string, person: PersonHash): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(COUNT_IN_FLIGHT, [
      clientId,
      person,
    ]);
    return row?.count ?? 0;
  }

  private async eraseLinesIn(
    manager: EntityManager,
    { clientId, actor, at }: Erasure,
    person: PersonHash,
  ): Promise<number> {
    const erased = await manager.query<ErasedLines[]>(ERASE_LINES, [clientId, person, at]);
    for (const { batchId, lines } of erased) {
      await this.auditTrail.record(manager, {
        action: 'batch.lines-erased',
        at,
        actor,
        clientId,
        details: { batchId, lines },
      });
    }
    return erased.reduce((sum, { waited }) => sum + waited, 0);
  }

  private async erase(
    manager: EntityManager,
    { clientId, actor, at }: Erasure,
    found: readonly LockedAuthorization[],
    cause: 'request' | 'person',
  ): Promise<string[]> {
    const attempts = await manager.query<{ id: string }[]>(ERASE, [found.map(({ id }) => id), at]);
    for (const { id: authorizationId, status } of found) {
      await this.auditTrail.record(manager, {
        action: 'authorization.erased',
        at,
        actor,
        clientId,
        authorizationId,
        details: { cause, formerStatus: status },
      });
    }
    return attempts.map(({ id }) => id);
  }
}
