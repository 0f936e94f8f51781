import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  environmentSchema,
  FILE_VARIABLES,
  migrationEnvironmentSchema,
} from './environment-schema.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const inReadme = [...readme.matchAll(/`([A-Z]+(?:_[A-Z]+)*)`( °)?/g)];

describe("README's configuration", () => {
  it('names exactly the variables that are read', () => {
    const schemas = { ...environmentSchema.shape, ...migrationEnvironmentSchema.shape };
    expect(new Set(inReadme.map(([, name]) => name))).toEqual(new Set(Object.keys(schemas)));
  });

  it('marks exactly those that may stand in a file', () => {
    const marked = inReadme.filter(([, , mark]) => mark).map(([, name]) => name);
    expect(marked.sort()).toEqual([...FILE_VARIABLES].sort());
  });
});
