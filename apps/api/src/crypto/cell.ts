import { createCipheriv, createDecipheriv } from 'node:crypto';
import { freshBytes } from './fresh-bytes.js';
import type { KeyProvider, KeyPurpose } from './key-provider.js';

/** An encrypted value as it stands in a column; only `encryptCell` makes one. */
export type EncryptedCell = Buffer & { readonly __brand: 'EncryptedCell' };

/** Where a cell stands: it is bound to this place and refused anywhere else. */
export interface CellPlace {
  table: string;
  column: string;
  /** The row's id, and what tells its content from an older one's where it is ever replaced. */
  rowId: string;
}

/** A cell that is damaged, cut short, of an unknown version, or that stands where it does not belong. */
export class CellError extends Error {
  override readonly name = 'CellError';
}

const CELL_VERSION = 1;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE: KeyPurpose = 'token-cell';

/**
 * Encrypts a text, or bytes, for one cell: AES-256-GCM (NIST SP 800-38D) with the primary key's subkey and a random 96-bit
 * nonce, the place and the key id as additional data.
 *
 * Layout: version (1 byte), length of the key id (1), key id, nonce (12), ciphertext, tag (16).
 *
 * @example
 * const cell = encryptCell(keys, accessToken, { table: 'authorization_tokens', column: 'access_token_cell', rowId });
 */
export function encryptCell(
  keys: KeyProvider,
  content: string | Uint8Array,
  place: CellPlace,
): EncryptedCell {
  const nonce = freshBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keys.subkey(keys.primaryKeyId, PURPOSE), nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(additionalData(place, keys.primaryKeyId));
  return Buffer.concat([
    cellPrefix(keys.primaryKeyId),
    nonce,
    typeof content === 'string' ? cipher.update(content, 'utf8') : cipher.update(content),
    cipher.final(),
    cipher.getAuthTag(),
  ]) as EncryptedCell;
}

/** What each cell of one key begins with, and no other's: its version, and the id with its length. */
export function cellPrefix(keyId: string): Buffer {
  const id = Buffer.from(keyId, 'utf8');
  return Buffer.concat([Buffer.of(CELL_VERSION, id.length), id]);
}

/**
 * Decrypts a cell that holds a text, read from the place that it was encrypted for.
 *
 * Throws `CellError` where it is not that cell, unchanged, and `UnknownKeyError` where its key is gone.
 */
export function decryptCell(keys: KeyProvider, cell: EncryptedCell, place: CellPlace): string {
  return decryptCellBytes(keys, cell, place).toString('utf8');
}

/** As `decryptCell`, for a cell that holds bytes. */
export function decryptCellBytes(keys: KeyProvider, cell: EncryptedCell, place: CellPlace): Buffer {
  const nonceAt = 2 + (cell[1] ?? 0);
  if (cell[0] !== CELL_VERSION || cell.length < nonceAt + NONCE_BYTES + TAG_BYTES) {
    throw new CellError(`The cell in ${place.table}.${place.column} has no known form.`);
  }
  const keyId = cell.toString('utf8', 2, nonceAt);
  const nonce = cell.subarray(nonceAt, nonceAt + NONCE_BYTES);
  const tagAt = cell.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, keys.subkey(keyId, PURPOSE), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData(place, keyId));
  decipher.setAuthTag(cell.subarray(tagAt));
  try {
    const ciphertext = cell.subarray(nonceAt + NONCE_BYTES, tagAt);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch (cause) {
    const message = `The cell in ${place.table}.${place.column} was changed, or belongs to another row.`;
    throw new CellError(message, { cause });
  }
}

/** JSON keeps the parts apart whatever characters they hold. */
function additionalData({ table, column, rowId }: CellPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([CELL_VERSION, table, column, rowId, keyId]), 'utf8');
}
