import { Readable } from 'node:stream';
import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../../api-keys/access.js';
import { ClientId } from '../../api-keys/caller.js';
import { ProblemError } from '../../errors/problem-error.js';
import { acceptedType } from '../../http/accepted-type.js';
import type { Page } from '../../http/cursor.js';
import { existingId } from '../../http/existing-id.js';
import { ValidQuery } from '../../http/valid-input.js';
import { Documented } from '../../openapi/documented.js';
import { ITEMS } from '../batch-routes.js';
import { itemListSchema, type ItemListQuery } from './item-schemas.js';
import { ITEM_TEXTS, type ItemTextType } from './item-text.js';
import type { BatchItem } from './item-view.js';
import { ItemsService } from './items.service.js';

const TEXT_TYPES = Object.keys(ITEM_TEXTS) as ItemTextType[];

/** What became of the lines of a batch. */
@Controller('v1/batches/:id/items')
export class ItemsController {
  constructor(@Inject(ItemsService) private readonly items: ItemsService) {}

  @Get()
  @Access('batches:read')
  @Documented(ITEMS)
  async list(
    @ClientId() clientId: string,
    @Param('id') id: string,
    @ValidQuery(itemListSchema) query: ItemListQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<BatchItem> | Readable> {
    const mediaType = acceptedType(accept, ['application/json', ...TEXT_TYPES]);
    if (mediaType === null) throw new ProblemError('not-acceptable');
    if (mediaType === 'application/json') return this.items.page(clientId, existingId(id), query);
    const text = await this.items.stream(clientId, existingId(id), query, mediaType);
    void reply.header('content-type', `${mediaType}; charset=utf-8`);
    return Readable.from(text, { objectMode: false });
  }
}
