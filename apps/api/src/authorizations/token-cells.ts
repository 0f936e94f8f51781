import { Inject, Injectable } from '@nestjs/common';
import { CellError, decryptCell, encryptCell, type EncryptedCell } from '../crypto/cell.js';
import { KEY_PROVIDER, type KeyProvider } from '../crypto/key-provider.js';
import type { AuthorizationTokens } from './authorization-tokens.entity.js';
import type { Authorization } from './authorization.entity.js';

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

/** Which pair of an authorisation: a refresh replaces the one before, which must not come back. */
export interface PairPlace {
  authorizationId: string;
  obtainedAt: Date;
}

/** Encrypts and decrypts the token pairs of authorisations; each cell is bound to its column, row and pair. */
@Injectable()
export class TokenCells {
  constructor(@Inject(KEY_PROVIDER) private readonly keys: KeyProvider) {}

  encrypt(pair: PairPlace, { accessToken, refreshToken }: TokenPair): TokenPairCells {
    return {
      accessToken: encryptCell(this.keys, accessToken, place(pair, 'access_token_cell')),
      refreshToken: encryptCell(this.keys, refreshToken, place(pair, 'refresh_token_cell')),
    };
  }

  decrypt(pair: PairPlace, { accessToken, refreshToken }: TokenPairCells): TokenPair {
    return {
      accessToken: decryptCell(this.keys, accessToken, place(pair, 'access_token_cell')),
      refreshToken: decryptCell(this.keys, refreshToken, place(pair, 'refresh_token_cell')),
    };
  }

  /**
   * The pair of an authorisation as it stands.
   *
   * Throws `CellError` where the row holds a pair that a refresh has replaced.
   */
  open({ refreshedAt }: Authorization, tokens: AuthorizationTokens): TokenPair {
    if (refreshedAt && refreshedAt.getTime() !== tokens.obtainedAt.getTime()) {
      throw new CellError(`The row in ${TABLE} is not the one that the last refresh wrote.`);
    }
    const { accessTokenCell: accessToken, refreshTokenCell: refreshToken } = tokens;
    return this.decrypt(tokens, { accessToken, refreshToken });
  }
}

function place({ authorizationId, obtainedAt }: PairPlace, column: string) {
  return { table: TABLE, column, rowId: `${authorizationId}@${obtainedAt.getTime()}` };
}
