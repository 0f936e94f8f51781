import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';
import { Limits } from '../limits/limits.js';
import { ACCESS_RULE, type AccessRule } from './access.js';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';
import { setCaller } from './caller.js';

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

/**
 * Lets a request pass whose API key has the scope that the route asks for.
 *
 * Source: RFC 6750, section 2.1 (`Authorization: Bearer`) and section 3 (`WWW-Authenticate`).
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(ApiKeyAuthenticator) private readonly authenticator: ApiKeyAuthenticator,
    @Inject(Limits) private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const caller = key === undefined ? null : await this.logIn(request.ip, key);
    if (!caller) {
      const challenge = key === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
      throw new ProblemError('unauthenticated', { headers: { 'www-authenticate': challenge } });
    }
    setCaller(request, caller);
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    void http.getResponse<FastifyReply>().headers(this.limits.admitRequest(caller.apiKeyId, route));
    if (rule === 'any-key') return true;
    if (rule !== undefined && caller.scopes.some((scope) => scope === rule)) return true;
    throw new ProblemError('insufficient-scope', {
      detail: rule ? `The route asks for the scope ${rule}.` : 'The route is open to nobody.',
    });
  }

  private async logIn(address: string, key: string) {
    this.limits.admitLogin(address, key);
    const caller = await this.authenticator.authenticate(key);
    this.limits.noteLogin(address, key, caller !== null);
    return caller;
  }
}
