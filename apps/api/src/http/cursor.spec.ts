import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { pageParameters, toPage } from './cursor.js';

const query = z.strictObject(pageParameters);
const row = (second: number) => ({
  id: `01900000-0000-7000-8000-00000000000${second}`,
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
});
const rows = [row(3), row(2), row(1)];
const idOf = ({ id }: { id: string }) => id.at(-1);

describe('pages', () => {
  it('end with a cursor that stands for the last row shown', () => {
    const page = toPage(rows, 2, idOf);
    expect(page.items).toEqual(['3', '2']);
    expect(query.parse({ cursor: page.nextCursor ?? '' }).cursor).toEqual(rows[1]);
  });

  it('end with none where nothing follows', () => {
    expect(toPage(rows, 3, idOf)).toEqual({ items: ['3', '2', '1'], nextCursor: null });
    expect(toPage([], 3, idOf)).toEqual({ items: [], nextCursor: null });
  });
});

describe('page parameters', () => {
  it('have a limit of 50 unless told otherwise', () => {
    expect(query.parse({})).toEqual({ limit: 50 });
    expect(query.parse({ limit: '200' })).toEqual({ limit: 200 });
  });

  it.each(['0', '201', '-1', '1.5', 'ten', '', '1e2'])('refuse the limit %j', (limit) => {
    expect(query.safeParse({ limit }).error?.issues.map((issue) => issue.message)).toEqual([
      'must be a whole number from 1 to 200',
    ]);
  });

  it.each(['', 'x', 'WzEsMl0', Buffer.from('["2026-01-01","1"]').toString('base64url')])(
    'refuse the cursor %j',
    (cursor) => {
      expect(query.safeParse({ cursor }).error?.issues.map((issue) => issue.message)).toEqual([
        'is not a cursor of this list',
      ]);
    },
  );
});
