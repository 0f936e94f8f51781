import {
  createParamDecorator,
  InternalServerErrorException,
  type ExecutionContext,
} from '@nestjs/common';
import type { Scope } from './scopes.js';

/** Who asks: an API key and the client that it belongs to. */
export interface Caller {
  clientId: string;
  apiKeyId: string;
  scopes: readonly Scope[];
}

/** The key of `ADMIN_API_KEY`, which belongs to no client and may only manage API keys. */
export interface BootstrapCaller {
  clientId: null;
  apiKeyId: null;
  scopes: readonly ['admin'];
}

const callers = new WeakMap<object, Caller | BootstrapCaller>();

/** Notes who a request comes from, once the guard knows. */
export function setCaller(request: object, caller: Caller | BootstrapCaller): void {
  callers.set(request, caller);
}

/** Who a request comes from; undefined before the guard ran, and on routes open to everyone. */
export function callerOf(request: object): Caller | BootstrapCaller | undefined {
  return callers.get(request);
}

/** Gives a handler the id of the caller's client: what it may see is what belongs to it. */
export const ClientId = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const clientId = callerOf(context.switchToHttp().getRequest<object>())?.clientId;
  // A scope that the bootstrap key has guards a route that needs a client: a mistake in the route.
  if (!clientId) throw new InternalServerErrorException('The route needs a client.');
  return clientId;
});
