import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Access } from '../api-keys/access.js';
import { ClientCaller, type Caller } from '../api-keys/caller.js';
import { existingId } from '../http/existing-id.js';
import { ValidBody } from '../http/valid-input.js';
import { Documented } from '../openapi/documented.js';
import * as routes from './authorization-routes.js';
import { viewAuthorization, type AuthorizationView } from './authorization-view.js';
import { NoteCells } from './note-cells.js';
import { resolutionSchema, type Resolution } from './resolution-schema.js';
import { ResolutionsService } from './resolutions.service.js';

/** Deciding about applications whose outcome nobody knows. */
@Controller('v1/authorizations/:id/resolution')
export class ResolutionsController {
  constructor(
    @Inject(ResolutionsService) private readonly resolutions: ResolutionsService,
    @Inject(NoteCells) private readonly notes: NoteCells,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('authorizations:resolve')
  @Documented(routes.RESOLVE)
  async resolve(
    @ClientCaller() caller: Caller,
    @Param('id') id: string,
    @ValidBody(resolutionSchema) body: Resolution,
  ): Promise<AuthorizationView> {
    const authorization = await this.resolutions.resolve(caller, existingId(id), body);
    return viewAuthorization(authorization, this.notes);
  }
}
