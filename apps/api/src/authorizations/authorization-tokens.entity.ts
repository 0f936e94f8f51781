import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EncryptedCell } from '../crypto/cell.js';

/** The token pair of an authorised person, apart from the authorisation so that no list ever touches it. */
@Entity({ name: 'authorization_tokens' })
export class AuthorizationTokens {
  @PrimaryColumn({ name: 'authorization_id', type: 'uuid' })
  authorizationId!: string;

  @Column({ name: 'access_token_cell', type: 'bytea' })
  accessTokenCell!: EncryptedCell;

  @Column({ name: 'refresh_token_cell', type: 'bytea' })
  refreshTokenCell!: EncryptedCell;

  @Column({ name: 'obtained_at', type: 'timestamptz' })
  obtainedAt!: Date;
}
