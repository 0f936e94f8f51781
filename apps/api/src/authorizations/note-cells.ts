import { Inject, Injectable } from '@nestjs/common';
import { decryptCell, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import { KEY_PROVIDER, type KeyProvider } from '../crypto/key-provider.js';
import type { Authorization } from './authorization.entity.js';

/** Encrypts and decrypts the notes of resolutions, in which people write names and numbers. */
@Injectable()
export class NoteCells {
  constructor(@Inject(KEY_PROVIDER) private readonly keys: KeyProvider) {}

  encrypt(authorizationId: string, note: string): EncryptedCell {
    return encryptCell(this.keys, note, place(authorizationId));
  }

  /** The note of an authorisation that was resolved; null where there is none. */
  noteOf({ id, resolutionNoteCell }: Authorization): string | null {
    return resolutionNoteCell && decryptCell(this.keys, resolutionNoteCell, place(id));
  }
}

function place(rowId: string) {
  return { table: 'authorizations', column: 'resolution_note_cell', rowId };
}
