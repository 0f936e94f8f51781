import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { LOGGER } from '../logging/logger.js';
import { hashApiKey, isApiKey } from './api-key-format.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import type { BootstrapCaller, Caller } from './caller.js';

const BOOTSTRAP: BootstrapCaller = { clientId: null, apiKeyId: null, scopes: ['admin'] };

/** How exact `lastUsedAt` is: a write for each request would cost more than it tells. */
const LAST_USE_RESOLUTION_MS = 60_000;

/** Finds out whose an API key is. */
@Injectable()
export class ApiKeyAuthenticator {
  readonly #bootstrapDigest: Buffer | null;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(ApiKeysRepository) private readonly apiKeys: ApiKeysRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const configured = environment.ADMIN_API_KEY;
    this.#bootstrapDigest = configured ? digestOf(configured.reveal()) : null;
  }

  /** The caller behind a key; null for one that is unknown, malformed, expired or revoked. */
  async authenticate(key: string): Promise<Caller | BootstrapCaller | null> {
    if (this.isBootstrapKey(key)) return BOOTSTRAP;
    if (!isApiKey(key)) return null;
    const now = this.clock();
    const found = await this.apiKeys.findUsable(hashApiKey(key), now);
    if (!found) return null;
    const lastUse = found.lastUsedAt?.getTime() ?? 0;
    if (now.getTime() - lastUse >= LAST_USE_RESOLUTION_MS) {
      // Nobody should wait for it, or be refused because of it.
      this.apiKeys.noteUse(found.id, now).catch((error: unknown) => {
        this.logger.warn({ err: error }, 'the last use of an API key was not noted');
      });
    }
    return { clientId: found.clientId, apiKeyId: found.id, scopes: found.scopes };
  }

  /** Compares digests, so that the time taken tells nothing about the key, not even its length. */
  private isBootstrapKey(key: string): boolean {
    return this.#bootstrapDigest !== null && timingSafeEqual(digestOf(key), this.#bootstrapDigest);
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
