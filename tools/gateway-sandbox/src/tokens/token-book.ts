import { randomBytes } from 'node:crypto';

import { beijingTime } from '../wire/beijing-time.js';

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
}

/** What a person once agreed to: all pairs that follow from one application share it. */
export interface Grant {
  certNo: string | null;
  mobile: string | null;
  /** Its tokens never expire (`auth_token_type`). */
  permanent: boolean;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** When refreshing ends, in milliseconds since 1970. No refresh moves it. */
  deadline: number;
}

export interface IssuedPair extends TokenPair {
  grant: Grant;
  /** When the access token ends, in milliseconds since 1970. */
  accessDeadline: number;
  /** The pair that this one took the place of. */
  replaces: TokenPair | null;
}

export interface TokenLifetimes {
  /** Milliseconds. */
  accessMs: number;
  /** Milliseconds. */
  refreshMs: number;
}

interface KnownPair extends IssuedPair {
  alive: boolean;
}

/** Every pair that the gateway issued and what became of it, up to a limit of pairs. In memory only. */
export class TokenBook {
  readonly #lifetimes: TokenLifetimes;
  readonly #limit: number;
  /** By access token and by refresh token, oldest first. */
  readonly #pairs = new Map<string, KnownPair>();

  constructor(lifetimes: TokenLifetimes, limit: number) {
    this.#lifetimes = lifetimes;
    this.#limit = limit;
  }

  /** The first pair of a new grant. */
  grant(terms: Pick<Grant, 'certNo' | 'mobile' | 'permanent'>, now: number): IssuedPair {
    const deadline = now + this.#lifetimes.refreshMs;
    return this.#issue({ ...terms, startedAt: now, deadline }, null, now);
  }

  /** What the gateway says of a refresh token that it does not take; null where it does. */
  refreshFault(refreshToken: string, now: number) {
    const pair = this.#pairs.get(refreshToken);
    if (!pair?.alive || pair.refreshToken !== refreshToken) return 'isv.refresh-token-invalid';
    return isOver(pair.grant, pair.grant.deadline, now) ? 'isv.refresh-token-time-out' : null;
  }

  /**
   * Takes a refresh token, once: its pair is dead, and another stands in its place.
   *
   * @throws TypeError where `refreshFault` has something to say of it
   */
  refresh(refreshToken: string, now: number): IssuedPair {
    const old = this.#pairs.get(refreshToken);
    if (old === undefined || this.refreshFault(refreshToken, now) !== null) {
      throw new TypeError('This refresh token is not to be taken.');
    }
    old.alive = false;
    const replaces = { accessToken: old.accessToken, refreshToken };
    return this.#issue(old.grant, replaces, now);
  }

  /** What the gateway says of an access token of its own that is dead; null where it is alive or not its own. */
  accessFault(accessToken: string, now: number) {
    const pair = this.#pairs.get(accessToken);
    if (pair?.accessToken !== accessToken) return null;
    if (!pair.alive) return 'aop.invalid-auth-token';
    return isOver(pair.grant, pair.accessDeadline, now) ? 'aop.auth-token-time-out' : null;
  }

  #issue(grant: Grant, replaces: TokenPair | null, now: number): IssuedPair {
    const accessDeadline = Math.min(now + this.#lifetimes.accessMs, grant.deadline);
    const pair: KnownPair = { ...freshPair(now), grant, accessDeadline, replaces, alive: true };
    this.#pairs.set(pair.accessToken, pair).set(pair.refreshToken, pair);
    if (this.#pairs.size > this.#limit * 2) this.#forgetOldest();
    return pair;
  }

  #forgetOldest(): void {
    const [accessToken, refreshToken] = this.#pairs.keys();
    for (const token of [accessToken, refreshToken]) this.#pairs.delete(token ?? '');
  }
}

function isOver({ permanent }: Grant, deadline: number, now: number): boolean {
  return !permanent && now >= deadline;
}

/** The form of the document's own examples: the day in UTC+8 and 32 hexadecimal digits. */
function freshPair(now: number): TokenPair {
  const day = beijingTime(now).slice(0, 10).replaceAll('-', '');
  return {
    accessToken: day + randomBytes(16).toString('hex'),
    refreshToken: day + randomBytes(16).toString('hex'),
  };
}
