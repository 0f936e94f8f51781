import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Takes the turn where nobody is at it and the last one began long enough ago, by the database's clock. */
const TAKE = `
  INSERT INTO scheduled_work AS work (name, holder, began_at, held_until)
  VALUES ($1, $2, now(), now() + $4 * interval '1 ms')
  ON CONFLICT (name) DO UPDATE
    SET holder = excluded.holder, began_at = excluded.began_at, held_until = excluded.held_until
    WHERE work.held_until <= now() AND work.began_at <= now() - $3 * interval '1 ms'
  RETURNING name`;

const HOLD = `
  UPDATE scheduled_work SET held_until = now() + $3 * interval '1 ms'
  WHERE name = $1 AND holder = $2`;

/** Whose turn it is to do scheduled work. */
@Injectable()
export class TurnsRepository {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Takes a turn; false where another process has it or had it a short while ago.
   *
   * @param holder this run, by which it is held and given back
   * @param afterMs how long after the last turn began the next one may begin
   * @param holdMs how long the turn is ours without another word
   */
  async take(name: string, holder: string, afterMs: number, holdMs: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(TAKE, [name, holder, afterMs, holdMs]);
    return rows.length === 1;
  }

  /** Holds a turn for so long from now; 0 gives it back. */
  async hold(name: string, holder: string, holdMs: number): Promise<void> {
    await this.dataSource.query(HOLD, [name, holder, holdMs]);
  }
}
