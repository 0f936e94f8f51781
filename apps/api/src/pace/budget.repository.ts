import type { DataSource } from 'typeorm';
import { SHOW, SLOW_DOWN, TAKE } from './budget-sql.js';

interface BudgetSettings {
  appId: string;
  /** Calls in a second. */
  rate: number;
  /** Most calls that are saved up. */
  burst: number;
}

/** What is left of the budget. */
export interface BudgetState {
  /** Calls that may be made at once; negative where some are owed. */
  calls: number;
  /** Calls in a second, at present. */
  rate: number;
}

export interface Grant extends BudgetState {
  granted: number;
}

/** The budget that all processes share, on the database's clock. */
export class BudgetRepository {
  readonly #dataSource: DataSource;
  readonly #parameters: readonly [string, number, number];

  constructor(dataSource: DataSource, { appId, rate, burst }: BudgetSettings) {
    this.#dataSource = dataSource;
    this.#parameters = [appId, rate, burst];
  }

  /**
   * Takes up to so many calls, and answers how many were granted.
   *
   * @param owing how many calls may be owed afterwards
   */
  async take(most: number, owing: number): Promise<Grant> {
    const rows = await this.#dataSource.query<Grant[]>(TAKE, [...this.#parameters, most, owing]);
    const [grant] = rows;
    if (!grant) throw new Error('The budget told nothing.');
    return grant;
  }

  /** Lowers the rate of all processes; the new rate, or null where that was done a moment ago. */
  async slowDown(): Promise<number | null> {
    const [rows] = await this.#dataSource.query<[{ rate: number }[], number]>(SLOW_DOWN, [
      ...this.#parameters,
    ]);
    return rows[0]?.rate ?? null;
  }

  /** Null before the first call was taken. */
  async show(): Promise<BudgetState | null> {
    const [state] = await this.#dataSource.query<BudgetState[]>(SHOW, [...this.#parameters]);
    return state ?? null;
  }
}
