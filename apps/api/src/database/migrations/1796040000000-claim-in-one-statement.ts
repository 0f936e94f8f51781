import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a claim has to know that its own snapshot cannot tell: whether the person was authorised by the time that its
 * place among the unresolved was taken. Each statement of a volatile function sees what is committed by then.
 *
 * Source: PostgreSQL documentation, 36.7 (function volatility categories).
 */
export class ClaimInOneStatement1796040000000 implements MigrationInterface {
  readonly name = 'ClaimInOneStatement1796040000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_if_authorized(client uuid, app text, subject bytea) RETURNS boolean
        LANGUAGE plpgsql VOLATILE AS $$
      DECLARE
        authorized uuid;
      BEGIN
        SELECT id INTO authorized FROM authorizations
        WHERE client_id = client AND app_id = app AND subject_hash = subject
          AND status = 'authorized'
        ORDER BY created_at DESC LIMIT 1;
        IF authorized IS NOT NULL THEN
          RAISE EXCEPTION 'already authorized' USING ERRCODE = 'ZA001', DETAIL = authorized;
        END IF;
        RETURN true;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION refuse_if_authorized(uuid, text, bytea)');
  }
}
