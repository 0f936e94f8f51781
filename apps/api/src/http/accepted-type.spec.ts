import { expect, it } from '@jest/globals';
import { acceptedType } from './accepted-type.js';

const OFFERS = ['application/json', 'application/jsonl', 'text/csv'] as const;

it.each<[string | undefined, string | null]>([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['text/csv', 'text/csv'],
  ['Text/CSV; charset=utf-8', 'text/csv'],
  ['text/*', 'text/csv'],
  ['text/html, */*;q=0.1', 'application/json'],
  ['text/csv;q=0.5, application/jsonl', 'application/jsonl'],
  ['application/json;q=0, */*', 'application/jsonl'],
  ['application/*;q=0.2, text/csv;q=0.1', 'application/json'],
  ['text/html', null],
  ['text/csv;q=0', null],
  ['', null],
  ['nonsense;;q', null],
])('of %p makes %p', (accept, type) => {
  expect(acceptedType(accept, OFFERS)).toBe(type);
});
