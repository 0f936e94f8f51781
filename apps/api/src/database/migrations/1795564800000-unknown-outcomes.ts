import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an application whose outcome nobody knows needs: a deadline after which its process is taken for dead, a
 * place for answers that are not believed, and what a person decided in the end.
 */
export class UnknownOutcomes1795564800000 implements MigrationInterface {
  readonly name = 'UnknownOutcomes1795564800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATUSES);
    await runner.query(DEADLINES);
    await runner.query(RESOLUTIONS);
    await runner.query(QUARANTINE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quarantined_answers');
    await runner.query(NO_RESOLUTIONS);
    await runner.query(NO_DEADLINES);
    await runner.query(FORMER_STATUSES);
  }
}

const STATUSES = `
ALTER TABLE authorizations DROP CONSTRAINT authorizations_status_check;
ALTER TABLE authorizations ADD CONSTRAINT authorizations_status_check CHECK (status IN
  ('pending', 'authorized', 'rejected', 'failed', 'unknown', 'abandoned', 'erased'));
`;

const FORMER_STATUSES = `
ALTER TABLE authorizations DROP CONSTRAINT authorizations_status_check;
ALTER TABLE authorizations ADD CONSTRAINT authorizations_status_check CHECK (status IN
  ('pending', 'authorized', 'rejected', 'failed', 'unknown'));
`;

/**
 * An attempt is `overdue` when its deadline passed and nobody had written down how it ended; it may still be
 * finished. The default serves an instance of the earlier release, which knows no deadline.
 */
const DEADLINES = `
ALTER TABLE attempts DROP CONSTRAINT attempts_kind_check, DROP CONSTRAINT attempts_state_check;
ALTER TABLE attempts
  ADD CONSTRAINT attempts_kind_check CHECK (kind IN ('apply', 'refresh')),
  ADD CONSTRAINT attempts_state_check CHECK (state IN ('started', 'finished', 'overdue')),
  ADD COLUMN deadline timestamptz NOT NULL DEFAULT now() + interval '60 s';
CREATE INDEX attempts_started ON attempts (deadline) WHERE state = 'started';
`;

const NO_DEADLINES = `
DROP INDEX attempts_started;
ALTER TABLE attempts DROP CONSTRAINT attempts_kind_check, DROP CONSTRAINT attempts_state_check;
ALTER TABLE attempts
  ADD CONSTRAINT attempts_kind_check CHECK (kind IN ('apply')),
  ADD CONSTRAINT attempts_state_check CHECK (state IN ('started', 'finished')),
  DROP COLUMN deadline;
`;

/** The note is a cell: people write names into notes. */
const RESOLUTIONS = `
ALTER TABLE authorizations
  ADD COLUMN resolution text CHECK (resolution IN ('rejected', 'abandoned', 'adopted')),
  ADD COLUMN resolution_note_cell bytea,
  ADD COLUMN resolved_at timestamptz,
  ADD CONSTRAINT authorizations_resolved CHECK ((resolution IS NULL) = (resolved_at IS NULL));
`;

const NO_RESOLUTIONS = `
ALTER TABLE authorizations
  DROP COLUMN resolution, DROP COLUMN resolution_note_cell, DROP COLUMN resolved_at;
`;

/** `answer`: the gateway's bytes as they came. `pair`: tokens that came when a person had decided already. */
const QUARANTINE = `
CREATE TABLE quarantined_answers (
  attempt_id uuid PRIMARY KEY REFERENCES attempts,
  authorization_id uuid NOT NULL REFERENCES authorizations,
  kind text NOT NULL CHECK (kind IN ('answer', 'pair')),
  content_cell bytea NOT NULL,
  kept_at timestamptz NOT NULL
);
CREATE INDEX quarantined_answers_of_authorization ON quarantined_answers (authorization_id);
CREATE INDEX quarantined_answers_age ON quarantined_answers (kept_at);
`;
