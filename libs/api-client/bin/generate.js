#!/usr/bin/env node
// Writes what is known of the REST API out of its OpenAPI document; with --check it only tells whether that is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const documentUrl = new URL('../../../apps/api/openapi.json', import.meta.url);
const document = JSON.parse(readFileSync(documentUrl, 'utf8'));
const newKey = document.paths['/v1/api-keys'].post.requestBody.content['application/json'].schema;
const scopes = newKey.properties.scopes.items.enum;

const files = {
  'openapi.ts': astToString(await openapiTS(documentUrl, { alphabetize: true })),
  'scopes.ts': [
    '/** Every scope that an API key may have. */',
    `export const SCOPES = ${JSON.stringify(scopes)} as const;`,
    '',
  ].join('\n'),
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
