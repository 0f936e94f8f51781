import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which scheduled work of the whole cluster ran when, and who is at it. It is not logged: after a crash of the server
 * everything is simply due.
 */
export class ScheduledWork1795910400000 implements MigrationInterface {
  readonly name = 'ScheduledWork1795910400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE scheduled_work (
        name text PRIMARY KEY,
        holder uuid NOT NULL,
        began_at timestamptz NOT NULL,
        held_until timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE scheduled_work');
  }
}
