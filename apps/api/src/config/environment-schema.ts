import { parseCharset, parseSignType, readEncryptKey, readPrivateKey } from '@zhimaper/alipay-core';
import { z } from 'zod';
import { batchShape } from './batch-shape.js';
import { keepingShape } from './keeping-shape.js';
import { encryptionKeys, subjectHashKey } from './key-material.js';
import { loadShape } from './load-shape.js';
import { processShape } from './process-shape.js';
import { readByCore } from './read-by-core.js';
import { Secret } from './secret.js';
import { switchesShape } from './switches-shape.js';
import { checkTrust, trustShape } from './trust-shape.js';
import { wholeNumber } from './whole-number.js';

const LONG_VISIBLE_ASCII = /^[\x21-\x7e]{32,1024}$/;

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

const postgresUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })
  .transform((url) => new Secret(url));

/** Where the rows live: all that the migrations need. */
const databaseShape = {
  DATABASE_URL: postgresUrl.describe('The Postgres database of the service.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('The least severe log line that is written.'),
};

const keyShape = {
  ENCRYPTION_KEYS: encryptionKeys.describe(
    'Keys that tokens are encrypted with, `id:base64,id:base64`, 32 bytes each; the first one encrypts, all decrypt.',
  ),
  SUBJECT_HASH_KEY: subjectHashKey.describe(
    'Key of the hashes that find a person again, base64 of at least 32 bytes. It can never be changed.',
  ),
};

/**
 * The environment of the api's process: names, meaning and defaults. A variable in `FILE_VARIABLES` may also
 * be given as `<NAME>_FILE`, the path of a file that holds the value.
 */
export const environmentSchema = z
  .object({
    ...databaseShape,
    PORT: wholeNumber(0, 65_535)
      .prefault('3000')
      .describe('TCP port of the HTTP server; 0 takes a free one.'),
    ...switchesShape,
    HOST: z.string().default('127.0.0.1').describe('Address that the HTTP server listens on.'),
    DATABASE_POOL_SIZE: wholeNumber(1, 200)
      .prefault('10')
      .describe('Most connections to Postgres that one process holds.'),
    ATTEMPT_MARGIN_MS: wholeNumber(0, 600_000)
      .prefault('15000')
      .describe(
        'How long after the deadline of its gateway call an outcome may be written down, in milliseconds; later the process is taken for dead and the outcome is unknown.',
      ),
    SPOOL_DIR: z
      .string()
      .default('spool')
      .describe(
        'Folder that keeps, encrypted, the outcomes that the database did not take; it must outlive the process. Several instances may share one.',
      ),
    SWEEP_INTERVAL_MS: wholeNumber(50, 60_000)
      .prefault('15000')
      .describe('How often the outcomes of dead processes are looked for, in milliseconds.'),
    ...keyShape,
    ADMIN_API_KEY: z
      .string()
      .regex(LONG_VISIBLE_ASCII, 'must be 32 to 1024 visible ASCII characters')
      .transform((value) => new Secret(value))
      .optional()
      .describe('Bearer key that may manage API keys, to make the first one.'),
    ALIPAY_GATEWAY_URL: httpUrl.describe("The whole URL of the gateway's `gateway.do`."),
    ALIPAY_APP_ID: z
      .string()
      .regex(/^[\x21-\x7e]{1,32}$/, 'must be 1 to 32 visible ASCII characters')
      .describe("The application's id on Alipay's open platform."),
    ALIPAY_APP_PRIVATE_KEY: readByCore(readPrivateKey).describe("The application's private key."),
    ...trustShape,
    ALIPAY_SIGN_TYPE: readByCore(parseSignType)
      .prefault('RSA2')
      .describe('`RSA2` (SHA-256) or `RSA` (SHA-1).'),
    ALIPAY_CHARSET: readByCore(parseCharset)
      .prefault('utf-8')
      .describe('Charset of the requests: `utf-8`, `gbk`, `gb2312` or `gb18030`.'),
    ALIPAY_TIMEOUT_MS: wholeNumber(100, 120_000)
      .prefault('15000')
      .describe('Deadline of one gateway call, in milliseconds.'),
    ALIPAY_APP_AUTH_TOKEN: z
      .string()
      .transform((value) => new Secret(value))
      .optional()
      .describe("The merchant's authorisation, when calling on a merchant's behalf."),
    ALIPAY_ENCRYPT_KEY: readByCore(readEncryptKey)
      .optional()
      .describe(
        "The application's content encryption key (AES), base64; with it every request is encrypted.",
      ),
    ...processShape,
    ...loadShape,
    ...batchShape,
    ...keepingShape,
  })
  .superRefine(checkTrust, { when: () => true });

/** The environment of the process that migrates the database. */
export const migrationEnvironmentSchema = z.object({
  ...databaseShape,
  DATABASE_MIGRATION_URL: postgresUrl
    .optional()
    .describe('The same database as another role, which may change the schema.'),
});

/** The environment of the process that encrypts everything anew. */
export const rekeyEnvironmentSchema = z.object({ ...databaseShape, ...keyShape });

export type Environment = z.output<typeof environmentSchema>;

/** The variables whose value may stand in a file instead, named by `<NAME>_FILE`. */
export const FILE_VARIABLES = [
  'ENCRYPTION_KEYS',
  'SUBJECT_HASH_KEY',
  'ADMIN_API_KEY',
  'ALIPAY_APP_PRIVATE_KEY',
  'ALIPAY_PUBLIC_KEY',
  'ALIPAY_ENCRYPT_KEY',
] as const;

/** The variables that are the path of a file, and whose value is what the file holds. */
export const PATH_VARIABLES = [
  'ALIPAY_APP_CERT_FILE',
  'ALIPAY_CERT_FILE',
  'ALIPAY_ROOT_CERT_FILE',
] as const;
