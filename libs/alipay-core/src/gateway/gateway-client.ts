import { decryptContent } from '../encryption/index.js';
import type { GatewayAnswer } from './answer.js';
import type { GatewayCall } from './call-parameters.js';
import { callSecrets } from './call-secrets.js';
import {
  resolveClientOptions,
  type ClientSettings,
  type ClientWarning,
  type GatewayClientOptions,
} from './client-options.js';
import { judge } from './outcome.js';
import { assembleRequest, prepareRequest } from './request.js';
import { withRetries, type RetryPolicy } from './retry.js';
import type { Transport } from './transport.js';
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

  constructor(options: GatewayClientOptions) {
    this.#settings = resolveClientOptions(options);
    this.#transport = options.transport ?? createUndiciTransport();
    this.#ownsTransport = options.transport === undefined;
  }

  /** What works but should not stay as it is: short keys, a gateway over plain http. */
  get warnings(): readonly ClientWarning[] {
    return this.#settings.warnings;
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
    const call = { ...options, method };
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

  /** Closes the connections. A call still under way ends as on a lost connection. */
  async close(): Promise<void> {
    if (this.#ownsTransport) await this.#transport.close();
  }

  async #callOnce(call: GatewayCall & ExecuteOptions, timeoutMs: number): Promise<GatewayAnswer> {
    const settings = this.#settings;
    const { engine, privateKey, alipayPublicKey, signType, encryptKey } = settings;
    const { maxResponseBytes } = settings;
    const request = prepareRequest(call, settings, settings.clock());
    const signature = await engine.sign(request.bytesToSign, privateKey, signType);
    const { url, headers, body } = assembleRequest(request, signature, settings.gatewayUrl);
    const result = await this.#transport.send({
      url,
      headers,
      body: Buffer.from(body, 'latin1'),
      timeoutMs: Math.max(1, Math.ceil(timeoutMs)),
      maxResponseBytes,
      ...(call.signal ? { signal: call.signal } : {}),
    });
    return judge(result, {
      method: call.method,
      charset: settings.charset,
      maxBytes: maxResponseBytes,
      requiredMembers: call.requiredMembers ?? [],
      successWithoutCode: call.successWithoutCode ?? false,
      ...(encryptKey ? { decrypt: (base64) => decryptContent(base64, encryptKey) } : {}),
      verify: (bytes, sign) => engine.verify(bytes, sign, alipayPublicKey, signType),
      // A getter: most answers hold no text to redact, and then nothing needs collecting.
      get secrets() {
        return callSecrets(call, settings.appAuthToken);
      },
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
