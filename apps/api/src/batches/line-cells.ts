import { Inject, Injectable } from '@nestjs/common';
import type { Application } from '../authorizations/authorization-schemas.js';
import { canonicalJson } from '../crypto/canonical-json.js';
import { decryptCell, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import { KEY_PROVIDER, type KeyProvider } from '../crypto/key-provider.js';

/** An application as JSON has it. */
type WrittenApplication = Omit<Application, 'consent'> & {
  consent: Omit<Application['consent'], 'grantedAt'> & { grantedAt: string };
};

/** Encrypts and decrypts the applications of lines that wait; each cell is bound to its line. */
@Injectable()
export class LineCells {
  constructor(@Inject(KEY_PROVIDER) private readonly keys: KeyProvider) {}

  encrypt(lineId: string, application: Application): EncryptedCell {
    return encryptCell(this.keys, canonicalJson(application), place(lineId));
  }

  /** Throws `CellError` and `UnknownKeyError`. What it gives was valid when the line was stored. */
  decrypt(lineId: string, cell: EncryptedCell): Application {
    const text = decryptCell(this.keys, cell, place(lineId));
    const { consent, ...rest } = JSON.parse(text) as WrittenApplication;
    return { ...rest, consent: { ...consent, grantedAt: new Date(consent.grantedAt) } };
  }
}

function place(rowId: string) {
  return { table: 'batch_lines', column: 'application_cell', rowId };
}
