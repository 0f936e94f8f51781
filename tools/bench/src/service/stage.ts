import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type EmbeddedPostgres } from '@zhimaper/local-stack';
import { APP_ID } from '../peers/example-call.js';
import { makeAnswer, makeKeys, type BenchKeys } from '../peers/static-answer.js';
import { startStaticGateway, type StaticGateway } from '../peers/static-gateway.js';
import { WORKSPACE_ROOT } from '../workspace.js';
import type { BareSetting } from './bare-process.js';
import { makeApiKey, startApi, type ApiProcess } from './api-process.js';

/** What the api needs around it: a Postgres server that forces everything to the disk, and a gateway. */
export interface Stage {
  postgres: EmbeddedPostgres;
  gateway: StaticGateway;
  keys: BenchKeys;
  databaseUrl: string;
  /** What contenders without the api are given. */
  bareSetting: BareSetting;
  /** The api's environment on this stage. */
  environment: NodeJS.ProcessEnv;
  /** A key of the api with every scope that the benchmarks need. */
  apiKey: string;
  /** Starts a process of the service, perhaps with other variables; the stage stops it. */
  startApi: (variables?: NodeJS.ProcessEnv) => Promise<ApiProcess>;
  stop: () => Promise<void>;
}

/** Starts Postgres and the gateway, migrates the database, and has an api make a key. */
export async function startStage(): Promise<Stage> {
  const keys = makeKeys();
  const folder = await mkdtemp(join(tmpdir(), 'zhimaper-bench-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const postgres = await startPostgres({ durability: true });
    closing.push(() => postgres.stop());
    const gateway = await startStaticGateway(makeAnswer(keys.alipay.privateKey).body);
    closing.push(() => gateway.stop());
    const databaseUrl = postgres.url;
    migrate(databaseUrl);
    const adminKey = `zma_admin_${randomBytes(32).toString('hex')}`;
    const environment = {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      PORT: '0',
      SPOOL_DIR: folder,
      SHUTDOWN_GRACE_MS: '0',
      ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      SUBJECT_HASH_KEY: randomBytes(32).toString('base64'),
      ADMIN_API_KEY: adminKey,
      RATE_LIMIT_REQUESTS: '100000000',
      ALIPAY_GATEWAY_URL: gateway.url,
      ALIPAY_APP_ID: APP_ID,
      ALIPAY_APP_PRIVATE_KEY: keys.app.privatePem,
      ALIPAY_PUBLIC_KEY: keys.alipay.publicPem,
    };
    const start = async (variables: NodeJS.ProcessEnv = {}) => {
      const api = await startApi({ ...environment, ...variables });
      closing.push(() => api.stop());
      return api;
    };
    const first = await startApi(environment);
    const apiKey = await makeApiKey(first.url, adminKey).finally(() => first.stop());
    const bareSetting = {
      databaseUrl,
      gatewayUrl: gateway.url,
      appPrivateKey: keys.app.privatePem,
      alipayPublicKey: keys.alipay.publicPem,
    };
    return {
      ...{ postgres, gateway, keys, databaseUrl, bareSetting, environment, apiKey },
      ...{ startApi: start, stop },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Brings a database to the api's schema, as it is done before a release. */
function migrate(databaseUrl: string): void {
  const script = join(WORKSPACE_ROOT, 'apps/api/bin/migrate.js');
  const { status, stderr } = spawnSync(process.execPath, [script], {
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The migration ended with ${status}: ${stderr}`);
}
