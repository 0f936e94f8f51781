import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

import { isAppId } from './app-id.js';
import { publicPart, type PublicCertificate } from './certificates/alipay-certificate.js';
import { GatewayCertificates } from './certificates/gateway-certificates.js';
import { parseRotation, type Rotation } from './certificates/rotation.js';
import { generateCertificates, type SandboxCertificates } from './keys/certificate-set.js';
import { openKeyFolder } from './keys/key-folder.js';
import { generatePrivateKey, generateSandboxKeys, type SandboxKeys } from './keys/key-pairs.js';
import { Ledger, type LedgerSnapshot } from './ledger/ledger.js';
import { METHODS } from './methods/index.js';
import type { Notification } from './notifications/notification.js';
import { Notifier, type NotificationResult } from './notifications/notifier.js';
import type { Scenario } from './scenarios/scenario.js';
import { ScenarioBook } from './scenarios/scenario-book.js';
import { startServer } from './server/http-server.js';
import { TokenBook } from './tokens/token-book.js';
import { readContentKey } from './wire/content-encryption.js';

export interface GatewaySandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** The one app that it knows; default `2021000000000001`. */
  appId?: string;
  /** The folder of keys and certificates, completed where something is missing. Without it, keys live in memory. */
  keysDir?: string;
  /** Keys of an earlier sandbox, to go on with them in memory. Not together with `keysDir`. */
  keys?: SandboxKeys;
  /** The app's content key, the base64 of 16, 24 or 32 bytes; default the folder's, and none in memory. */
  encryptKey?: string;
  /** How far a `timestamp` may be from the sandbox's time, in milliseconds; default 15 minutes. */
  timestampToleranceMs?: number;
  /** How long access tokens live that are not permanent, in milliseconds; default 15 days. */
  accessTokenLifetimeMs?: number;
  /** How long after an application it can be refreshed, where it is not permanent, in milliseconds; default 30 days. */
  refreshTokenLifetimeMs?: number;
  /** How many requests, and how many pairs of tokens, the ledger keeps; default 200,000. */
  ledgerLimit?: number;
  /** Milliseconds since 1970; default `Date.now`. */
  clock?: () => number;
  /** Takes one line about what went wrong inside, without personal data; default none. */
  log?: (line: string) => void;
}

