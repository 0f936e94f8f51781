import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches and their lines; a waiting line's application is encrypted, and destroyed when the line ends. */
export class Batches1796083200000 implements MigrationInterface {
  readonly name = 'Batches1796083200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BATCHES);
    await runner.query(LINES);
    await runner.query(COUNTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE batch_counts, batch_lines, batches');
  }
}

const BATCHES = `
CREATE TABLE batches (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES clients,
  api_key_id uuid NOT NULL,
  request_id uuid NOT NULL,
  key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
  status text NOT NULL
    CHECK (status IN ('receiving', 'running', 'paused', 'completed', 'cancelled')),
  pause_reason text CHECK ((pause_reason IS NOT NULL) = (status = 'paused')),
  line_count integer NOT NULL DEFAULT 0,
  not_before timestamptz,
  hold_ms integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  received_at timestamptz,
  ended_at timestamptz,
  UNIQUE (client_id, key_hash)
);
CREATE INDEX batches_of_client ON batches (client_id, created_at DESC, id DESC);
CREATE INDEX batches_open ON batches (id) WHERE ended_at IS NULL;
CREATE INDEX batches_ended ON batches (ended_at) WHERE ended_at IS NOT NULL;
`;

/** Each line belongs to one lane, at which one worker is at a time. */
const LINES = `
CREATE TABLE batch_lines (
  id uuid PRIMARY KEY,
  batch_id uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  number integer NOT NULL CHECK (number > 0),
  lane smallint NOT NULL,
  status text NOT NULL CHECK (status IN ('waiting', 'invalid', 'refused', 'cancelled',
    'authorized', 'rejected', 'failed', 'unknown', 'abandoned', 'erased')),
  tries smallint NOT NULL DEFAULT 0,
  fingerprint bytea CHECK (octet_length(fingerprint) = 32),
  person_hash bytea CHECK (octet_length(person_hash) = 32),
  application_cell bytea CHECK ((application_cell IS NOT NULL) = (status = 'waiting')),
  reference text,
  authorization_id uuid,
  code text,
  issues jsonb,
  ended_at timestamptz CHECK ((ended_at IS NULL) = (status = 'waiting')),
  UNIQUE (batch_id, number)
);
CREATE INDEX batch_lines_waiting ON batch_lines (batch_id, lane, number) WHERE status = 'waiting';
CREATE INDEX batch_lines_person ON batch_lines (person_hash) WHERE person_hash IS NOT NULL;
`;

/** How many lines ended in which way: one row for each lane, so that workers at one batch do not wait for each other. */
const COUNTS = `
CREATE TABLE batch_counts (
  batch_id uuid NOT NULL REFERENCES batches ON DELETE CASCADE,
  lane smallint NOT NULL,
  status text NOT NULL,
  lines integer NOT NULL,
  PRIMARY KEY (batch_id, lane, status)
);
`;
