import { Inject, Injectable } from '@nestjs/common';
import { decryptCell, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import { KEY_PROVIDER, type KeyProvider } from '../crypto/key-provider.js';
import type { AuthorizationTokens } from './authorization-tokens.entity.js';

const TABLE = 'authorization_tokens';

/** Encrypts and decrypts the token pair of an authorisation; each cell is bound to its column and row. */
@Injectable()
export class TokenCells {
  constructor(@Inject(KEY_PROVIDER) private readonly keys: KeyProvider) {}

  encrypt(
    rowId: string,
    { accessToken, refreshToken }: { accessToken: string; refreshToken: string },
  ): { accessToken: EncryptedCell; refreshToken: EncryptedCell } {
    const cell = (column: string, text: string) =>
      encryptCell(this.keys, text, { table: TABLE, column, rowId });
    return {
      accessToken: cell('access_token_cell', accessToken),
      refreshToken: cell('refresh_token_cell', refreshToken),
    };
  }

  accessToken({ authorizationId, accessTokenCell }: AuthorizationTokens): string {
    const place = { table: TABLE, column: 'access_token_cell', rowId: authorizationId };
    return decryptCell(this.keys, accessTokenCell, place);
  }
}
