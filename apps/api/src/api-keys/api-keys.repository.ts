import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Position } from '../http/cursor.js';
import type { ApiKeyHash } from './api-key-format.js';
import { ApiKey } from './api-key.entity.js';
import { Client } from './client.entity.js';

/** What every request needs to know of its key. */
export type UsableApiKey = Pick<ApiKey, 'id' | 'clientId' | 'scopes' | 'lastUsedAt'>;

/** API keys and the clients that they belong to. Whoever manages keys manages those of every client. */
@Injectable()
export class ApiKeysRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The key of this hash, unless it is expired or revoked. Plain SQL: each request runs it. */
  async findUsable(keyHash: ApiKeyHash, now: Date): Promise<UsableApiKey | null> {
    const rows = await this.dataSource.query<UsableApiKey[]>(
      `SELECT id, client_id AS "clientId", scopes, last_used_at AS "lastUsedAt" FROM api_keys
       WHERE key_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
      [keyHash, now],
    );
    return rows[0] ?? null;
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

  async insert(apiKey: Omit<ApiKey, 'client'>): Promise<void> {
    await this.dataSource.manager.insert(ApiKey, apiKey);
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
  async revoke(id: string, now: Date): Promise<boolean> {
    const { manager } = this.dataSource;
    const result = await manager
      .createQueryBuilder()
      .update(ApiKey)
      .set({ revokedAt: () => 'COALESCE(revoked_at, :now)' })
      .where({ id })
      .setParameter('now', now)
      .execute();
    return result.affected === 1;
  }
}
