import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A file that the pages of the docs load. */
export interface DocsAsset {
  mediaType: string;
  bytes: Buffer;
  /** Another one for other bytes (RFC 9110, section 8.8.3). */
  etag: string;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

const ours = (file: string) => fileURLToPath(new URL(`../../assets/docs/${file}`, import.meta.url));
const require = createRequire(import.meta.url);

/** All of them: nothing else is served, and nothing comes from elsewhere. */
const FILES = new Map<string, [mediaType: string, path: string]>([
  ['swagger-ui.css', [CSS, require.resolve('swagger-ui-dist/swagger-ui.css')]],
  ['swagger-ui-bundle.js', [JAVASCRIPT, require.resolve('swagger-ui-dist/swagger-ui-bundle.js')]],
  ['reference.js', [JAVASCRIPT, ours('reference.js')]],
  ['docs.css', [CSS, ours('docs.css')]],
  ['logo.svg', ['image/svg+xml', ours('logo.svg')]],
]);

const read = new Map<string, DocsAsset>();

/** A file of the docs by its name, read when it is first asked for; undefined for any other. */
export function docsAsset(name: string): DocsAsset | undefined {
  const file = FILES.get(name);
  if (!file) return undefined;
  const known = read.get(name);
  if (known) return known;
  const [mediaType, path] = file;
  const bytes = readFileSync(path);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const asset = { mediaType, bytes, etag };
  read.set(name, asset);
  return asset;
}
