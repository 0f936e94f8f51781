import { Module } from '@nestjs/common';
import { QuarantineCells } from '../quarantine/quarantine-cells.js';
import { AttemptsRepository } from './attempts.repository.js';
import { AuthorizationReader } from './authorization-reader.js';
import { AuthorizationsController } from './authorizations.controller.js';
import { AuthorizationsRepository } from './authorizations.repository.js';
import { AuthorizationsService } from './authorizations.service.js';
import { ClaimsRepository } from './claims.repository.js';
import { OutcomeKeeper } from './outcome-keeper.js';
import { OverdueSweep } from './overdue-sweep.js';
import { SpoolReplay } from './spool-replay.js';
import { TokenCells } from './token-cells.js';

/** Authorisations: applied for, listed, and their tokens revealed. */
@Module({
  controllers: [AuthorizationsController],
  providers: [
    AuthorizationsService,
    AuthorizationReader,
    AuthorizationsRepository,
    ClaimsRepository,
    AttemptsRepository,
    OutcomeKeeper,
    SpoolReplay,
    OverdueSweep,
    QuarantineCells,
    TokenCells,
  ],
})
export class AuthorizationsModule {}
