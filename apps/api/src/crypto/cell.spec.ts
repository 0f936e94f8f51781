import { describe, expect, it } from '@jest/globals';
import { Secret } from '../config/secret.js';
import { CellError, decryptCell, encryptCell, type EncryptedCell } from './cell.js';
import { UnknownKeyError } from './key-provider.js';
import { LocalKeyRing } from './local-key-ring.js';

const KEY = {
  id: 'k1',
  material: new Secret(Buffer.from(Array.from({ length: 32 }, (_, i) => i))),
};
const OTHER_KEY = { id: 'k2', material: new Secret(Buffer.alloc(32, 7)) };
const PLACE = {
  table: 'authorization_tokens',
  column: 'access_token_cell',
  rowId: '018f0000-0000-7000-8000-000000000001',
};
const TOKEN = '令牌-canary-token';
const ring = new LocalKeyRing([KEY]);

/** Made by Python's cryptography package (AESGCM), the nonce 00 01 … 0b. */
const FOREIGN_CELL =
  '01026b31000102030405060708090a0b12d85fb9fad060fa91c6830425e0ee8141c909515a39d827fb1148a8d3244bfa72ce2c';

describe('cells', () => {
  it('reads what another implementation wrote', () => {
    const cell = Buffer.from(FOREIGN_CELL, 'hex') as EncryptedCell;
    expect(decryptCell(ring, cell, PLACE)).toBe(TOKEN);
  });

  it('begins with its version and key id, then looks different each time', () => {
    const cells = [1, 2].map(() => encryptCell(ring, TOKEN, PLACE));
    expect(cells.map((cell) => cell.toString('hex', 0, 4))).toEqual(['01026b31', '01026b31']);
    expect(cells[0]!.subarray(4, 16)).not.toEqual(cells[1]!.subarray(4, 16));
    expect(cells.map((cell) => cell.includes('canary'))).toEqual([false, false]);
    expect(cells.map((cell) => decryptCell(ring, cell, PLACE))).toEqual([TOKEN, TOKEN]);
  });

  it.each([
    ['table', { ...PLACE, table: 'other' }],
    ['column', { ...PLACE, column: 'refresh_token_cell' }],
    ['row', { ...PLACE, rowId: '018f0000-0000-7000-8000-000000000002' }],
  ])('refuses a cell from another %s', (_what, place) => {
    const cell = encryptCell(ring, TOKEN, PLACE);
    expect(() => decryptCell(ring, cell, place)).toThrow(CellError);
  });

  it('refuses a cell with any bit changed, or cut short', () => {
    const cell = encryptCell(ring, TOKEN, PLACE);
    const damaged = [...cell.keys()].map((at) => {
      const copy = Buffer.from(cell);
      copy[at] = cell[at]! ^ 1;
      return copy;
    });
    const cut = [...cell.keys()].map((length) => Buffer.from(cell.subarray(0, length)));
    const verdicts = [...damaged, ...cut].map((bad) => {
      try {
        return decryptCell(ring, bad as EncryptedCell, PLACE);
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(new Set(verdicts)).toEqual(new Set(['CellError', 'UnknownKeyError']));
  });

  it('reads cells of older keys, and says which key is gone', () => {
    const cell = encryptCell(ring, TOKEN, PLACE);
    expect(decryptCell(new LocalKeyRing([OTHER_KEY, KEY]), cell, PLACE)).toBe(TOKEN);
    const withoutKey = new LocalKeyRing([OTHER_KEY]);
    expect(() => decryptCell(withoutKey, cell, PLACE)).toThrow(UnknownKeyError);
    expect(() => decryptCell(withoutKey, cell, PLACE)).toThrow(
      'No encryption key has the id "k1": add it to ENCRYPTION_KEYS again.',
    );
  });

  it('refuses another key under the same id', () => {
    const impostor = new LocalKeyRing([{ id: 'k1', material: OTHER_KEY.material }]);
    const cell = encryptCell(ring, TOKEN, PLACE);
    expect(() => decryptCell(impostor, cell, PLACE)).toThrow(CellError);
  });
});
