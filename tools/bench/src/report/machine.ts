import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { WORKSPACE_ROOT } from '../workspace.js';

const require = createRequire(import.meta.url);

/** What the numbers were taken on. */
export function describeMachine() {
  return {
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMegabytes: Math.round(totalmem() / 1_048_576),
    uvThreadpoolSize: Number(process.env['UV_THREADPOOL_SIZE'] ?? 4),
  };
}

/** What was measured. */
export function describeVersions() {
  return {
    zhimaper: versionIn(join(WORKSPACE_ROOT, 'package.json')),
    node: process.versions.node,
    openssl: process.versions.openssl,
    'alipay-sdk': versionIn(require.resolve('alipay-sdk/package.json')),
    undici: versionIn(require.resolve('undici/package.json')),
  };
}

function versionIn(packageFile: string): string {
  const content: unknown = JSON.parse(readFileSync(packageFile, 'utf8'));
  const version =
    typeof content === 'object' && content !== null && 'version' in content
      ? content.version
      : null;
  return typeof version === 'string' ? version : 'unknown';
}
