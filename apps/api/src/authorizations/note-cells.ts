import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { CellError, decryptCell, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import { KEY_PROVIDER, UnknownKeyError, type KeyProvider } from '../crypto/key-provider.js';
import { LOGGER } from '../logging/logger.js';
import type { Authorization } from './authorization.entity.js';

/** Encrypts and decrypts the notes of resolutions, in which people write names and numbers. */
@Injectable()
export class NoteCells {
  constructor(
    @Inject(KEY_PROVIDER) private readonly keys: KeyProvider,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  encrypt(authorizationId: string, note: string): EncryptedCell {
    return encryptCell(this.keys, note, place(authorizationId));
  }

  /**
   * The note of an authorisation that was resolved; null where there is none, or where it cannot be read: a remark
   * must not stand in the way of the authorisation, nor of the others in its list.
   */
  noteOf({ id, resolutionNoteCell }: Authorization): string | null {
    if (!resolutionNoteCell) return null;
    try {
      return decryptCell(this.keys, resolutionNoteCell, place(id));
    } catch (error) {
      if (!(error instanceof CellError || error instanceof UnknownKeyError)) throw error;
      this.logger.error({ err: error, authorizationId: id }, 'a note cannot be read');
      return null;
    }
  }
}

function place(rowId: string) {
  return { table: 'authorizations', column: 'resolution_note_cell', rowId };
}
