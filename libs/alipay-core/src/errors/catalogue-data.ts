import { ACCESS_ROWS } from './catalogue-data-access.js';
import { CERTIFICATE_ROWS } from './catalogue-data-certificates.js';
import { CODE_ROWS } from './catalogue-data-codes.js';
import { INVALID_ROWS } from './catalogue-data-invalid.js';
import { METHOD_ROWS } from './catalogue-data-methods.js';
import { MISSING_ROWS } from './catalogue-data-missing.js';
import { NAME_ONLY_ROWS } from './catalogue-data-names.js';
import type { CatalogueRow } from './catalogue-entry.js';

/** Every result code known, from the gateway's published documents. */
export const CATALOGUE_ROWS: readonly CatalogueRow[] = [
  ...CODE_ROWS,
  ...METHOD_ROWS,
  ...ACCESS_ROWS,
  ...MISSING_ROWS,
  ...INVALID_ROWS,
  ...CERTIFICATE_ROWS,
  ...NAME_ONLY_ROWS,
];
