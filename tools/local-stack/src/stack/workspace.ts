import { fileURLToPath } from 'node:url';

/** The root of the clone, as an absolute path without a slash at its end. */
export const WORKSPACE_ROOT = fileURLToPath(new URL('../../../..', import.meta.url)).replace(
  /\/$/,
  '',
);
