import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a pair was last replaced, and why its person may have to be asked again. */
export class Refresh1795737600000 implements MigrationInterface {
  readonly name = 'Refresh1795737600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE authorizations
        ADD COLUMN refreshed_at timestamptz,
        ADD COLUMN reauthorization_reason text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE authorizations
        DROP COLUMN refreshed_at,
        DROP COLUMN reauthorization_reason`);
  }
}
