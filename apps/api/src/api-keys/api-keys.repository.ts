import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { AuditActor } from '../audit/audit-event.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { inTransaction } from '../database/in-transaction.js';
import { sharedStatement } from '../database/shared-statement.js';
import type { Position } from '../http/cursor.js';
import type { ApiKeyHash } from './api-key-format.js';
import { ApiKey } from './api-key.entity.js';
import { Client } from './client.entity.js';

/** What every request needs to know of its key. */
export type UsableApiKey = Pick<ApiKey, 'id' | 'clientId' | 'scopes' | 'lastUsedAt'>;

interface Lookup {
  keyHash: ApiKeyHash;
  now: Date;
}

/** A row for each that asks, with its place among them. */
const FIND_USABLE = `
  SELECT asked.at::int, k.id, k.client_id AS "clientId", k.scopes, k.last_used_at AS "lastUsedAt"
  FROM unnest($1::bytea[], $2::timestamptz[]) WITH ORDINALITY AS asked (key_hash, now, at)
  JOIN api_keys k ON k.key_hash = asked.key_hash
  WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > asked.now)`;

/** API keys and the clients that they belong to. Whoever manages keys manages those of every client. */
@Injectable()
export class ApiKeysRepository {
  readonly #lookups = sharedStatement((lookups: readonly Lookup[]) => this.findEachUsable(lookups));

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * The key of this hash, unless it is expired or revoked. Each request asks, those that come at the same time with
   * one statement.
   */
  findUsable(keyHash: ApiKeyHash, now: Date): Promise<UsableApiKey | null> {
    return this.#lookups.add({ keyHash, now });
  }

  private async findEachUsable(lookups: readonly Lookup[]): Promise<(UsableApiKey | null)[]> {
    const rows = await this.dataSource.query<(UsableApiKey & { at: number })[]>(FIND_USABLE, [
      lookups.map(({ keyHash }) => keyHash),
      lookups.map(({ now }) => now),
    ]);
    const found = new Map(rows.map((row) => [row.at, row]));
    return lookups.map((_lookup, index) => found.get(index + 1) ?? null);
  }

  async noteUse(id: string, now: Date): Promise<void> {
    await this.dataSource.manager.update(ApiKey, { id }, { lastUsedAt: now });
  }

  async findClient(id: string): Promise<Client | null> {
    return this.dataSource.manager.findOneBy(Client, { id });
  }

  /** The client of this name, made now if there is none. */
  async ensureClient(client: Client): Promise<Client> {
    const { manager } = this.dataSource;
    await manager.createQueryBuilder().insert().into(Client).values(client).orIgnore().execute();
    return manager.findOneByOrFail(Client, { name: client.name });
  }

  async insert(apiKey: Omit<ApiKey, 'client'>, actor: AuditActor): Promise<void> {
    const { id, clientId, scopes, expiresAt, createdAt: at } = apiKey;
    const details = { apiKeyId: id, scopes, expiresAt: expiresAt?.toISOString() ?? null };
    await inTransaction(this.dataSource, async (manager) => {
      await manager.insert(ApiKey, apiKey);
      const action = 'api-key.created';
      await this.auditTrail.record(manager, { action, at, actor, clientId, details });
    });
  }

  /** Newest first, revoked ones included. */
  async list(limit: number, after?: Position): Promise<ApiKey[]> {
    const query = this.dataSource.manager
      .createQueryBuilder(ApiKey, 'key')
      .innerJoinAndSelect('key.client', 'client')
      .orderBy('key.createdAt', 'DESC')
      .addOrderBy('key.id', 'DESC')
      .limit(limit);
    if (after) query.where('(key.createdAt, key.id) < (:createdAt, :id)', after);
    return query.getMany();
  }

  /** Whether there is such a key; one that was revoked before stays as it is. */
  revoke(id: string, actor: AuditActor, at: Date): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      const revoked = await manager.update(ApiKey, { id, revokedAt: IsNull() }, { revokedAt: at });
      const apiKey = await manager.findOneBy(ApiKey, { id });
      if (apiKey && revoked.affected === 1) {
        const { clientId } = apiKey;
        const event = { action: 'api-key.revoked', at, actor, clientId } as const;
        await this.auditTrail.record(manager, { ...event, details: { apiKeyId: id } });
      }
      return apiKey !== null;
    });
  }
}