/** A running sandbox. */
export interface GatewaySandbox {
  /** The whole address of the gateway, `…/gateway.do`. */
  gatewayUrl: string;
  /** The base address, without a slash at its end. */
  url: string;
  appId: string;
  keys: SandboxKeys;
  /** Null where the keys live in memory. */
  keysDir: string | null;
  /** The app's content key; null where none is configured. */
  encryptKey: string | null;
  /** What a client in certificate mode is configured with; in memory, made at the first call. */
  certificates(): Promise<SandboxCertificates>;
  /**
   * Signs answers in certificate mode by a new certificate and key from now on.
   *
   * @throws InvalidInputError
   */
  rotateCertificate(rotation?: Rotation): Promise<PublicCertificate>;
  /**
   * Signs a notification and posts it to an address on this machine.
   *
   * @throws InvalidInputError
   */
  notify(notification: Notification): Promise<NotificationResult>;
  /** Every request and every pair issued so far, oldest first. */
  ledger(): LedgerSnapshot;
  /** Puts a scenario in force and returns its id. */
  addScenario(scenario: Scenario): string;
  /** Empties the ledger, drops every scenario, and goes back to the first certificate. Tokens live on. */
  reset(): void;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

const DEFAULT_APP_ID = '2021000000000001';
const DEFAULT_TOLERANCE_MS = 15 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_LEDGER_LIMIT = 200_000;

/**
 * Starts a stand-in for Alipay's gateway inside this process.
 *
 * @throws Error where the port is taken, or the folder of keys cannot be completed
 * @throws TypeError on an app ID or a content key that none can have, or on `keys` beside `keysDir`
 * @example
 * const sandbox = await createGatewaySandbox({ appId: '2021000000000001' });
 * sandbox.addScenario({ match: { mobile: '13588111111' }, times: 1, then: { resetAfter: true } });
 * // … POST to sandbox.gatewayUrl, signed with sandbox.keys.appPrivateKey
 * sandbox.ledger().tokens.length; // 1
 * await sandbox.close();
 */
export async function createGatewaySandbox(
  options: GatewaySandboxOptions = {},
): Promise<GatewaySandbox> {
  const { clock = Date.now, log = () => undefined, appId = DEFAULT_APP_ID } = options;
  const host = options.host ?? '127.0.0.1';
  if (!isAppId(appId)) throw new TypeError('appId has to be 1 to 32 letters or digits.');
  const { keys, encryptKey, certificates } = await openKeys(options, { appId, now: clock() });
  const limit = options.ledgerLimit ?? DEFAULT_LEDGER_LIMIT;
  const ledger = new Ledger(limit, () => {
    log(`The ledger is full at ${limit} entries: the oldest make way.`);
  });
  const scenarios = new ScenarioBook();
  const signingKey = createPrivateKey(keys.alipayPrivateKey);
  const wrongKey = once(generatePrivateKey);
  const closing = new AbortController();
  const notifier = new Notifier({
    appId,
    signingKey,
    wrongKey,
    certificates,
    clock,
    closing: closing.signal,
  });
  const lifetimes = {
    accessMs: options.accessTokenLifetimeMs ?? 15 * DAY_MS,
    refreshMs: options.refreshTokenLifetimeMs ?? 30 * DAY_MS,
  };
  const server = await startServer(
    {
      judge: {
        appId,
        appPublicKey: createPublicKey(keys.appPublicKey),
        methods: METHODS,
        certificates,
        tokens: new TokenBook(lifetimes, limit),
        timestampToleranceMs: options.timestampToleranceMs ?? DEFAULT_TOLERANCE_MS,
      },
      contentKey: encryptKey === null ? null : readContentKey(encryptKey),
      ledger,
      scenarios,
      signingKey,
      wrongKey,
      certificates,
      notifier,
      clock,
    },
    { host, port: options.port ?? 0, log },
  );
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  return {
    gatewayUrl: `${url}/gateway.do`,
    url,
    appId,
    keys,
    keysDir: options.keysDir ?? null,
    encryptKey,
    certificates: () => certificates.open(),
    rotateCertificate: async (rotation = {}) =>
      publicPart(await certificates.rotate(parseRotation(rotation), clock())),
    notify: (notification) => notifier.send(notification),
    ledger: () => ledger.snapshot(),
    addScenario: (scenario) => scenarios.add(scenario),
    reset: () => {
      ledger.clear();
      scenarios.clear();
      certificates.restore();
    },
    close: () => {
      closing.abort();
      return server.close();
    },
  };
}

interface OpenedKeys {
  keys: SandboxKeys;
  encryptKey: string | null;
  certificates: GatewayCertificates;
}

async function openKeys(
  options: GatewaySandboxOptions,
  folderOptions: { appId: string; now: number },
): Promise<OpenedKeys> {
  const { keysDir, encryptKey = null } = options;
  if (keysDir === undefined) {
    const keys = options.keys ?? (await generateSandboxKeys());
    const app = createPrivateKey(keys.appPrivateKey);
    const alipay = createPrivateKey(keys.alipayPrivateKey);
    const certificates = new GatewayCertificates(alipay, () =>
      generateCertificates({ app, alipay }, folderOptions),
    );
    return { keys, encryptKey, certificates };
  }
  if (options.keys !== undefined) throw new TypeError('Give keys or keysDir, not both.');
  const folder = await openKeyFolder(keysDir, folderOptions);
  const alipay = createPrivateKey(folder.keys.alipayPrivateKey);
  const certificates = new GatewayCertificates(alipay, () => Promise.resolve(folder.certificates));
  await certificates.open();
  return { keys: folder.keys, encryptKey: encryptKey ?? folder.encryptKey, certificates };
}

function once(make: () => Promise<KeyObject>): () => Promise<KeyObject> {
  let made: Promise<KeyObject> | undefined;
  return () => (made ??= make());
}
