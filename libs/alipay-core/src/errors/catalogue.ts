import { CATALOGUE_ROWS } from './catalogue-data.js';
import type { CatalogueEntry } from './catalogue-entry.js';

const MESSAGES: Readonly<Record<string, string>> = {
  '10000': 'Success',
  '20000': 'Service Currently Unavailable',
  '20001': 'Insufficient Token Permissions',
  '40001': 'Missing Required Arguments',
  '40002': 'Invalid Arguments',
  '40003': 'Insufficient Conditions',
  '40004': 'Business Failed',
  '40005': 'Call Limited',
  '40006': 'Insufficient Permissions',
};

/** The whole catalogue of the gateway's result codes. */
export const CATALOGUE: readonly CatalogueEntry[] = CATALOGUE_ROWS.map((row) => ({
  msg: row.code === null ? null : (MESSAGES[row.code] ?? null),
  aliases: [],
  methods: null,
  ...row,
}));
