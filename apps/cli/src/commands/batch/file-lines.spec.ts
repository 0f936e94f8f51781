import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../../test/support/fake-context.js';
import { createOutput } from '../../runtime/output.js';
import { checkFile, linesAgain, linesOf, type FileLines } from './file-lines.js';
import { Tally } from './tally.js';

const APPLICATION = {
  ...{ certType: 'IDENTITY_CARD', certNo: '330701199901011311', name: '张三' },
  mobile: '13588111111',
  consent: { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00.000Z' },
};
const GOOD = JSON.stringify(APPLICATION);
const BAD = JSON.stringify({ ...APPLICATION, mobile: '' });

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-lines-'));
  path = join(folder, 'people.jsonl');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function fileOf(skipInvalid = false) {
  const { context, stderr } = fakeContext();
  const tally = new Tally(createOutput(context, { json: false }));
  const source = { file: path, format: 'jsonl', encoding: null, utc: true } as const;
  const file: FileLines = { context, source, tally, skipInvalid };
  return { file, stderr };
}

async function taken(lines: AsyncIterable<readonly string[]>, into: string[] = []) {
  for await (const some of lines) into.push(...some);
  return into;
}

describe('checkFile', () => {
  it('derives the same key from the same lines, however they are written', async () => {
    await writeFile(path, `${GOOD}\n`);
    const key = await checkFile(fileOf().file, 'zma_a');
    const { certNo, ...others } = APPLICATION;
    await writeFile(
      path,
      `\n${JSON.stringify({ ...others, certNo }, null, 1).replaceAll('\n', '')}`,
    );
    expect(await checkFile(fileOf().file, 'zma_a')).toBe(key);
    expect(key).toBe('cli-gziXDim6CRVpYJls3QAx8CjJGLNsVgQSa7cPf6n4_PU');
    expect(await checkFile(fileOf().file, 'zma_b')).not.toBe(key);
    await writeFile(path, `${GOOD}\n${GOOD}\n`);
    expect(await checkFile(fileOf().file, 'zma_a')).not.toBe(key);
  });

  it('tells every bad line, and what is unlikely in others', async () => {
    await writeFile(path, `${BAD}\n${GOOD}\n{`);
    const { file, stderr } = fileOf();
    await expect(checkFile(file, '')).rejects.toMatchObject({
      message: '2 of 3 lines are not valid.',
      details: ['mobile MOBILE_IS_NULL: 1', 'line NOT_JSON: 1'],
      check: { lines: 3, invalid: 2 },
    });
    expect(stderr.text()).toBe(
      'line 1: mobile MOBILE_IS_NULL\nline 3: line NOT_JSON\n' +
        'warning: certNo CERT_NO_CHECK_DIGIT in 1 line\n',
    );
  });

  it('knows an empty file', async () => {
    await writeFile(path, '\n \n');
    await expect(checkFile(fileOf().file, '')).rejects.toMatchObject({
      message: `${path} has no lines.`,
    });
  });
});

describe('linesOf', () => {
  it('sends null for a line that is left out', async () => {
    await writeFile(path, `${GOOD}\n${BAD}\n`);
    expect(await taken(linesOf(fileOf(true).file, 'sent'))).toEqual([GOOD, 'null']);
  });

  it('ends with a failure where a line may not be left out', async () => {
    await writeFile(path, `${GOOD}\n${BAD}\n`);
    await expect(taken(linesOf(fileOf().file, 'sent'))).rejects.toMatchObject({
      subCode: 'MOBILE_IS_NULL',
    });
  });
});

describe('linesAgain', () => {
  it('gives the same lines, and fails at the end where they are others', async () => {
    await writeFile(path, `${GOOD}\n`);
    const { file } = fileOf();
    const apiKey = 'zma_a';
    const expected = await checkFile(file, apiKey);
    expect(await taken(linesAgain(file, { apiKey, expected }))).toEqual([GOOD]);
    await writeFile(path, `${GOOD}\n${GOOD}\n`);
    await expect(taken(linesAgain(file, { apiKey, expected }))).rejects.toMatchObject({
      outcome: 'conflict',
      message: `${path} changed while it was sent; the batch did not begin.`,
    });
  });
});
