import { fileURLToPath } from 'node:url';

/** The repository's folder; this file lies as deep in `src` as in `dist`. */
export const WORKSPACE_ROOT = fileURLToPath(new URL('../../..', import.meta.url));
