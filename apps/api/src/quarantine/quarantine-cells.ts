import { Inject, Injectable } from '@nestjs/common';
import { decryptCellBytes, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import { KEY_PROVIDER, type KeyProvider } from '../crypto/key-provider.js';

/** Encrypts and decrypts what is in quarantine; each cell is bound to its attempt. */
@Injectable()
export class QuarantineCells {
  constructor(@Inject(KEY_PROVIDER) private readonly keys: KeyProvider) {}

  encrypt(attemptId: string, content: string | Uint8Array): EncryptedCell {
    return encryptCell(this.keys, content, place(attemptId));
  }

  decrypt(attemptId: string, cell: EncryptedCell): Buffer {
    return decryptCellBytes(this.keys, cell, place(attemptId));
  }
}

function place(attemptId: string) {
  return { table: 'quarantined_answers', column: 'content_cell', rowId: attemptId };
}
