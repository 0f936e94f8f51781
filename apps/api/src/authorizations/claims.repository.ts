import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.js';
import {
  databaseErrorCode,
  databaseErrorDetail,
  isDatabaseUnavailable,
  violatedConstraint,
} from '../database/database-errors.js';
import { inTransaction } from '../database/in-transaction.js';
import { sharedWrite } from '../database/shared-statement.js';
import { Authorization } from './authorization.entity.js';
import {
  ALREADY_AUTHORIZED,
  BEGIN_AGAIN,
  BEGIN_APPLICATION,
  BEGIN_APPLICATIONS,
  FIND_KEY,
  FIND_UNRESOLVED,
  type AuditedIntent,
} from './claim-sql.js';
import type { Intent } from './intent.js';
import { Withdrawals } from './withdrawals.js';

/** What became of an intent. Only `claimed` allows a gateway call, and only the one request that got it. */
export type Claim =
  | { kind: 'claimed'; authorization: Authorization }
  /** The key was used for the same payload: the answer is the present state. */
  | { kind: 'replay'; authorization: Authorization }
  | { kind: 'key-reused' }
  | { kind: 'unresolved'; authorizationId: string | null }
  | { kind: 'already-authorized'; authorizationId: string };

interface KnownKey {
  /** Null where the authorisation was erased: what was sent is forgotten, that something was sent is not. */
  fingerprint: Buffer | null;
  authorizationId: string;
}

/** Whether an intent's key is new, and the intent is written, or known. */
type Begun = 'new' | 'known';

const ONE_UNRESOLVED = 'authorizations_one_unresolved';

/**
 * Commits intents: one statement decides whether an application may be sent at all. Two unique keys do the
 * deciding, so that it holds for any number of requests and instances at once: one row a client, route and
 * Idempotency-Key, and one unresolved authorisation a client, app and person.
 */
@Injectable()
export class ClaimsRepository {
  readonly #intents = sharedWrite(
    (intent: AuditedIntent) => this.begin(intent),
    (intents) => this.beginSeveral(intents),
  );

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
  ) {}

  async claim(intent: Intent): Promise<Claim> {
    try {
      const audited = this.audited(intent);
      let begun = await this.#intents.add(audited);
      if (begun === 'alone') begun = await this.begin(audited);
      if (begun === 'known') return await this.repeat(intent);
      return { kind: 'claimed', authorization: intent.authorization };
    } catch (error) {
      // It may be there all the same: nobody saw the end of its transaction.
      if (isDatabaseUnavailable(error)) this.withdrawals.add(intent.attemptId);
      if (databaseErrorCode(error) === ALREADY_AUTHORIZED) {
        return { kind: 'already-authorized', authorizationId: databaseErrorDetail(error) };
      }
      if (violatedConstraint(error) !== ONE_UNRESOLVED) throw error;
      const { sql, values } = FIND_UNRESOLVED;
      const [row] = await this.dataSource.query<{ id: string }[]>(sql, values(intent));
      return { kind: 'unresolved', authorizationId: row?.id ?? null };
    }
  }

  /** Its event tells of the request that the intent came with, whoever's are written together. */
  private audited(intent: Intent): AuditedIntent {
    return { intent, event: this.auditValues(intent, intent.authorization.id) };
  }

  /** Fails for all of them where it fails for one. */
  private async beginSeveral(intents: readonly AuditedIntent[]): Promise<Begun[]> {
    const { sql, values } = BEGIN_APPLICATIONS;
    const rows = await this.dataSource.query<{ id: string }[]>(sql, values(intents));
    const begun = new Set(rows.map(({ id }) => id));
    return intents.map(({ intent }) => (begun.has(intent.authorization.id) ? 'new' : 'known'));
  }

  private async begin({ intent, event }: AuditedIntent): Promise<Begun> {
    const { sql, values } = BEGIN_APPLICATION;
    const begun = await this.dataSource.query<unknown[]>(sql, [...values(intent), ...event]);
    return begun.length === 1 ? 'new' : 'known';
  }

  /** The key is known: what it stands for is answered, unless that failed without any effect. */
  private repeat(intent: Intent): Promise<Claim> {
    return inTransaction(
      this.dataSource,
      (manager) => this.beginAgain(manager, intent),
      (claim) => claim.kind === 'claimed',
    );
  }

  private async beginAgain(manager: EntityManager, intent: Intent): Promise<Claim> {
    const { clientId } = intent.authorization;
    const [known] = await manager.query<KnownKey[]>(FIND_KEY.sql, FIND_KEY.values(intent));
    if (!known) return { kind: 'key-reused' };
    const { fingerprint } = known;
    if (fingerprint && !fingerprint.equals(intent.fingerprint)) return { kind: 'key-reused' };
    const id = known.authorizationId;
    const begun = await manager.query<unknown[]>(BEGIN_AGAIN.sql, [
      ...BEGIN_AGAIN.values(intent),
      id,
      ...this.auditValues(intent, id),
    ]);
    const authorization = await manager.findOneByOrFail(Authorization, { id, clientId });
    return { kind: begun.length === 1 ? 'claimed' : 'replay', authorization };
  }

  private auditValues(
    { apiKeyId, attemptId, authorization: { clientId, updatedAt } }: Intent,
    authorizationId: string,
  ): unknown[] {
    return this.auditTrail.values({
      action: 'authorization.applied',
      at: updatedAt,
      actor: { kind: 'api-key', apiKeyId },
      clientId,
      authorizationId,
      details: { attemptId },
    });
  }
}
