import { Module } from '@nestjs/common';
import { AuthorizationsModule } from '../authorizations/authorizations.module.js';
import { BatchEndsRepository } from './batch-ends.repository.js';
import { BatchesController } from './batches.controller.js';
import { BatchesRepository } from './batches.repository.js';
import { BatchesService } from './batches.service.js';
import { LineCells } from './line-cells.js';
import { ItemsController } from './results/items.controller.js';
import { ItemsRepository } from './results/items.repository.js';
import { ItemsService } from './results/items.service.js';
import { UploadService } from './upload/upload.service.js';
import { UploadsRepository } from './upload/uploads.repository.js';
import { BatchCare } from './work/batch-care.js';
import { CareRepository } from './work/care.repository.js';
import { LaneWorker } from './work/lane-worker.js';
import { LanesRepository } from './work/lanes.repository.js';
import { LineAttempts } from './work/line-attempts.js';

/** Many applications at once: taken in as a file of lines, and done one by one. */
@Module({
  imports: [AuthorizationsModule],
  controllers: [BatchesController, ItemsController],
  providers: [
    BatchesService,
    BatchesRepository,
    UploadService,
    UploadsRepository,
    ItemsService,
    ItemsRepository,
    LineCells,
    BatchEndsRepository,
    LanesRepository,
    LineAttempts,
    LaneWorker,
    CareRepository,
    BatchCare,
  ],
})
export class BatchesModule {}
