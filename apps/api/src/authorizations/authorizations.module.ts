import { Module } from '@nestjs/common';
import { AuthorizationReader } from './authorization-reader.js';
import { AuthorizationsController } from './authorizations.controller.js';
import { AuthorizationsRepository } from './authorizations.repository.js';
import { AuthorizationsService } from './authorizations.service.js';
import { ClaimsRepository } from './claims.repository.js';
import { TokenCells } from './token-cells.js';

/** Authorisations: applied for, listed, and their tokens revealed. */
@Module({
  controllers: [AuthorizationsController],
  providers: [
    AuthorizationsService,
    AuthorizationReader,
    AuthorizationsRepository,
    ClaimsRepository,
    TokenCells,
  ],
})
export class AuthorizationsModule {}
