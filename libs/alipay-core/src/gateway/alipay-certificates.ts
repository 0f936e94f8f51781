import type { PublicKey } from '../signing/index.js';
import type { CertificateMode, TrustedCertificate } from './certificate-mode.js';

/** What a download brought: the certificate, or why it is not taken on, as a sentence. */
export type Download = { certificate: TrustedCertificate } | { refusal: string };

/** How long a call can wait. */
export interface Patience {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface AlipayCertificatesOptions {
  mode: CertificateMode;
  /** Fetches and verifies the certificate with a serial number, within the client's own time. */
  download: (sn: string) => Promise<Download>;
  clock: () => Date;
  /** Milliseconds from any fixed instant, never running backwards. */
  now: () => number;
}

/** Alipay has had a handful in ten years. */
const MOST_REMEMBERED = 16;
/** Downloads under way and lately failed, together: forged answers can name a new certificate each. */
const MOST_TROUBLE = 8;
const TROUBLE_LASTS_MS = 10_000;
/** An MD5 in hexadecimal. */
const SERIAL_NUMBER = /^[0-9a-f]{32}$/;

/**
 * The certificates that answers may be signed with: the configured one, and those that Alipay changed to since. One
 * that is not known is downloaded once, however many calls need it, and taken on only when it is verified.
 */
export class AlipayCertificates {
  readonly #options: AlipayCertificatesOptions;
  readonly #known = new Map<string, TrustedCertificate>();
  readonly #underWay = new Map<string, Promise<Download>>();
  readonly #failed = new Map<string, { refusal: string; until: number }>();

  constructor(options: AlipayCertificatesOptions) {
    this.#options = options;
  }

  /** The key behind a serial number, the configured one where an answer names none; undefined for an unknown one. */
  keyOf(sn: string | null): PublicKey | undefined {
    return this.#find(sn)?.publicKey;
  }

  /** Why an answer that names this certificate is not believed, or null where it depends on the signature alone. */
  refusalOf(sn: string | null): string | null {
    const certificate = this.#find(sn);
    if (certificate === undefined) return 'It names a certificate that is not known.';
    return this.#options.clock() > certificate.notAfter
      ? `The certificate that it names expired at ${certificate.notAfter.toISOString()}.`
      : null;
  }

  /**
   * Gets hold of an unknown certificate within the call's patience; the download itself goes on for others. Answers
   * why it is not taken on, or null when it is known by now. Never throws.
   */
  async obtain(sn: string, patience: Patience): Promise<string | null> {
    if (!SERIAL_NUMBER.test(sn))
      return 'It names a certificate by something that is no serial number.';
    const lately = this.#failedLately(sn);
    if (lately !== null) return lately;
    const isFull = this.#underWay.size + this.#failed.size >= MOST_TROUBLE;
    if (isFull && !this.#underWay.has(sn)) {
      return 'It names an unknown certificate, and too many of those could not be taken on lately.';
    }
    const download = await inTime(this.#underWay.get(sn) ?? this.#start(sn), patience);
    if (download === null) return 'The certificate that it names did not come in time.';
    return 'refusal' in download ? download.refusal : null;
  }

  #find(sn: string | null): TrustedCertificate | undefined {
    const { alipay } = this.#options.mode;
    return sn === null || sn === alipay.sn ? alipay : this.#known.get(sn);
  }

  #start(sn: string): Promise<Download> {
    const download = this.#download(sn).finally(() => this.#underWay.delete(sn));
    this.#underWay.set(sn, download);
    return download;
  }

  async #download(sn: string): Promise<Download> {
    let download: Download;
    try {
      download = await this.#options.download(sn);
    } catch {
      // The answer that needs the certificate is there already: it must not be lost by a throw.
      download = { refusal: 'The certificate that it names could not be downloaded.' };
    }
    if ('refusal' in download) {
      const until = this.#options.now() + TROUBLE_LASTS_MS;
      this.#failed.set(sn, { refusal: download.refusal, until });
    } else {
      this.#remember(download.certificate);
    }
    return download;
  }

  #remember(certificate: TrustedCertificate): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST_REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(certificate.sn, certificate);
  }

  #failedLately(sn: string): string | null {
    const now = this.#options.now();
    for (const [failed, { until }] of this.#failed) if (until <= now) this.#failed.delete(failed);
    return this.#failed.get(sn)?.refusal ?? null;
  }
}

/** What a promise brings, or null where the time is over or the call given up before. */
function inTime<T>(promise: Promise<T>, { timeoutMs, signal }: Patience): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const settle = (value: T | null) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      resolve(value);
    };
    const giveUp = () => {
      settle(null);
    };
    const timer = setTimeout(giveUp, Math.max(0, timeoutMs));
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) giveUp();
    else promise.then(settle, reject);
  });
}
