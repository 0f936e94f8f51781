import { Inject, Injectable } from '@nestjs/common';
import { decryptCell, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import { KEY_PROVIDER, type KeyProvider } from '../crypto/key-provider.js';
import type { AuthorizationTokens } from './authorization-tokens.entity.js';

const TABLE = 'authorization_tokens';

/** What Alipay issues for a granted authorisation. */
export interface TokenPair {
  accessToken: string;
  refreshToken: string;
}

/** The pair, each token encrypted for its column and row. */
export interface TokenPairCells {
  accessToken: EncryptedCell;
  refreshToken: EncryptedCell;
}

/** Encrypts and decrypts the token pair of an authorisation; each cell is bound to its column and row. */
@Injectable()
export class TokenCells {
  constructor(@Inject(KEY_PROVIDER) private readonly keys: KeyProvider) {}

  encrypt(rowId: string, { accessToken, refreshToken }: TokenPair): TokenPairCells {
    return {
      accessToken: encryptCell(this.keys, accessToken, place(rowId, 'access_token_cell')),
      refreshToken: encryptCell(this.keys, refreshToken, place(rowId, 'refresh_token_cell')),
    };
  }

  decrypt(rowId: string, { accessToken, refreshToken }: TokenPairCells): TokenPair {
    return {
      accessToken: decryptCell(this.keys, accessToken, place(rowId, 'access_token_cell')),
      refreshToken: decryptCell(this.keys, refreshToken, place(rowId, 'refresh_token_cell')),
    };
  }

  accessToken({ authorizationId, accessTokenCell }: AuthorizationTokens): string {
    return decryptCell(this.keys, accessTokenCell, place(authorizationId, 'access_token_cell'));
  }
}

function place(rowId: string, column: string) {
  return { table: TABLE, column, rowId };
}
