import { describe, expect, it } from '@jest/globals';
import { parsePostmasterFile, servesCluster } from './postmaster.js';

describe('parsePostmasterFile', () => {
  it.each([
    ['ready   ', { pid: 4711, ready: true }],
    ['starting', { pid: 4711, ready: false }],
  ])('reads a server that is %s', (state, expected) => {
    const text = `4711\n/data/postgres\n1764000000\n5432\n\n127.0.0.1\n  38797  32770\n${state}\n`;
    expect(parsePostmasterFile(text)).toEqual(expected);
  });

  it.each([[''], ['\n'], ['-1\n/data\n'], ['nonsense\n']])('reads nothing out of %j', (text) => {
    expect(parsePostmasterFile(text)).toBeUndefined();
  });
});

describe('servesCluster', () => {
  it.each([
    ['/bin/postgres -D /data/postgres -p 1', true],
    ['/bin/postgres -D /data/postgres', true],
    ['/bin/postgres -D /data/postgres2 -p 1', false],
    ['vi /data/postgres', false],
  ])('%s', (command, expected) => {
    expect(servesCluster(command, '/data/postgres')).toBe(expected);
  });
});
