import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { violatedConstraint } from '../database/database-errors.js';
import { inTransaction } from '../database/in-transaction.js';
import { Authorization } from './authorization.entity.js';
import type { Intent } from './intent.js';
import {
  INSERT_ATTEMPT,
  INSERT_AUTHORIZATION,
  RESTART_AUTHORIZATION,
  TAKE_KEY,
} from './claim-sql.js';

/** What became of an intent. Only `claimed` allows a gateway call, and only the one request that got it. */
export type Claim =
  | { kind: 'claimed'; authorization: Authorization }
  /** The key was used for the same payload: the answer is the present state. */
  | { kind: 'replay'; authorization: Authorization }
  | { kind: 'key-reused' }
  | { kind: 'unresolved'; authorizationId: string | null }
  | { kind: 'already-authorized'; authorizationId: string };

const ROUTE = 'POST /v1/authorizations';
const KEY_LIFETIME_DAYS = 30;
const ONE_UNRESOLVED = 'authorizations_one_unresolved';

/**
 * Commits intents: one transaction decides whether an application may be sent at all. Two unique keys do the
 * deciding, so that it holds for any number of requests and instances at once: one row a client, route and
 * Idempotency-Key, and one unresolved authorisation a client, app and person.
 */
@Injectable()
export class ClaimsRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async claim(intent: Intent): Promise<Claim> {
    try {
      return await inTransaction(
        this.dataSource,
        (manager) => this.decide(manager, intent),
        (claim) => claim.kind === 'claimed',
      );
    } catch (error) {
      if (violatedConstraint(error) !== ONE_UNRESOLVED) throw error;
      return { kind: 'unresolved', authorizationId: await this.findUnresolved(intent) };
    }
  }

  private async decide(manager: EntityManager, intent: Intent): Promise<Claim> {
    const { authorization, keyHash, fingerprint } = intent;
    const { id, clientId, createdAt } = authorization;
    const expiresAt = new Date(createdAt.getTime() + KEY_LIFETIME_DAYS * 86_400_000);
    const taken = await manager.query<unknown[]>(TAKE_KEY, [
      clientId,
      ROUTE,
      keyHash,
      fingerprint,
      id,
      createdAt,
      expiresAt,
    ]);
    if (taken.length === 0) return this.repeat(manager, intent);
    await manager.query(INSERT_AUTHORIZATION.sql, INSERT_AUTHORIZATION.values(authorization));
    return this.begin(manager, intent, authorization);
  }

  /** The key is known: what it stands for is answered, unless that failed without any effect. */
  private async repeat(manager: EntityManager, intent: Intent): Promise<Claim> {
    const { clientId } = intent.authorization;
    const [known] = await manager.query<{ fingerprint: Buffer; authorizationId: string }[]>(
      `SELECT fingerprint, authorization_id AS "authorizationId" FROM idempotency_keys
       WHERE client_id = $1 AND route = $2 AND key_hash = $3`,
      [clientId, ROUTE, intent.keyHash],
    );
    if (!known?.fingerprint.equals(intent.fingerprint)) return { kind: 'key-reused' };
    const id = known.authorizationId;
    const { appId, subjectHash, updatedAt } = intent.authorization;
    const [, restarted] = await manager.query<[unknown[], number]>(RESTART_AUTHORIZATION, [
      id,
      appId,
      subjectHash,
      updatedAt,
    ]);
    const authorization = await manager.findOneByOrFail(Authorization, { id, clientId });
    return restarted === 1
      ? this.begin(manager, intent, authorization)
      : { kind: 'replay', authorization };
  }

  /**
   * The person's place among the unresolved is taken: from here on no other request can authorise the same
   * person, so that whoever is authorised already shows now.
   */
  private async begin(
    manager: EntityManager,
    intent: Intent,
    authorization: Authorization,
  ): Promise<Claim> {
    const { clientId, appId, subjectHash, updatedAt } = authorization;
    if (!intent.confirmed) {
      const [authorized] = await manager.query<{ id: string }[]>(
        `SELECT id FROM authorizations
         WHERE client_id = $1 AND app_id = $2 AND subject_hash = $3 AND status = 'authorized'
         ORDER BY created_at DESC LIMIT 1`,
        [clientId, appId, subjectHash],
      );
      if (authorized) return { kind: 'already-authorized', authorizationId: authorized.id };
    }
    const { attemptId, requestId } = intent;
    await manager.query(INSERT_ATTEMPT, [attemptId, authorization.id, requestId, updatedAt]);
    return { kind: 'claimed', authorization };
  }

  private async findUnresolved({ authorization }: Intent): Promise<string | null> {
    const { clientId, appId, subjectHash } = authorization;
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM authorizations
       WHERE client_id = $1 AND app_id = $2 AND subject_hash = $3 AND status IN ('pending', 'unknown')`,
      [clientId, appId, subjectHash],
    );
    return rows[0]?.id ?? null;
  }
}
