import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { runCli } from './support/built-cli.js';
import { useFolder } from './support/folder.js';

const at = useFolder();

/** What takes long to load, and a text that stands in each alone. */
const HEAVY = {
  zod: 'invalid_type',
  undici: 'UND_ERR_HEADERS_OVERFLOW',
  jsrsasign: 'getPublicKeyFromCertPEM',
  'iconv-lite': 'DBCSCodec',
  'csv-parse': 'CSV_QUOTE_NOT_CLOSED',
  catalogue: 'No Alipay member with a verified identity',
} as const;

describe('what a command loads', () => {
  it.each<[string[], (keyof typeof HEAVY)[]]>([
    [['--version'], []],
    [['--help'], []],
    [['authorizations', 'list', '--help'], []],
    [['completion', 'bash'], []],
    [['__complete', '--', 'gateway', 'apply', '--'], []],
    [['__complete', '--', 'errors', 'NO_USER'], ['catalogue']],
    [['errors', 'NO_USER_ERROR'], ['catalogue']],
    [['config', 'list'], ['zod']],
    [
      ['keys', 'inspect', 'no-such-file'],
      ['jsrsasign', 'iconv-lite', 'catalogue'],
    ],
    [
      ['authorizations', 'list'],
      ['zod', 'catalogue'],
    ],
    [['batch', 'submit', '--help'], []],
    [
      ['batch', 'list'],
      ['zod', 'catalogue'],
    ],
    [
      ['batch', 'submit', 'no-such-file.csv'],
      ['zod', 'undici', 'jsrsasign', 'iconv-lite', 'csv-parse', 'catalogue'],
    ],
    [['doctor'], ['zod', 'undici', 'jsrsasign', 'iconv-lite', 'catalogue']],
  ])('%j: %j', async (args, expected) => {
    expect(await heavyModulesOf(args)).toEqual(expected);
  });
});

/** V8 tells which scripts it compiled. */
async function heavyModulesOf(args: readonly string[]): Promise<string[]> {
  await runCli(args, { env: { NODE_V8_COVERAGE: at() } });
  const [report = ''] = await readdir(at());
  const { result } = JSON.parse(await readFile(at(report), 'utf8')) as {
    result: { url: string }[];
  };
  const files = result.map(({ url }) => url).filter((url) => url.includes('/cli/dist/'));
  expect(files).not.toEqual([]);
  const texts = await Promise.all(files.map((url) => readFile(fileURLToPath(url), 'utf8')));
  return Object.entries(HEAVY)
    .filter(([, mark]) => texts.some((text) => text.includes(mark)))
    .map(([name]) => name);
}
