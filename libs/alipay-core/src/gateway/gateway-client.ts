import { decryptContent } from '../encryption/index.js';
import { AlipayCertificates, type Download, type Patience } from './alipay-certificates.js';
import type { GatewayAnswer } from './answer.js';
import type { GatewayCall } from './call-parameters.js';
import { callSecrets } from './call-secrets.js';
import { certificateDownload, readDownload } from './certificate-download.js';
import type { CertificateMode } from './certificate-mode.js';
import {
  resolveClientOptions,
  type ClientSettings,
  type ClientWarning,
  type GatewayClientOptions,
} from './client-options.js';
import { expiryWarnings } from './expiry-warnings.js';
import { judgeByCertificate } from './judge-by-certificate.js';
import { judge, type JudgeContext } from './outcome.js';
import { assembleRequest, prepareRequest } from './request.js';
import { withRetries, type RetryPolicy } from './retry.js';
import type { Transport, TransportResult } from './transport.js';
import { createUndiciTransport } from './undici-transport.js';

export interface ExecuteOptions extends Omit<GatewayCall, 'method'> {
  /** Deadline of this call, retries included, in milliseconds. Default: the client's. */
  timeoutMs?: number;
  /** Gives the call up; once the request has left, the outcome is then unknown. */
  signal?: AbortSignal;
  /** How often to repeat what had no effect; `{ attempts: 1 }` never. Default: the client's. */
  retry?: Partial<RetryPolicy>;
  /** Members of the answer, texts that are not empty, without which a success is not one. */
  requiredMembers?: readonly string[];
  /** For interfaces whose success carries no `code`, such as `alipay.system.oauth.token`. Default: false. */
  successWithoutCode?: boolean;
}

/**
 * Calls any method of the gateway: signs, sends, verifies, and says what the answer means. It knows nothing of
 * single interfaces; `AlipayClient` adds those.
 */
export class GatewayClient {
  readonly #settings: ClientSettings;
  readonly #transport: Transport;
  readonly #ownsTransport: boolean;
  readonly #certificates: AlipayCertificates | null;
  /** Calls being signed, sent or waited for. */
  #underWay = 0;

  constructor(options: GatewayClientOptions) {
    this.#settings = resolveClientOptions(options);
    const { certificates, clock } = this.#settings;
    this.#certificates =
      certificates &&
      new AlipayCertificates({
        mode: certificates,
        download: (sn) => this.#download(sn, certificates),
        clock,
        now: () => performance.now(),
      });
    this.#transport = options.transport ?? createUndiciTransport();
    this.#ownsTransport = options.transport === undefined;
  }

  /**
   * What works but should not stay as it is: short keys, a gateway over plain http, a certificate in its last 30 days.
   * The last one depends on the clock: look again from time to time.
   */
  get warnings(): readonly ClientWarning[] {
    const { warnings, certificates, clock } = this.#settings;
    return certificates === null
      ? warnings
      : [...warnings, ...expiryWarnings(certificates, clock())];
  }

  /**
   * Calls a method and returns what Alipay said, or what went wrong on the way, as a value.
   *
   * On its own it repeats only what cannot have had an effect: a request that never left, and a verified
   * `rate-limited`. Numbers beyond 2^53 - 1 are text in `data`. Throws `TypeError` for options that cannot be meant (a
   * method that is not an interface's name, `params` that hold what only the client says), and `AlipayError`
   * (`UNENCODABLE_CHARACTER`) for a character that the charset cannot hold and (`INVALID_CONFIG`) for `needEncrypt`
   * without `encryptKey`; nothing was sent then.
   *
   * Source: interface document, public request and response parameters.
   *
   * @param method the interface's name, such as `alipay.trade.query`
   * @param options what to send, and how; `timeoutMs` is in milliseconds
   *
   * @example
   * const answer = await client.execute('alipay.any.method', { bizContent: { out_no: '1' } });
   * if (answer.outcome === 'success') console.log(Object.keys(answer.data));
   * else console.error(answer.code, answer.subCode, answer.solution);
   */
  async execute(method: string, options: ExecuteOptions = {}): Promise<GatewayAnswer> {
    if (typeof method !== 'string' || !/^\w+(\.\w+)+$/.test(method)) {
      throw new TypeError("method must be an interface's name, such as alipay.system.oauth.token.");
    }
    const { retry, random, timeoutMs } = this.#settings;
    if (
      options.timeoutMs !== undefined &&
      !(options.timeoutMs > 0 && options.timeoutMs < 2 ** 31)
    ) {
      throw new TypeError('timeoutMs must be a number of milliseconds from 1 to 2147483647.');
    }
    // `assign`, since a spread with a member behind it takes twenty times as long.
    const call = Object.assign({}, options, { method });
    const { signal } = options;
    const deadline = performance.now() + (options.timeoutMs ?? timeoutMs);
    return withRetries(
      () => this.#callOnce(call, deadline - performance.now()),
      { ...retry, ...options.retry },
      {
        random,
        sleep: (milliseconds) => pause(milliseconds, signal),
        isOver: (after) => signal?.aborted === true || performance.now() + after >= deadline,
      },
    );
  }

