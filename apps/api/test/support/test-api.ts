import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  createGatewaySandbox,
  type GatewaySandbox,
  type GatewaySandboxOptions,
} from '@zhimaper/gateway-sandbox';
import { environmentSchema } from '../../src/config/environment-schema.js';
import { describeFaults, readEnvironment } from '../../src/config/read-environment.js';
import { createApp } from '../../src/create-app.js';
import type { FaultPoints } from '../../src/faults/fault-points.js';
import { createLogger } from '../../src/logging/logger.js';
import { checkDocumented } from './contract.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export const ADMIN_KEY = 'zma_admin_0123456789abcdef0123456789abcdef';

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

interface RequestOptions {
  method?: string;
  key?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string and bytes as they are. */
  body?: unknown;
}

/** The api as it is deployed, listening on a free port, with a database and a gateway of its own. */
export interface TestApi {
  app: NestFastifyApplication;
  url: string;
  database: TestDatabase;
  sandbox: GatewaySandbox;
  spoolDir: string;
  /** Every log line so far. */
  lines: string[];
  /** An answer that the OpenAPI document does not foresee fails the test. */
  request<Body = Record<string, unknown>>(
    path: string,
    options?: RequestOptions,
  ): Promise<Answer<Body>>;
  /** A new API key, by default of a client of its own. */
  issueKey(scopes: readonly string[], clientName?: string): Promise<string>;
  /** Empties the database, the gateway and the log. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The variables that the api needs, as a deployment would set them. */
export function testVariables(databaseUrl: string, sandbox: GatewaySandbox) {
  return {
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    SUBJECT_HASH_KEY: Buffer.alloc(32, 2).toString('base64'),
    ADMIN_API_KEY: ADMIN_KEY,
    SPOOL_DIR: join(process.env['ZHIMAPER_TEST_SPOOL_DIR']!, randomUUID()),
    LOG_LEVEL: 'trace',
    PORT: '0',
    // Tests seal when they want to: otherwise one that empties the tables would race with it.
    AUDIT_SEAL_INTERVAL_MS: '3600000',
    ALIPAY_GATEWAY_URL: sandbox.gatewayUrl,
    ALIPAY_APP_ID: sandbox.appId,
    ALIPAY_APP_PRIVATE_KEY: sandbox.keys.appPrivateKey,
    ALIPAY_PUBLIC_KEY: sandbox.keys.alipayPublicKey,
  };
}

/** Variables that differ from the usual ones, perhaps depending on the gateway; undefined unsets one. */
type TestVariables =
  | Record<string, string | undefined>
  | ((sandbox: GatewaySandbox) => Record<string, string | undefined>);

interface TestApiParts {
  faults?: FaultPoints;
  /** Another instance, with which this one shares database, gateway and spool; it outlives this one. */
  beside?: Pick<TestApi, 'database' | 'sandbox' | 'spoolDir'>;
  /** How the gateway is made, where it is this one's own. */
  gateway?: GatewaySandboxOptions;
  /** The URL by which the api reaches the database of the given one. */
  reach?: (databaseUrl: string) => string;
}

export async function startTestApi(
  variables: TestVariables = {},
  { faults, beside, gateway = {}, reach = (url) => url }: TestApiParts = {},
): Promise<TestApi> {
  const database = beside?.database ?? (await createTestDatabase());
  const sandbox = beside?.sandbox ?? (await createGatewaySandbox(gateway));
  const raw = {
    ...testVariables(reach(database.url), sandbox),
    ...(beside ? { SPOOL_DIR: beside.spoolDir } : {}),
    ...(typeof variables === 'function' ? variables(sandbox) : variables),
  };
  const reading = readEnvironment(raw, environmentSchema, (path) => readFileSync(path, 'utf8'));
  if (!reading.ok) throw new Error(describeFaults(reading.faults));
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  const app = await createApp(reading.environment, logger, faults);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const clients = new AbortController();

  async function request<Body = Record<string, unknown>>(
    path: string,
    { method = 'GET', key, headers, body }: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(url + path, {
      method,
      signal: clients.signal,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isPlain(body) ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status } = response;
    checkDocumented({ method, path, status, headers: response.headers, text });
    const isJson = /[/+]json(;|$)/.test(response.headers.get('content-type') ?? '');
    const parsed = (isJson ? JSON.parse(text) : null) as Body;
    return { status, headers: response.headers, body: parsed, text };
  }

  let keys = 0;
  return {
    app,
    url,
    database,
    sandbox,
    spoolDir: raw.SPOOL_DIR,
    lines,
    request,
    issueKey: async (scopes, clientName) => {
      keys += 1;
      const answer = await request<{ key: string }>('/v1/api-keys', {
        method: 'POST',
        key: ADMIN_KEY,
        body: { name: `key-${keys}`, scopes, ...(clientName === undefined ? {} : { clientName }) },
      });
      return answer.body.key;
    },
    reset: async () => {
      await database.empty();
      sandbox.reset();
      lines.length = 0;
    },
    close: async () => {
      // A request that a fault point froze is never answered: whoever sent it has to give up.
      clients.abort();
      await app.close();
      if (beside) return;
      await sandbox.close();
      await database.close();
    },
  };
}

function isPlain(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array;
}
