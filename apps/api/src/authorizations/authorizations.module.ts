import { Module } from '@nestjs/common';
import { QuarantineCells } from '../quarantine/quarantine-cells.js';
import { AttemptsRepository } from './attempts.repository.js';
import { AuthorizationReader } from './authorization-reader.js';
import { AuthorizationsController } from './authorizations.controller.js';
import { AuthorizationsRepository } from './authorizations.repository.js';
import { AuthorizationsService } from './authorizations.service.js';
import { ClaimsRepository } from './claims.repository.js';
import { NoteCells } from './note-cells.js';
import { OutcomeKeeper } from './outcome-keeper.js';
import { OverdueSweep } from './overdue-sweep.js';
import { RefreshesController } from './refreshes.controller.js';
import { RefreshesRepository } from './refreshes.repository.js';
import { RefreshesService } from './refreshes.service.js';
import { ResolutionsController } from './resolutions.controller.js';
import { ResolutionsRepository } from './resolutions.repository.js';
import { ResolutionsService } from './resolutions.service.js';
import { SpoolReplay } from './spool-replay.js';
import { TokenCells } from './token-cells.js';
import { Withdrawals } from './withdrawals.js';

/** Authorisations: applied for, listed, their tokens revealed, and resolved where nobody knows what became of them. */
@Module({
  controllers: [AuthorizationsController, RefreshesController, ResolutionsController],
  providers: [
    AuthorizationsService,
    AuthorizationReader,
    AuthorizationsRepository,
    ClaimsRepository,
    AttemptsRepository,
    OutcomeKeeper,
    SpoolReplay,
    OverdueSweep,
    RefreshesService,
    RefreshesRepository,
    ResolutionsService,
    ResolutionsRepository,
    QuarantineCells,
    NoteCells,
    TokenCells,
    Withdrawals,
  ],
  exports: [AuthorizationsService, AuthorizationsRepository],
})
export class AuthorizationsModule {}
