import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the function anew, from the statement that sets `authorized`. */
function refuseIfAuthorized(question: string): string {
  return `
    CREATE OR REPLACE FUNCTION refuse_if_authorized(client uuid, app text, subject bytea) RETURNS boolean
      LANGUAGE plpgsql VOLATILE AS $$
    DECLARE
      authorized uuid;
    BEGIN
      ${question};
      IF authorized IS NOT NULL THEN
        RAISE EXCEPTION 'already authorized' USING ERRCODE = 'ZA001', DETAIL = authorized;
      END IF;
      RETURN true;
    END $$`;
}

/**
 * Whether a person is authorised is found by the index of persons, whatever the statistics say. In order and with a
 * limit it was also found by the client's newest authorisations, one after the other, and a plan that was made for an
 * empty table was kept until the table was analysed. Now nothing is in order, and each question is planned by itself.
 *
 * Source: PostgreSQL documentation, 41.11.2 (plan caching).
 */
export class AuthorizedByItsIndex1796169600000 implements MigrationInterface {
  readonly name = 'AuthorizedByItsIndex1796169600000';

  async up(runner: QueryRunner): Promise<void> {
    const sql = `
      WITH found AS MATERIALIZED (
        SELECT id, created_at FROM authorizations
        WHERE client_id = $1 AND app_id = $2 AND subject_hash = $3 AND status = ''authorized''
      )
      SELECT id FROM found ORDER BY created_at DESC LIMIT 1`;
    await runner.query(
      refuseIfAuthorized(`EXECUTE '${sql}' INTO authorized USING client, app, subject`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      refuseIfAuthorized(`
        SELECT id INTO authorized FROM authorizations
        WHERE client_id = client AND app_id = app AND subject_hash = subject
          AND status = 'authorized'
        ORDER BY created_at DESC LIMIT 1`),
    );
  }
}
