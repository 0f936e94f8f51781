import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { FailureClass, OutcomeClass } from '@zhimaper/alipay-core';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { Hasher } from '../crypto/hasher.js';
import { LOGGER } from '../logging/logger.js';
import { Schedule } from '../schedule/schedule.js';
import { createPostgresCounter } from './postgres-counter.js';
import { RateLimitedError, rateLimitHeaders } from './rate-limited.js';
import { SharedLimit } from './shared-limit.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MOST_KNOWN_KEYS = 10_000;

/** After these the person got no SMS, and nobody learned anything. */
const WITHOUT_EFFECT: ReadonlySet<OutcomeClass> = new Set<FailureClass>([
  'not-sent',
  'rate-limited',
  'token',
  'caller-config',
  'permission',
]);

/** Who applies for whom: a client, and a keyed hash of the person. */
export interface ApplicationSubject {
  clientId: string;
  /** Null once nothing is kept of the person, whom nobody applies for then. */
  subjectHash: Buffer | null;
}

/** How much callers may ask for, over all instances. */
@Injectable()
export class Limits implements OnApplicationBootstrap {
  readonly #requests: SharedLimit;
  readonly #subjects: SharedLimit;
  readonly #unmatched: SharedLimit;
  readonly #logins: SharedLimit;
  readonly #underWay = new Map<string, number>();
  readonly #knownKeys = new Set<string>();
  readonly #atOnce: number;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Hasher) hasher: Hasher,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(LOGGER) logger: Logger,
  ) {
    const limit = (name: string, quota: number, windowMs: number, step: number) =>
      new SharedLimit({
        quota,
        windowMs,
        step,
        counter: createPostgresCounter(dataSource, name, windowMs, (key) => hasher.limitKey(key)),
        onError: (error) => {
          logger.warn({ err: error, limit: name }, 'a limit is counted by this instance alone');
        },
        now: () => performance.now(),
      });
    const { RATE_LIMIT_REQUESTS, RATE_LIMIT_SUBJECT, RATE_LIMIT_UNMATCHED } = environment;
    // One in a hundred requests tells the others.
    const step = Math.ceil(RATE_LIMIT_REQUESTS / 100);
    this.#requests = limit('requests', RATE_LIMIT_REQUESTS, MINUTE_MS, step);
    // Hardly any person is applied for twice, so that the first application costs nothing.
    this.#subjects = limit('subject', RATE_LIMIT_SUBJECT, HOUR_MS, 2);
    this.#unmatched = limit('unmatched', RATE_LIMIT_UNMATCHED, HOUR_MS, 1);
    this.#logins = limit('logins', environment.RATE_LIMIT_FAILED_LOGINS, 10 * MINUTE_MS, 1);
    this.#atOnce = environment.GATEWAY_CONCURRENCY;
  }

  onApplicationBootstrap(): void {
    this.schedule.addShared({
      name: 'rate-limits-expiry',
      intervalMs: 10 * MINUTE_MS,
      run: async () => {
        await this.dataSource.query('DELETE FROM rate_limits WHERE expire < $1', [Date.now()]);
      },
    });
  }

  /** Counts a request of an API key on a route, and answers the headers that tell of it. Throws `ProblemError`. */
  admitRequest(apiKeyId: string | null, route: string): Record<string, string> {
    const key = `${apiKeyId ?? 'bootstrap'} ${route}`;
    const allowance = this.#requests.allowance(key);
    if (allowance.remaining === 0) {
      const detail = 'The API key has used up its requests of this route for now.';
      throw new RateLimitedError('requests', detail, allowance);
    }
    this.#requests.use(key);
    return rateLimitHeaders('requests', { ...allowance, remaining: allowance.remaining - 1 });
  }

  /**
   * Lets an application begin, and answers what is to be called with its outcome, null where it came to none.
   * Throws `ProblemError` where its person was applied for too often, or where too many of the client's people did
   * not exist: nobody shall find out in bulk who does.
   */
  admitApplication({
    clientId,
    subjectHash,
  }: ApplicationSubject): (outcome: OutcomeClass | null) => void {
    const subject = `${clientId} ${subjectHash?.toString('hex') ?? ''}`;
    const ofSubject = this.#subjects.allowance(subject);
    if (ofSubject.remaining === 0) {
      throw new RateLimitedError('subject', 'This person was applied for too often.', ofSubject);
    }
    const unmatched = this.#unmatched.allowance(clientId);
    const underWay = this.#underWay.get(clientId) ?? 0;
    // Each one under way may turn out to be one more; so many at once are nobody's bulk query.
    if (unmatched.remaining - Math.max(0, underWay - this.#atOnce) <= 0) {
      const detail = 'Too many applications were for people whom Alipay does not know so.';
      throw new RateLimitedError('unmatched', detail, unmatched);
    }
    this.#underWay.set(clientId, underWay + 1);
    return (outcome) => {
      const left = (this.#underWay.get(clientId) ?? 1) - 1;
      if (left === 0) this.#underWay.delete(clientId);
      else this.#underWay.set(clientId, left);
      if (outcome === null || WITHOUT_EFFECT.has(outcome)) return;
      this.#subjects.use(subject);
      if (outcome === 'end-user') this.#unmatched.use(clientId);
    };
  }

  /**
   * Throws `ProblemError` where too many logins from an address failed. A key that was good before passes all the same,
   * so that nobody shuts out others behind the same address.
   */
  admitLogin(address: string, key: string): void {
    const allowance = this.#logins.allowance(address);
    if (allowance.remaining > 0 || this.#knownKeys.has(digest(key))) return;
    throw new RateLimitedError('logins', 'Too many logins from this address failed.', allowance);
  }

  noteLogin(address: string, key: string, succeeded: boolean): void {
    if (!succeeded) {
      this.#logins.use(address);
      return;
    }
    if (this.#knownKeys.size >= MOST_KNOWN_KEYS) this.#knownKeys.clear();
    this.#knownKeys.add(digest(key));
  }
}

function digest(key: string): string {
  return createHash('sha256').update(key, 'latin1').digest('base64');
}
