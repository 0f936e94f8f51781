#!/usr/bin/env node
// Writes what is known of the REST API out of its OpenAPI document; with --check it only tells whether that is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const documentUrl = new URL('../../../apps/api/openapi.json', import.meta.url);
const document = JSON.parse(readFileSync(documentUrl, 'utf8'));
const { paths } = document;
const bodyOf = ({ requestBody }) => requestBody.content['application/json'].schema.properties;
const queryOf = ({ parameters }, member) => parameters.find(({ name }) => name === member).schema;

/** Lists that a program offers or checks, with what they are. */
const enumerations = {
  SCOPES: [
    'Every scope that an API key may have.',
    bodyOf(paths['/v1/api-keys'].post).scopes.items,
  ],
  AUTHORIZATION_STATUSES: [
    'Every status of an authorisation.',
    queryOf(paths['/v1/authorizations'].get, 'status'),
  ],
  RESOLUTION_OUTCOMES: [
    'Every way to resolve an unknown outcome.',
    bodyOf(paths['/v1/authorizations/{id}/resolution'].post).outcome,
  ],
  BATCH_STATUSES: ['Every status of a batch.', queryOf(paths['/v1/batches'].get, 'status')],
  LINE_STATUSES: [
    'Every status of a line of a batch.',
    queryOf(paths['/v1/batches/{id}/items'].get, 'status'),
  ],
  AUDIT_ACTIONS: [
    'Every action that the audit trail tells of.',
    queryOf(paths['/v1/audit-events'].get, 'action'),
  ],
};

const files = {
  'openapi.ts': astToString(await openapiTS(documentUrl, { alphabetize: true })),
  'enumerations.ts': Object.entries(enumerations)
    .map(
      ([name, [summary, schema]]) =>
        `/** ${summary} */\nexport const ${name} = ${JSON.stringify(schema.enum)} as const;\n`,
    )
    .join('\n'),
};

for (const [name, content] of Object.entries(files)) {
  const file = new URL(`../src/generated/${name}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, content);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
    process.stderr.write(`${name} is out of date; run: npx nx run api-client:generate\n`);
    process.exitCode = 1;
  }
}
