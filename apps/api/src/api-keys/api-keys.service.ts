import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AuditActor } from '../audit/audit-event.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ProblemError } from '../errors/problem-error.js';
import { toPage, type Page } from '../http/cursor.js';
import { newId } from '../ids/new-id.js';
import { displayPrefix, formatApiKey, hashApiKey } from './api-key-format.js';
import type { ApiKeyListQuery, NewApiKey } from './api-key-schemas.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import type { Client } from './client.entity.js';

export interface IssuedApiKey {
  apiKey: ApiKey;
  /** The key itself; it is shown this once and cannot be had again. */
  key: string;
}

/** Issues, lists and revokes API keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    @Inject(ApiKeysRepository) private readonly apiKeys: ApiKeysRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async issue(
    { name, scopes, expiresAt, ...owner }: NewApiKey,
    actor: AuditActor,
  ): Promise<IssuedApiKey> {
    const now = this.clock();
    if (expiresAt && expiresAt <= now) {
      const message = 'lies in the past';
      throw new ProblemError('invalid-request', {
        members: { issues: [{ field: 'expiresAt', code: 'EXPIRED', message }] },
      });
    }
    const client = await this.clientFor(owner.clientId, owner.clientName ?? name, now);
    const key = formatApiKey(randomBytes(16));
    const row = {
      id: newId(),
      clientId: client.id,
      name,
      keyHash: hashApiKey(key),
      displayPrefix: displayPrefix(key),
      scopes,
      expiresAt: expiresAt ?? null,
      lastUsedAt: null,
      revokedAt: null,
      createdAt: now,
    };
    await this.apiKeys.insert(row, actor);
    return { apiKey: { ...row, client }, key };
  }

  async list<Item>(
    { limit, cursor }: ApiKeyListQuery,
    toItem: (apiKey: ApiKey) => Item,
  ): Promise<Page<Item>> {
    return toPage(await this.apiKeys.list(limit + 1, cursor), limit, toItem);
  }

  async revoke(id: string, actor: AuditActor): Promise<void> {
    if (!(await this.apiKeys.revoke(id, actor, this.clock()))) throw new ProblemError('not-found');
  }

  /** A key that names no client belongs to the client of its own name: apart from all others unless told otherwise. */
  private async clientFor(id: string | undefined, name: string, now: Date): Promise<Client> {
    if (id === undefined) return this.apiKeys.ensureClient({ id: newId(), name, createdAt: now });
    const client = await this.apiKeys.findClient(id);
    if (client) return client;
    throw new ProblemError('invalid-request', {
      members: { issues: [{ field: 'clientId', code: 'UNKNOWN_CLIENT', message: 'is no client' }] },
    });
  }
}
