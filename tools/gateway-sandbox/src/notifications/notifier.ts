import { randomBytes, type KeyObject } from 'node:crypto';

import type { GatewayCertificates } from '../certificates/gateway-certificates.js';
import { findCharset, UTF_8 } from '../wire/charset.js';
import { composeNotification, writeForm } from './compose-notification.js';
import { parseNotification } from './notification.js';
import { sendForm, type Delivery } from './send-form.js';

/** What became of a notification, and what was sent. */
export type NotificationResult = Delivery & { params: Readonly<Record<string, string>> };

export interface NotifierOptions {
  appId: string;
  signingKey: KeyObject;
  wrongKey: () => Promise<KeyObject>;
  certificates: GatewayCertificates;
  clock: () => number;
  closing: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 5000;

/** Signs and sends notifications when asked to, never on its own. */
export class Notifier {
  readonly #options: NotifierOptions;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** @throws InvalidInputError */
  async send(input: unknown): Promise<NotificationResult> {
    const notification = parseNotification(input);
    const { appId, clock, closing } = this.#options;
    const charset = findCharset(notification.charset ?? UTF_8.label) ?? UTF_8;
    const params = composeNotification(notification, charset, {
      appId,
      notifyId: randomBytes(16).toString('hex'),
      now: clock(),
      ...(await this.#signer(notification)),
    });
    const delivery = await sendForm(notification.url, writeForm(params, charset), {
      charset: charset.label,
      timeoutMs: notification.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      closing,
    });
    return { ...delivery, params: Object.fromEntries(params) };
  }

  async #signer({ certificate, wrongKey }: { certificate?: true; wrongKey?: true }) {
    const { certificates, signingKey } = this.#options;
    if (certificate) await certificates.open();
    const current = certificate ? certificates.current : null;
    return {
      signingKey: wrongKey ? await this.#options.wrongKey() : (current?.privateKey ?? signingKey),
      alipayCertSn: current?.sn ?? null,
    };
  }
}
