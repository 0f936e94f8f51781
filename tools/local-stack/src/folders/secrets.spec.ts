import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepSecret, randomKey } from './secrets.js';

describe('keepSecret', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zhimaper-secrets-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes it once, for its owner only, and reads it ever after', async () => {
    const file = join(folder, 'password');
    expect(await keepSecret(file, () => 'first')).toBe('first');
    expect(await keepSecret(file, () => 'second')).toBe('first');
    expect(await readFile(file, 'utf8')).toBe('first\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['password']);
  });
});

describe('randomKey', () => {
  it('has 32 bytes', () => {
    expect(Buffer.from(randomKey('base64'), 'base64')).toHaveLength(32);
    expect(randomKey('hex')).toMatch(/^[0-9a-f]{64}$/);
  });
});
