import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import type { OutcomeClass } from '@zhimaper/alipay-core';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { LOGGER } from '../logging/logger.js';
import { BudgetRepository, type BudgetState } from './budget.repository.js';
import { LeaseLine } from './lease-line.js';

/** A call that was waited for. */
interface Permit {
  spent: boolean;
}

interface SharedBudget {
  repository: BudgetRepository;
  line: LeaseLine;
  /** How many calls interactive applications may owe. */
  reserve: number;
}

/**
 * How fast the service calls the gateway, over all processes; as fast as it can unless `GATEWAY_CALLS_PER_SECOND` is set.
 *
 * Whoever asks for one application gets its call at once, owed if need be. Batch lines wait, and get only what is left
 * when nothing is owed.
 */
@Injectable()
export class Pace {
  readonly #budget: SharedBudget | null;
  readonly #permits = new AsyncLocalStorage<Permit>();

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(DataSource) dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const { ALIPAY_APP_ID: appId, GATEWAY_CALLS_PER_SECOND: rate } = environment;
    if (rate === undefined) {
      this.#budget = null;
      return;
    }
    const burst = environment.GATEWAY_CALLS_BURST ?? rate;
    const repository = new BudgetRepository(dataSource, { appId, rate, burst });
    const line = new LeaseLine(rate, {
      take: (most) => repository.take(most, 0),
      onError: (error) => {
        logger.warn({ err: error }, 'the budget of gateway calls does not answer');
      },
      now: () => performance.now(),
    });
    this.#budget = { repository, line, reserve: burst };
  }

  /**
   * Waits until a batch line may make a gateway call, then does the work in which it makes it. A call that the work
   * did not make, since it found an earlier answer, is there for the next line.
   *
   * @throws the signal's reason where it is aborted before
   */
  async inTurn<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    if (!this.#budget) return work();
    const { line } = this.#budget;
    await line.wait(signal);
    const permit = { spent: false };
    try {
      return await this.#permits.run(permit, work);
    } finally {
      if (!permit.spent) line.giveBack();
    }
  }

  /** Whether a call may be made now: one that was waited for, or else one of the calls that may be owed. */
  async admit(): Promise<boolean> {
    if (!this.#budget) return true;
    const permit = this.#permits.getStore();
    if (permit && !permit.spent) {
      permit.spent = true;
      return true;
    }
    const { repository, reserve } = this.#budget;
    return (await repository.take(1, reserve)).granted === 1;
  }

  /** Tells how a call ended: one that was too many for Alipay slows down every process. Never rejects. */
  async noteOutcome(outcome: OutcomeClass): Promise<void> {
    if (outcome !== 'rate-limited' || !this.#budget) return;
    try {
      const rate = await this.#budget.repository.slowDown();
      if (rate !== null) this.logger.warn({ rate }, 'Alipay is limiting the service: slower');
    } catch (error) {
      this.logger.warn({ err: error }, 'the budget of gateway calls does not answer');
    }
  }

  /** Null where there is no budget, or nothing was taken of it yet. */
  async show(): Promise<BudgetState | null> {
    return (await this.#budget?.repository.show()) ?? null;
  }

  get limited(): boolean {
    return this.#budget !== null;
  }
}
