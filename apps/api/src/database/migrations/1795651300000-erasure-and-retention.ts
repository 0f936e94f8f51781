import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What points to a person may go: by erasure, or once it was kept long enough. */
export class ErasureAndRetention1795651300000 implements MigrationInterface {
  readonly name = 'ErasureAndRetention1795651300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PERSON_MAY_GO);
    await runner.query(INDEXES);
  }

  /** Fails where somebody was erased: what is gone cannot be put back. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX authorizations_of_person, authorizations_retention, idempotency_keys_of_authorization',
    );
    await runner.query(PERSON_STAYS);
  }
}

/** All of it or nothing, and nothing only where no application is open and no token is there. */
const PERSON_MAY_GO = `
ALTER TABLE authorizations
  ALTER COLUMN subject_hash DROP NOT NULL,
  ALTER COLUMN person_hash DROP NOT NULL,
  ALTER COLUMN cert_no_masked DROP NOT NULL,
  ALTER COLUMN name_masked DROP NOT NULL,
  ALTER COLUMN mobile_masked DROP NOT NULL,
  ADD CONSTRAINT authorizations_person CHECK (
    num_nulls(subject_hash, person_hash, cert_no_masked, name_masked, mobile_masked) =
      CASE WHEN person_hash IS NULL THEN 5 ELSE 0 END
    AND (person_hash IS NOT NULL OR status IN ('rejected', 'failed', 'abandoned', 'erased'))
    AND (person_hash IS NULL OR status <> 'erased')
  );
ALTER TABLE idempotency_keys ALTER COLUMN fingerprint DROP NOT NULL;
`;

const PERSON_STAYS = `
ALTER TABLE idempotency_keys ALTER COLUMN fingerprint SET NOT NULL;
ALTER TABLE authorizations
  DROP CONSTRAINT authorizations_person,
  ALTER COLUMN subject_hash SET NOT NULL,
  ALTER COLUMN person_hash SET NOT NULL,
  ALTER COLUMN cert_no_masked SET NOT NULL,
  ALTER COLUMN name_masked SET NOT NULL,
  ALTER COLUMN mobile_masked SET NOT NULL;
`;

const INDEXES = `
CREATE INDEX authorizations_of_person ON authorizations (client_id, person_hash)
  WHERE person_hash IS NOT NULL;
CREATE INDEX authorizations_retention ON authorizations (updated_at)
  WHERE person_hash IS NOT NULL AND status IN ('rejected', 'failed', 'abandoned');
CREATE INDEX idempotency_keys_of_authorization ON idempotency_keys (authorization_id);
`;
