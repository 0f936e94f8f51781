import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema, migrationEnvironmentSchema } from './environment-schema.js';
import { describeFaults, readEnvironment } from './read-environment.js';

const pem = { type: 'pkcs8', format: 'pem' } as const;
const spki = { type: 'spki', format: 'pem' } as const;
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });

const base64 = (byte: number, length = 32) => Buffer.alloc(length, byte).toString('base64');

const MINIMAL = {
  DATABASE_URL: 'postgres://zhimaper:canary-db@127.0.0.1/zhimaper',
  ENCRYPTION_KEYS: `k2:${base64(2)},k1:${base64(1)}`,
  SUBJECT_HASH_KEY: base64(3),
  ALIPAY_GATEWAY_URL: 'https://openapi.alipay.com/gateway.do',
  ALIPAY_APP_ID: '2021000000000001',
  ALIPAY_APP_PRIVATE_KEY: own.privateKey.export(pem).toString(),
  ALIPAY_PUBLIC_KEY: alipay.publicKey.export(spki).toString(),
};

const noFiles = (path: string): string => {
  throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
};

function read(raw: Record<string, string | undefined>, readFile = noFiles) {
  return readEnvironment(raw, environmentSchema, readFile);
}

function faultsOf(changes: Record<string, string | undefined>, readFile = noFiles) {
  const reading = read({ ...MINIMAL, ...changes }, readFile);
  return reading.ok ? [] : reading.faults.map(({ variable, message }) => `${variable} ${message}`);
}

