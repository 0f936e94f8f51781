import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../api-keys/access.js';
import { ClientCaller, type Caller } from '../api-keys/caller.js';
import { existingId } from '../http/existing-id.js';
import { Documented } from '../openapi/documented.js';
import { REPLAYED } from './application-answer.js';
import * as routes from './authorization-routes.js';
import { viewAuthorization, type AuthorizationView } from './authorization-view.js';
import { NoteCells } from './note-cells.js';
import { RefreshesService } from './refreshes.service.js';

/** Replacing the token pair of an authorisation, which happens only when someone asks. */
@Controller('v1/authorizations/:id/refresh')
export class RefreshesController {
  constructor(
    @Inject(RefreshesService) private readonly refreshes: RefreshesService,
    @Inject(NoteCells) private readonly notes: NoteCells,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('tokens:refresh')
  @Documented(routes.REFRESH)
  async refresh(
    @ClientCaller() caller: Caller,
    @Param('id') id: string,
    @Req() { id: requestId }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuthorizationView> {
    const { authorization, replayed } = await this.refreshes.refresh(
      caller,
      existingId(id),
      requestId,
    );
    if (replayed) void reply.headers(REPLAYED);
    return viewAuthorization(authorization, this.notes);
  }
}
