import { join } from 'node:path';
import { makeFolder } from '../folders/data-folder.js';
import { keepSecret, randomKey } from '../folders/secrets.js';
import { LOOPBACK } from '../process/free-port.js';

/** What of our own environment the api's processes get as it is. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'LOG_LEVEL'];

/** The secrets that the stack makes at its first start, by the file that the api reads each from. */
export interface StackSecrets {
  encryptionKeysFile: string;
  subjectHashKeyFile: string;
  adminKeyFile: string;
  adminKey: string;
}

/** Makes the api's secrets in the data folder, or finds those of an earlier start. */
export async function keepStackSecrets(dataDir: string): Promise<StackSecrets> {
  const folder = join(dataDir, 'secrets');
  await makeFolder(folder, 0o700);
  const encryptionKeysFile = join(folder, 'encryption-keys');
  const subjectHashKeyFile = join(folder, 'subject-hash-key');
  const adminKeyFile = join(folder, 'admin-api-key');
  await keepSecret(encryptionKeysFile, () => `local-1:${randomKey('base64')}`);
  await keepSecret(subjectHashKeyFile, () => randomKey('base64'));
  const adminKey = await keepSecret(adminKeyFile, () => `zma_admin_${randomKey('hex')}`);
  return { encryptionKeysFile, subjectHashKeyFile, adminKeyFile, adminKey };
}

interface ApiEnvironmentParts {
  databaseUrl: string;
  gatewayUrl: string;
  appId: string;
  keysDir: string;
  spoolDir: string;
  secrets: StackSecrets;
}

/** The environment of the api for this stack, its port apart. */
export function apiEnvironment(
  { databaseUrl, gatewayUrl, appId, keysDir, spoolDir, secrets }: ApiEnvironmentParts,
  outer: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  return {
    ...inheritedEnvironment(outer),
    HOST: LOOPBACK,
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS_FILE: secrets.encryptionKeysFile,
    SUBJECT_HASH_KEY_FILE: secrets.subjectHashKeyFile,
    ADMIN_API_KEY_FILE: secrets.adminKeyFile,
    SPOOL_DIR: spoolDir,
    ALIPAY_GATEWAY_URL: gatewayUrl,
    ALIPAY_APP_ID: appId,
    ALIPAY_SIGN_TYPE: 'RSA2',
    ALIPAY_CHARSET: 'utf-8',
    ALIPAY_APP_PRIVATE_KEY_FILE: join(keysDir, 'app-private-key.pem'),
    ALIPAY_PUBLIC_KEY_FILE: join(keysDir, 'alipay-public-key.pem'),
  };
}

/** What a process of the api needs of the machine, and nothing that configures it or goes through a proxy. */
export function inheritedEnvironment(outer: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    INHERITED.flatMap((name) => (outer[name] === undefined ? [] : [[name, outer[name]]])),
  );
}
