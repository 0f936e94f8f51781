import { BoundedLog } from './bounded-log.js';

/** One call of `/gateway.do`, refused ones included. */
export interface LedgerRequest {
  /** When it arrived, ISO 8601. */
  at: string;
  method: string | null;
  certNo: string | null;
  name: string | null;
  mobile: string | null;
  /** `accepted`, the sub code that it was refused with, or `not-judged` where a scenario reset it first. */
  verdict: string;
  /** `success`, the code answered, or the fault that left no believable answer. */
  outcome: string;
  /** Every fault applied, joined by `+`, or null. */
  fault: string | null;
  traceId: string;
  charset: string | null;
  signType: string | null;
  mode: 'key' | 'certificate';
  /** Whether the content came encrypted. */
  encrypted: boolean;
  notifyUrl: string | null;
  returnUrl: string | null;
  /** Masked. */
  appAuthToken: string | null;
  /** Masked. */
  authToken: string | null;
}

/** One pair issued. `traceId` is that of its request. */
export interface LedgerToken {
  at: string;
  kind: 'apply' | 'refresh';
  accessToken: string;
  refreshToken: string;
  /** The pair that died for this one, where it was refreshed. */
  replaces: { accessToken: string; refreshToken: string } | null;
  method: string;
  /** The person of the application, also where the pair was refreshed. */
  certNo: string | null;
  mobile: string | null;
  traceId: string;
}

export interface LedgerSnapshot {
  requests: LedgerRequest[];
  tokens: LedgerToken[];
}

/** What the sandbox was asked and what it issued. In memory only. */
export class Ledger {
  readonly #requests: BoundedLog<LedgerRequest>;
  readonly #tokens: BoundedLog<LedgerToken>;

  constructor(limit: number, onFirstDrop: () => void) {
    let told = false;
    const onDrop = () => {
      if (!told) onFirstDrop();
      told = true;
    };
    this.#requests = new BoundedLog(limit, onDrop);
    this.#tokens = new BoundedLog(limit, onDrop);
  }

  recordRequest(entry: LedgerRequest): void {
    this.#requests.push(entry);
  }

  recordToken(entry: LedgerToken): void {
    this.#tokens.push(entry);
  }

  snapshot(): LedgerSnapshot {
    return { requests: this.#requests.entries(), tokens: this.#tokens.entries() };
  }

  /** How many entries were pushed out by newer ones. */
  get dropped(): number {
    return this.#requests.dropped + this.#tokens.dropped;
  }

  clear(): void {
    this.#requests.clear();
    this.#tokens.clear();
  }
}
