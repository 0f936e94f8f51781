import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../api-keys/caller.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { ProblemError } from '../errors/problem-error.js';
import { pairInAnswer } from '../quarantine/pair-in-answer.js';
import { QuarantineCells } from '../quarantine/quarantine-cells.js';
import { AuthorizationReader } from './authorization-reader.js';
import type { Authorization } from './authorization.entity.js';
import { NoteCells } from './note-cells.js';
import type { Resolution } from './resolution-schema.js';
import {
  ResolutionsRepository,
  type Decision,
  type QuarantinedAnswer,
} from './resolutions.repository.js';
import { SpoolReplay } from './spool-replay.js';
import { TokenCells, type PairPlace } from './token-cells.js';

/** Lets a person say what became of an application whose outcome nobody knows. */
@Injectable()
export class ResolutionsService {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(AuthorizationReader) private readonly reader: AuthorizationReader,
    @Inject(ResolutionsRepository) private readonly resolutions: ResolutionsRepository,
    @Inject(SpoolReplay) private readonly replay: SpoolReplay,
    @Inject(QuarantineCells) private readonly quarantine: QuarantineCells,
    @Inject(TokenCells) private readonly tokens: TokenCells,
    @Inject(NoteCells) private readonly notes: NoteCells,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the spool holds is stored first: whoever decides shall not decide against what is known. */
  async resolve(
    { clientId, apiKeyId }: Caller,
    id: string,
    { outcome, note }: Resolution,
  ): Promise<Authorization> {
    const { status: before } = await this.reader.find(clientId, id);
    if (before === 'unknown') {
      for (const attemptId of await this.resolutions.openAttempts(id)) {
        await this.replay.bringIn(attemptId);
      }
    }
    const common = { outcome, noteCell: this.notes.encrypt(id, note), apiKeyId, at: this.clock() };
    return this.resolutions.resolve(clientId, id, (found, answers): Decision => {
      const status = found?.status;
      if (outcome === 'adopted' && before === 'unknown' && status === 'authorized') {
        return { ...common, status, adopted: null, source: 'spool' };
      }
      if (status !== 'unknown') {
        throw new ProblemError('not-unknown', { members: { authorizationId: id } });
      }
      if (outcome !== 'adopted') {
        return { ...common, status: outcome, adopted: null, source: null };
      }
      const adopted = this.adopt({ authorizationId: id, obtainedAt: common.at }, answers);
      return { ...common, status: 'authorized', adopted, source: 'quarantine' };
    });
  }

  private adopt(place: PairPlace, answers: readonly QuarantinedAnswer[]): Decision['adopted'] {
    const { ALIPAY_CHARSET, ALIPAY_ENCRYPT_KEY } = this.environment;
    for (const { attemptId, contentCell } of answers) {
      const bytes = this.quarantine.decrypt(attemptId, contentCell);
      const pair = pairInAnswer(bytes, ALIPAY_CHARSET, ALIPAY_ENCRYPT_KEY);
      if (!pair) continue;
      return { attemptId, cells: this.tokens.encrypt(place, pair), tokenType: pair.tokenType };
    }
    const { authorizationId } = place;
    throw new ProblemError('nothing-to-adopt', { members: { authorizationId } });
  }
}
