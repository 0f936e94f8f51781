import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../api-keys/caller.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ProblemError } from '../errors/problem-error.js';
import { toPage, type Page } from '../http/cursor.js';
import type { AuthorizationListQuery } from './authorization-schemas.js';
import type { Authorization } from './authorization.entity.js';
import { AuthorizationsRepository } from './authorizations.repository.js';
import { TokenCells } from './token-cells.js';

/** The one answer that holds a token. The refresh token never leaves the service. */
export const revealedTokenSchema = z
  .object({
    accessToken: z.string(),
    tokenType: z.string().nullable().describe('`permanent`, or null where the expiry is unknown.'),
    obtainedAt: z.iso.datetime(),
  })
  .meta({ id: 'RevealedToken' });

export type RevealedToken = z.output<typeof revealedTokenSchema>;

/** Reads a client's own authorisations; those of others do not exist for it. */
@Injectable()
export class AuthorizationReader {
  constructor(
    @Inject(AuthorizationsRepository) private readonly authorizations: AuthorizationsRepository,
    @Inject(TokenCells) private readonly cells: TokenCells,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(clientId: string, id: string): Promise<Authorization> {
    const authorization = await this.authorizations.find(clientId, id);
    if (!authorization) throw new ProblemError('not-found');
    if (authorization.status === 'erased') {
      throw new ProblemError('authorization-erased', { members: { authorizationId: id } });
    }
    return authorization;
  }

  async list<Item>(
    clientId: string,
    query: AuthorizationListQuery,
    toItem: (authorization: Authorization) => Item,
  ): Promise<Page<Item>> {
    const rows = await this.authorizations.list(clientId, query, query.limit + 1);
    return toPage(rows, query.limit, toItem);
  }

  /** Gives the token away only once that is written down. */
  async reveal({ clientId, apiKeyId }: Caller, id: string): Promise<RevealedToken> {
    const authorization = await this.find(clientId, id);
    const tokens = await this.authorizations.findTokens(authorization);
    if (!tokens) {
      throw new ProblemError('not-found', { detail: 'The authorisation has no token.' });
    }
    const { accessToken } = this.cells.open(authorization, tokens);
    await this.authorizations.noteReveal(authorization, apiKeyId, this.clock());
    return {
      accessToken,
      tokenType: authorization.tokenType,
      obtainedAt: tokens.obtainedAt.toISOString(),
    };
  }
}
