import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was used of each limit, in the shape that rate-limiter-flexible asks for. It is not logged: after a crash of the
 * server every limit begins anew, and no write of it reaches the disk on the way of a request.
 */
export class RateLimits1795824000000 implements MigrationInterface {
  readonly name = 'RateLimits1795824000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE rate_limits (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      )`);
    await runner.query('CREATE INDEX rate_limits_expiry ON rate_limits (expire)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rate_limits');
  }
}
