import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Scope } from './scopes.js';

/** Who may use a route: everyone, whoever has any API key, or whoever has a key with this scope. */
export type AccessRule = 'public' | 'any-key' | Scope;

export const ACCESS_RULE = 'zhimaper:access-rule';

/** Says who may use a route. Every route needs one; without it the guard lets nobody pass. */
export function Access(rule: AccessRule): CustomDecorator {
  return SetMetadata(ACCESS_RULE, rule);
}