  /**
   * Closes the connections. A call still under way ends as on a lost connection.
   *
   * Never throws. A transport that was handed in stays open. Source: undici, `Dispatcher.destroy`.
   *
   * @example
   * await client.close();
   */
  async close(): Promise<void> {
    if (this.#ownsTransport) await this.#transport.close();
  }

  async #callOnce(call: GatewayCall & ExecuteOptions, timeoutMs: number): Promise<GatewayAnswer> {
    const { engine, signType, alipayPublicKey } = this.#settings;
    const deadline = performance.now() + timeoutMs;
    const { signal } = call;
    const result = await this.#send(call, { timeoutMs, signal });
    const certificates = this.#certificates;
    if (certificates === null) {
      return this.#judge(result, call, {
        verify: (bytes, sign) => engine.verify(bytes, sign, alipayPublicKey, signType),
      });
    }
    return judgeByCertificate((checks) => this.#judge(result, call, checks), {
      certificates,
      verify: (bytes, sign, key) => engine.verify(bytes, sign, key, signType),
      patience: () => ({ timeoutMs: deadline - performance.now(), signal }),
    });
  }

  async #send(call: GatewayCall, { timeoutMs, signal }: Patience): Promise<TransportResult> {
    const settings = this.#settings;
    const { engine, privateKey, maxResponseBytes } = settings;
    const request = prepareRequest(call, settings, settings.clock());
    // A thread that has to be woken costs a third of a signature, and a call that is alone has nobody to hold up.
    const mode = this.#underWay === 0 ? 'blocking' : 'background';
    this.#underWay += 1;
    try {
      const signature = await engine.sign(request.bytesToSign, privateKey, request.signType, mode);
      const { url, headers, body } = assembleRequest(request, signature, settings.gatewayUrl);
      return await this.#transport.send({
        url,
        headers,
        body: Buffer.from(body, 'latin1'),
        timeoutMs: Math.max(1, Math.ceil(timeoutMs)),
        maxResponseBytes,
        ...(signal ? { signal } : {}),
      });
    } finally {
      this.#underWay -= 1;
    }
  }

  #judge(
    result: TransportResult,
    call: GatewayCall & ExecuteOptions,
    checks: Pick<JudgeContext, 'refuseCertificate' | 'verify'>,
  ): GatewayAnswer {
    const { charset, maxResponseBytes, appAuthToken, encryptKey } = this.#settings;
    // Spelled out, as every call pays for it.
    return judge(result, {
      verify: checks.verify,
      refuseCertificate: checks.refuseCertificate,
      method: call.method,
      charset,
      maxBytes: maxResponseBytes,
      requiredMembers: call.requiredMembers,
      successWithoutCode: call.successWithoutCode,
      decrypt: encryptKey && ((base64) => decryptContent(base64, encryptKey)),
      secrets: () => callSecrets(call, appAuthToken),
    });
  }

  /** Downloads a certificate, and once more where no answer came: it has no effect that could be had twice. */
  async #download(sn: string, { authorities }: CertificateMode): Promise<Download> {
    const { engine, signType, charset, clock, maxResponseBytes, timeoutMs } = this.#settings;
    const deadline = performance.now() + timeoutMs;
    const send = () =>
      this.#send(certificateDownload(sn), { timeoutMs: deadline - performance.now() });
    const first = await send();
    const isAnswered = first.kind === 'response' || performance.now() >= deadline;
    return readDownload(isAnswered ? first : await send(), {
      sn,
      charset,
      maxBytes: maxResponseBytes,
      authorities,
      at: clock(),
      keyOf: (named) => this.#certificates?.keyOf(named),
      verify: (bytes, sign, key) => engine.verify(bytes, sign, key, signType),
    });
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  });
}
