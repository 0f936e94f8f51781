import { readFile } from 'node:fs/promises';
import type { StackSecrets } from '../stack/api-environment.js';
import type { StackDatabase } from '../stack/database.js';

/** What an `.env` file beside docker-compose.yml would hold. */
export async function composeVariables(
  { url, serviceUrl }: StackDatabase,
  { encryptionKeysFile, subjectHashKeyFile, adminKey }: StackSecrets,
): Promise<Record<string, string>> {
  const read = async (file: string) => (await readFile(file, 'utf8')).trim();
  return {
    POSTGRES_PASSWORD: new URL(url).password,
    POSTGRES_API_PASSWORD: new URL(serviceUrl).password,
    ENCRYPTION_KEYS: await read(encryptionKeysFile),
    SUBJECT_HASH_KEY: await read(subjectHashKeyFile),
    ADMIN_API_KEY: adminKey,
  };
}
