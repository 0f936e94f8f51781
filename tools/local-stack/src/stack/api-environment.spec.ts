import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { apiEnvironment, keepStackSecrets } from './api-environment.js';

describe('apiEnvironment', () => {
  it('names keys by file, and passes nothing on that would configure the api or send it through a proxy', () => {
    const outer = {
      PATH: '/bin',
      LOG_LEVEL: 'debug',
      ALIPAY_APP_ID: 'real',
      HTTPS_PROXY: 'http://proxy',
      ENCRYPTION_KEYS: 'real:key',
    };
    const secrets = {
      encryptionKeysFile: '/s/encryption-keys',
      subjectHashKeyFile: '/s/subject-hash-key',
      adminKeyFile: '/s/admin-api-key',
      adminKey: 'not passed on',
    };
    expect(
      apiEnvironment(
        {
          databaseUrl: 'postgres://u:p@127.0.0.1:1/d',
          gatewayUrl: 'http://127.0.0.1:2/gateway.do',
          appId: '2021000000000001',
          keysDir: '/d/keys',
          spoolDir: '/d/spool',
          secrets,
        },
        outer,
      ),
    ).toEqual({
      PATH: '/bin',
      LOG_LEVEL: 'debug',
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgres://u:p@127.0.0.1:1/d',
      ENCRYPTION_KEYS_FILE: '/s/encryption-keys',
      SUBJECT_HASH_KEY_FILE: '/s/subject-hash-key',
      ADMIN_API_KEY_FILE: '/s/admin-api-key',
      SPOOL_DIR: '/d/spool',
      ALIPAY_GATEWAY_URL: 'http://127.0.0.1:2/gateway.do',
      ALIPAY_APP_ID: '2021000000000001',
      ALIPAY_SIGN_TYPE: 'RSA2',
      ALIPAY_CHARSET: 'utf-8',
      ALIPAY_APP_PRIVATE_KEY_FILE: '/d/keys/app-private-key.pem',
      ALIPAY_PUBLIC_KEY_FILE: '/d/keys/alipay-public-key.pem',
    });
  });
});

describe('keepStackSecrets', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'zhimaper-secrets-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('makes each in the form that the api reads, and the same ever after', async () => {
    const first = await keepStackSecrets(dataDir);
    expect(await readFile(first.encryptionKeysFile, 'utf8')).toMatch(/^local-1:[\w+/]{43}=\n$/);
    expect(await readFile(first.subjectHashKeyFile, 'utf8')).toMatch(/^[\w+/]{43}=\n$/);
    expect(first.adminKey).toMatch(/^zma_admin_[0-9a-f]{64}$/);
    expect(await readFile(first.adminKeyFile, 'utf8')).toBe(`${first.adminKey}\n`);
    expect(await keepStackSecrets(dataDir)).toEqual(first);
  });
});
