import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../api-keys/access.js';
import { ClientCaller, ClientId, type Caller } from '../api-keys/caller.js';
import type { Page } from '../http/cursor.js';
import { existingId } from '../http/existing-id.js';
import { ValidBody, ValidQuery } from '../http/valid-input.js';
import { Documented } from '../openapi/documented.js';
import { applicationProblem, REPLAYED } from './application-answer.js';
import { AuthorizationReader, type RevealedToken } from './authorization-reader.js';
import * as routes from './authorization-routes.js';
import {
  personIssues,
  applicationSchema,
  authorizationListSchema,
  type Application,
  type AuthorizationListQuery,
} from './authorization-schemas.js';
import { viewAuthorization, type AuthorizationView } from './authorization-view.js';
import { AuthorizationsService } from './authorizations.service.js';
import { IdempotencyKey } from './idempotency-key.js';
import { NoteCells } from './note-cells.js';

/** Applying for authorisations, and what became of them. */
@Controller('v1/authorizations')
export class AuthorizationsController {
  constructor(
    @Inject(AuthorizationsService) private readonly service: AuthorizationsService,
    @Inject(AuthorizationReader) private readonly reader: AuthorizationReader,
    @Inject(NoteCells) private readonly notes: NoteCells,
  ) {}

  @Post()
  @Access('authorizations:write')
  @Documented(routes.APPLY)
  async apply(
    @ClientCaller() { clientId, apiKeyId }: Caller,
    @IdempotencyKey() idempotencyKey: string,
    @ValidBody(applicationSchema, personIssues) application: Application,
    @Req() { id: requestId }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuthorizationView> {
    const request = { clientId, apiKeyId, idempotencyKey, requestId, application };
    const { authorization, replayed } = await this.service.apply(request);
    const problem = applicationProblem(authorization, replayed);
    if (problem) throw problem;
    if (replayed) void reply.headers(REPLAYED);
    if (authorization.resolution !== null) void reply.status(200);
    return viewAuthorization(authorization, this.notes);
  }

  @Get()
  @Access('authorizations:read')
  @Documented(routes.LIST)
  list(
    @ClientId() clientId: string,
    @ValidQuery(authorizationListSchema) query: AuthorizationListQuery,
  ): Promise<Page<AuthorizationView>> {
    return this.reader.list(clientId, query, (row) => viewAuthorization(row, this.notes));
  }

  @Get(':id')
  @Access('authorizations:read')
  @Documented(routes.FIND)
  async find(@ClientId() clientId: string, @Param('id') id: string): Promise<AuthorizationView> {
    return viewAuthorization(await this.reader.find(clientId, existingId(id)), this.notes);
  }

  @Get(':id/token')
  @Access('tokens:read')
  @Documented(routes.REVEAL)
  reveal(@ClientCaller() caller: Caller, @Param('id') id: string): Promise<RevealedToken> {
    return this.reader.reveal(caller, existingId(id));
  }
}
