import { Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../api-keys/access.js';
import { ClientCaller, ClientId, type Caller } from '../api-keys/caller.js';
import { REPLAYED } from '../authorizations/application-answer.js';
import { IdempotencyKey } from '../authorizations/idempotency-key.js';
import type { Page } from '../http/cursor.js';
import { existingId } from '../http/existing-id.js';
import { BodyStream, type StreamedBody } from '../http/streamed-body.js';
import { ValidQuery } from '../http/valid-input.js';
import { Documented } from '../openapi/documented.js';
import * as routes from './batch-routes.js';
import { batchListSchema, type BatchListQuery } from './batch-schemas.js';
import type { BatchView } from './batch-view.js';
import { BatchesService } from './batches.service.js';
import { UploadService } from './upload/upload.service.js';

/** Many applications at once. */
@Controller('v1/batches')
export class BatchesController {
  constructor(
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(BatchesService) private readonly batches: BatchesService,
  ) {}

  @Post()
  @Access('batches:write')
  @Documented(routes.CREATE)
  async create(
    @ClientCaller() caller: Caller,
    @IdempotencyKey() idempotencyKey: string,
    @BodyStream(routes.UPLOAD_BODIES) body: StreamedBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchView> {
    const requestId = reply.request.id;
    const received = await this.uploads.receive({ caller, requestId, idempotencyKey, ...body });
    if (received.replayed) void reply.headers(REPLAYED);
    return this.batches.find(caller.clientId, received.batchId);
  }

  @Get()
  @Access('batches:read')
  @Documented(routes.LIST)
  list(
    @ClientId() clientId: string,
    @ValidQuery(batchListSchema) query: BatchListQuery,
  ): Promise<Page<BatchView>> {
    return this.batches.list(clientId, query);
  }

  @Get(':id')
  @Access('batches:read')
  @Documented(routes.FIND)
  find(@ClientId() clientId: string, @Param('id') id: string): Promise<BatchView> {
    return this.batches.find(clientId, existingId(id));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Access('batches:write')
  @Documented(routes.PAUSE)
  pause(@ClientCaller() caller: Caller, @Param('id') id: string): Promise<BatchView> {
    return this.batches.change(caller, existingId(id), 'pause');
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Access('batches:write')
  @Documented(routes.RESUME)
  resume(@ClientCaller() caller: Caller, @Param('id') id: string): Promise<BatchView> {
    return this.batches.change(caller, existingId(id), 'resume');
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Access('batches:write')
  @Documented(routes.CANCEL)
  cancel(@ClientCaller() caller: Caller, @Param('id') id: string): Promise<BatchView> {
    return this.batches.change(caller, existingId(id), 'cancel');
  }
}
