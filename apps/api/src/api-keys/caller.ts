import {
  createParamDecorator,
  InternalServerErrorException,
  type ExecutionContext,
} from '@nestjs/common';
import type { AuditActor } from '../audit/audit-event.js';
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

/** Who did what such a caller asked for, as the audit trail names it. */
export function actorOf({ apiKeyId }: Caller | BootstrapCaller): AuditActor {
  return apiKeyId === null ? { kind: 'bootstrap' } : { kind: 'api-key', apiKeyId };
}

/** Gives a handler who asks. */
export const AnyCaller = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const caller = callerOf(context.switchToHttp().getRequest<object>());
  if (!caller) throw new InternalServerErrorException('The route needs a caller.');
  return caller;
});

/** Gives a handler who asks, on a route for clients alone. */
export const ClientCaller = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  clientCaller(context),
);

/** Gives a handler the id of the caller's client: what it may see is what belongs to it. */
export const ClientId = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => clientCaller(context).clientId,
);

function clientCaller(context: ExecutionContext): Caller {
  const caller = callerOf(context.switchToHttp().getRequest<object>());
  // A scope that the bootstrap key has guards a route that needs a client: a mistake in the route.
  if (!caller?.clientId) throw new InternalServerErrorException('The route needs a client.');
  return caller;
}
