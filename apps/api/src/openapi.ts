import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { API_CONTROLLERS } from './api-controllers.js';
import { VERSION } from './config/version.js';
import { createDocument } from './openapi/document.js';
import { formatDocument } from './openapi/format-document.js';

// Writes openapi.json anew; with --check it only tells whether the file is what it would write.
const file = new URL('../openapi.json', import.meta.url);
const document = formatDocument(createDocument(API_CONTROLLERS, VERSION));

if (!process.argv.includes('--check')) {
  writeFileSync(file, document);
} else if (readFileSync(file, 'utf8') !== document) {
  process.stderr.write('openapi.json is out of date; run: npx nx run api:openapi\n');
  process.exitCode = 1;
}
