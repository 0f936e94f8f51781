import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endsByItself, interpolate, levelsOf, readComposeFile } from './compose-file.js';

const COMPOSE = `
x-base: &base
  SECRET: \${SECRET:?set SECRET}
services:
  database:
    image: postgres:18-alpine
  migrate:
    build: .
    command: ['node', 'migrate.js']
    depends_on: { database: { condition: service_healthy } }
  api:
    build: .
    command: ['node', 'api.js']
    environment: { <<: *base, LEVEL: '\${LEVEL:-info}' }
    volumes: ['keys:/keys:ro']
    depends_on: { migrate: { condition: service_completed_successfully } }
    healthcheck: { test: ['CMD', 'node', 'health.js'] }
    deploy: { replicas: 2 }
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-compose-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string, variables: Record<string, string> = { SECRET: 's' }) {
  const path = join(folder, 'docker-compose.yml');
  await writeFile(path, text);
  return readComposeFile(path, variables);
}

describe('readComposeFile', () => {
  it('reads what a process needs, with everything filled in', async () => {
    expect((await read(COMPOSE)).at(-1)).toEqual({
      name: 'api',
      image: undefined,
      command: ['node', 'api.js'],
      environment: { SECRET: 's', LEVEL: 'info' },
      healthcheck: ['node', 'health.js'],
      volumes: [{ source: 'keys', target: '/keys' }],
      dependsOn: { migrate: 'service_completed_successfully' },
      replicas: 2,
    });
  });

  it.each([
    ['services: 7', '7 is not a mapping'],
    ['services: { a: { command: node } }', '"node" is not a list'],
    [
      'services: { a: { depends_on: { b: { condition: service_started } } }, b: {} }',
      'a comes before b, which it depends on',
    ],
    [
      'services: { a: { environment: { A: "${GONE:?set GONE}" } } }',
      'the variable GONE has no value',
    ],
    ['services: { a: { environment: { A: 7 } } }', '7 is not a text'],
  ])('refuses %s', async (text, reason) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'COMPOSE_FILE_UNUSABLE',
      message: `Cannot use ${join(folder, 'docker-compose.yml')}: ${reason}.`,
    });
  });

  it('tells who starts after whom, and who ends by itself', async () => {
    const services = await read(COMPOSE);
    const levels = levelsOf(services).map((level) => level.map(({ name }) => name));
    expect(levels).toEqual([['database'], ['migrate'], ['api']]);
    expect(services.filter((service) => endsByItself(service, services))).toEqual([services[1]]);
  });
});

describe('interpolate', () => {
  it.each([
    ['a ${B} c', 'a b c'],
    ['${B:?set B}/${C:-d}', 'b/d'],
    ['${C:-}', ''],
    ['$B {B}', '$B {B}'],
  ])('%s', (text, filled) => {
    expect(interpolate(text, { B: 'b' })).toBe(filled);
  });
});
