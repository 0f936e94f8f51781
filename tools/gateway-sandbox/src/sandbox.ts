import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

import { isAppId } from './app-id.js';
import { openKeyFolder } from './keys/key-folder.js';
import { generatePrivateKey, generateSandboxKeys, type SandboxKeys } from './keys/key-pairs.js';
import { Ledger, type LedgerSnapshot } from './ledger/ledger.js';
import { METHODS } from './methods/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { ScenarioBook } from './scenarios/scenario-book.js';
import { startServer } from './server/http-server.js';

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
  /** How far a `timestamp` may be from the sandbox's time, in milliseconds; default 15 minutes. */
  timestampToleranceMs?: number;
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
  /** Every request and every pair issued so far, oldest first. */
  ledger(): LedgerSnapshot;
  /** Puts a scenario in force and returns its id. */
  addScenario(scenario: Scenario): string;
  /** Empties the ledger and drops every scenario. */
  reset(): void;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

const DEFAULT_APP_ID = '2021000000000001';
const DEFAULT_TOLERANCE_MS = 15 * 60 * 1000;
const DEFAULT_LEDGER_LIMIT = 200_000;

/**
 * Starts a stand-in for Alipay's gateway inside this process.
 *
 * @throws Error where the port is taken, or the folder of keys cannot be completed
 * @throws TypeError on an app ID that none can have, or on `keys` beside `keysDir`
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
  const keys = await openKeys(options, { appId, now: clock() });
  const limit = options.ledgerLimit ?? DEFAULT_LEDGER_LIMIT;
  const ledger = new Ledger(limit, () => {
    log(`The ledger is full at ${limit} entries: the oldest make way.`);
  });
  const scenarios = new ScenarioBook();
  const server = await startServer(
    {
      judge: {
        appId,
        appPublicKey: createPublicKey(keys.appPublicKey),
        methods: METHODS,
        timestampToleranceMs: options.timestampToleranceMs ?? DEFAULT_TOLERANCE_MS,
      },
      ledger,
      scenarios,
      signingKey: createPrivateKey(keys.alipayPrivateKey),
      wrongKey: once(generatePrivateKey),
    },
    { host, port: options.port ?? 0, clock, log },
  );
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  return {
    gatewayUrl: `${url}/gateway.do`,
    url,
    appId,
    keys,
    keysDir: options.keysDir ?? null,
    ledger: () => ledger.snapshot(),
    addScenario: (scenario) => scenarios.add(scenario),
    reset: () => {
      ledger.clear();
      scenarios.clear();
    },
    close: () => server.close(),
  };
}

function openKeys(
  { keys, keysDir }: GatewaySandboxOptions,
  folderOptions: { appId: string; now: number },
): Promise<SandboxKeys> {
  if (keysDir === undefined)
    return keys === undefined ? generateSandboxKeys() : Promise.resolve(keys);
  if (keys !== undefined) throw new TypeError('Give keys or keysDir, not both.');
  return openKeyFolder(keysDir, folderOptions);
}

function once(make: () => Promise<KeyObject>): () => Promise<KeyObject> {
  let made: Promise<KeyObject> | undefined;
  return () => (made ??= make());
}
