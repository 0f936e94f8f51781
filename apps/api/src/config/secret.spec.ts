import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from './secret.js';

describe('Secret', () => {
  const secret = new Secret('canary-value');

  it('gives its value only when asked', () => {
    expect(secret.reveal()).toBe('canary-value');
  });

  it('prints a mask in every other way', () => {
    expect(String(secret)).toBe('[secret]');
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
    expect(inspect({ secret }, { showHidden: true, depth: 5 })).toBe('{ secret: [secret] }');
  });
});
