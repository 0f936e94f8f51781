import { Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Page } from '../http/cursor.js';
import { existingId } from '../http/existing-id.js';
import { ValidBody, ValidQuery } from '../http/valid-input.js';
import { Documented } from '../openapi/documented.js';
import { Access } from './access.js';
import * as routes from './api-key-routes.js';
import {
  apiKeyListSchema,
  newApiKeySchema,
  type ApiKeyListQuery,
  type NewApiKey,
} from './api-key-schemas.js';
import { viewApiKey, type ApiKeyView, type IssuedApiKeyView } from './api-key-view.js';
import { ApiKeysService } from './api-keys.service.js';
import { actorOf, AnyCaller, type BootstrapCaller, type Caller } from './caller.js';

/** Managing API keys, for operators: the scope `admin` reaches the keys of every client. */
@Controller('v1/api-keys')
@Access('admin')
export class ApiKeysController {
  constructor(@Inject(ApiKeysService) private readonly apiKeys: ApiKeysService) {}

  @Post()
  @Documented(routes.ISSUE)
  async issue(
    @AnyCaller() caller: Caller | BootstrapCaller,
    @ValidBody(newApiKeySchema) body: NewApiKey,
  ): Promise<IssuedApiKeyView> {
    const { apiKey, key } = await this.apiKeys.issue(body, actorOf(caller));
    const { id, ...rest } = viewApiKey(apiKey);
    return { id, key, ...rest };
  }

  @Get()
  @Documented(routes.LIST)
  list(@ValidQuery(apiKeyListSchema) query: ApiKeyListQuery): Promise<Page<ApiKeyView>> {
    return this.apiKeys.list(query, viewApiKey);
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented(routes.REVOKE)
  revoke(@AnyCaller() caller: Caller | BootstrapCaller, @Param('id') id: string): Promise<void> {
    return this.apiKeys.revoke(existingId(id), actorOf(caller));
  }
}
