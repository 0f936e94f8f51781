import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The budget of gateway calls that all processes share, one row for each application of Alipay's. It is not logged: after
 * a crash of the server the budget begins anew, and no call waits for the disk.
 */
export class GatewayBudget1795996800000 implements MigrationInterface {
  readonly name = 'GatewayBudget1795996800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE gateway_budget (
        app_id text PRIMARY KEY,
        calls double precision NOT NULL,
        rate double precision NOT NULL,
        counted_at timestamptz NOT NULL,
        slowed_at timestamptz,
        granted integer NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE gateway_budget');
  }
}
