import { Controller, Delete, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Access } from '../api-keys/access.js';
import { ClientCaller, type Caller } from '../api-keys/caller.js';
import { personIssues } from '../authorizations/authorization-schemas.js';
import type { Person } from '../crypto/hasher.js';
import { existingId } from '../http/existing-id.js';
import { ValidBody } from '../http/valid-input.js';
import { Documented } from '../openapi/documented.js';
import * as routes from './erasure-routes.js';
import type { ErasureReport } from './erasure-routes.js';
import { personSchema } from './erasure-schemas.js';
import { ErasureService } from './erasure.service.js';

/** A person's right to be forgotten. */
@Controller('v1')
@Access('authorizations:erase')
export class ErasureController {
  constructor(@Inject(ErasureService) private readonly erasure: ErasureService) {}

  @Delete('authorizations/:id')
  @HttpCode(204)
  @Documented(routes.ERASE_AUTHORIZATION)
  eraseAuthorization(@ClientCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.erasure.eraseAuthorization(caller, existingId(id));
  }

  @Post('subjects/erasure')
  @HttpCode(200)
  @Documented(routes.ERASE_PERSON)
  erasePerson(
    @ClientCaller() caller: Caller,
    @ValidBody(personSchema, personIssues) person: Person,
  ): Promise<ErasureReport> {
    return this.erasure.erasePerson(caller, person);
  }
}