describe('readEnvironment', () => {
  it('reads the content encryption key, or says what is wrong without showing it', () => {
    const reading = read({ ...MINIMAL, ALIPAY_ENCRYPT_KEY: base64(7, 16) });
    expect(reading.ok && String(reading.environment.ALIPAY_ENCRYPT_KEY)).toBe(
      '[EncryptKey: AES 128 bits]',
    );
    const faults = faultsOf({ ALIPAY_ENCRYPT_KEY: base64(7, 15) });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^ALIPAY_ENCRYPT_KEY Found base64 of 15 bytes, wanted /);
    expect(faults[0]).not.toContain(base64(7, 15));
  });

  it('fills in the defaults', () => {
    const reading = read(MINIMAL);
    if (!reading.ok) throw new Error(describeFaults(reading.faults));
    const { environment } = reading;
    expect(environment).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      DATABASE_POOL_SIZE: 10,
      ALIPAY_SIGN_TYPE: 'RSA2',
      ALIPAY_CHARSET: 'utf-8',
      ALIPAY_TIMEOUT_MS: 15_000,
    });
    expect(environment.DATABASE_URL.reveal()).toBe(MINIMAL.DATABASE_URL);
    expect(environment.ENCRYPTION_KEYS.map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect(environment.ENCRYPTION_KEYS[1]?.material.reveal()).toEqual(Buffer.alloc(32, 1));
    expect(environment.ADMIN_API_KEY).toBeUndefined();
  });

  it('reads sign type and charset in any letter case', () => {
    const reading = read({ ...MINIMAL, ALIPAY_SIGN_TYPE: 'rsa', ALIPAY_CHARSET: 'GBK' });
    expect(reading).toMatchObject({
      ok: true,
      environment: { ALIPAY_SIGN_TYPE: 'RSA', ALIPAY_CHARSET: 'gbk' },
    });
  });

  it('reports every fault at once, and shows no value', () => {
    const faults = faultsOf({
      DATABASE_URL: undefined,
      ENCRYPTION_KEYS: '',
      PORT: 'canary',
      LOG_LEVEL: 'canary',
      ADMIN_API_KEY: 'canary',
      ALIPAY_APP_ID: 'canary canary',
      ALIPAY_TIMEOUT_MS: '5',
    });
    expect(faults).toEqual([
      'DATABASE_URL is required',
      'LOG_LEVEL Invalid option: expected one of "trace"|"debug"|"info"|"warn"|"error"|"fatal"|"silent"',
      'PORT must be a whole number from 0 to 65535',
      'ENCRYPTION_KEYS is required (or ENCRYPTION_KEYS_FILE)',
      'ADMIN_API_KEY must be 32 to 1024 visible ASCII characters',
      'ALIPAY_APP_ID must be 1 to 32 visible ASCII characters',
      'ALIPAY_TIMEOUT_MS must be a whole number from 100 to 120000',
    ]);
  });

  it('says what is wrong with a key, in the words of whoever reads it', () => {
    const [fault = '', ...others] = faultsOf({ ALIPAY_APP_PRIVATE_KEY: MINIMAL.ALIPAY_PUBLIC_KEY });
    expect(others).toEqual([]);
    expect(fault).toMatch(/^ALIPAY_APP_PRIVATE_KEY .*public key/);
    expect(fault).not.toContain('MII');
  });

  it("tells one's own public key from Alipay's", () => {
    expect(faultsOf({ ALIPAY_PUBLIC_KEY: own.publicKey.export(spki).toString() })).toEqual([
      "ALIPAY_PUBLIC_KEY is the application's own public key; Alipay's (支付宝公钥) stands beside it in the open platform's console",
    ]);
  });

  it.each([
    [`k1:${base64(1, 31)}`, 'key 1 must be base64 of exactly 32 bytes after "id:"'],
    [`k1:${base64(1).slice(0, -1)}`, 'key 1 must be base64 of exactly 32 bytes after "id:"'],
    [base64(1), 'key 1 needs an id of 1 to 32 letters, digits, - or _'],
    [`k1:${base64(1)},`, 'key 2 needs an id of 1 to 32 letters, digits, - or _'],
    [`k1:${base64(1)},k1:${base64(2)}`, 'key 2 has the id of an earlier one'],
    [`k1:${base64(1)},k2:${base64(1)}`, 'key 2 is the same as an earlier one'],
  ])('refuses the key ring %#', (ring, message) => {
    expect(faultsOf({ ENCRYPTION_KEYS: ring })).toEqual([`ENCRYPTION_KEYS ${message}`]);
  });

  it('refuses a short subject hash key', () => {
    expect(faultsOf({ SUBJECT_HASH_KEY: base64(3, 31) })).toEqual([
      'SUBJECT_HASH_KEY must be base64 of at least 32 bytes',
    ]);
  });

  it('reads a value from a file, without its final line break', () => {
    const files: Record<string, string> = { '/run/secrets/hash': `${base64(9)}\r\n` };
    const reading = read(
      { ...MINIMAL, SUBJECT_HASH_KEY: undefined, SUBJECT_HASH_KEY_FILE: '/run/secrets/hash' },
      (path) => files[path] ?? noFiles(path),
    );
    expect(reading.ok && reading.environment.SUBJECT_HASH_KEY.reveal()).toEqual(
      Buffer.alloc(32, 9),
    );
  });

  it('refuses a file that cannot be read, and a value given twice', () => {
    expect(
      faultsOf({
        SUBJECT_HASH_KEY: undefined,
        SUBJECT_HASH_KEY_FILE: '/run/secrets/canary',
        ENCRYPTION_KEYS_FILE: '/run/secrets/keys',
      }),
    ).toEqual([
      'ENCRYPTION_KEYS is given twice: as itself and as ENCRYPTION_KEYS_FILE',
      'SUBJECT_HASH_KEY SUBJECT_HASH_KEY_FILE cannot be read (ENOENT)',
    ]);
  });

  it('reads a file only for variables that hold keys', () => {
    expect(faultsOf({ ALIPAY_APP_ID: undefined, ALIPAY_APP_ID_FILE: '/etc/passwd' })).toEqual([
      'ALIPAY_APP_ID is required',
    ]);
  });

  it('asks a migration for nothing but the database', () => {
    const reading = readEnvironment(
      { DATABASE_MIGRATION_URL: 'mysql://canary', DATABASE_URL: MINIMAL.DATABASE_URL },
      migrationEnvironmentSchema,
      noFiles,
    );
    expect(reading).toEqual({
      ok: false,
      faults: [{ variable: 'DATABASE_MIGRATION_URL', message: 'must be a postgres:// URL' }],
    });
  });
});

describe('describeFaults', () => {
  it('writes a line for each fault', () => {
    const faults = [
      { variable: 'PORT', message: 'is wrong' },
      { variable: 'HOST', message: 'is required' },
    ];
    expect(describeFaults(faults)).toBe(
      'The environment has 2 faults; nothing was started.\n  PORT: is wrong\n  HOST: is required\n',
    );
    expect(describeFaults(faults.slice(1))).toBe(
      'The environment has 1 fault; nothing was started.\n  HOST: is required\n',
    );
  });
});
