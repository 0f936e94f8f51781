import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients and their API keys; authorisations with their tokens, attempts and idempotency keys. */
export class InitialSchema1795478400000 implements MigrationInterface {
  readonly name = 'InitialSchema1795478400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLIENTS_AND_KEYS);
    await runner.query(AUTHORIZATIONS);
    await runner.query(AUTHORIZATION_PARTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE idempotency_keys, attempts, authorization_tokens, authorizations, api_keys, clients',
    );
  }
}

const CLIENTS_AND_KEYS = `
CREATE TABLE clients (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL
);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES clients,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
  display_prefix text NOT NULL,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX api_keys_newest ON api_keys (created_at DESC, id DESC);
`;

/** The unique index is what keeps one caller from applying twice at once for the same person. */
const AUTHORIZATIONS = `
CREATE TABLE authorizations (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES clients,
  app_id text NOT NULL,
  status text NOT NULL
    CHECK (status IN ('pending', 'authorized', 'rejected', 'failed', 'unknown')),
  reference text,
  cert_type text NOT NULL,
  subject_hash bytea NOT NULL CHECK (octet_length(subject_hash) = 32),
  person_hash bytea NOT NULL CHECK (octet_length(person_hash) = 32),
  hash_version smallint NOT NULL,
  cert_no_masked text NOT NULL,
  name_masked text NOT NULL,
  mobile_masked text NOT NULL,
  linked_merchant_id text,
  consent_reference text NOT NULL,
  consent_text_version text NOT NULL,
  consent_granted_at timestamptz NOT NULL,
  warnings jsonb NOT NULL,
  token_type text,
  outcome_class text,
  failure_reason text,
  gateway_code text,
  gateway_sub_code text,
  gateway_trace_id text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX authorizations_one_unresolved
  ON authorizations (client_id, app_id, subject_hash) WHERE status IN ('pending', 'unknown');
CREATE INDEX authorizations_authorized_subject
  ON authorizations (client_id, app_id, subject_hash) WHERE status = 'authorized';
CREATE INDEX authorizations_newest
  ON authorizations (client_id, created_at DESC, id DESC);
CREATE INDEX authorizations_newest_by_status
  ON authorizations (client_id, status, created_at DESC, id DESC);
CREATE INDEX authorizations_newest_by_reference
  ON authorizations (client_id, reference, created_at DESC, id DESC) WHERE reference IS NOT NULL;
CREATE INDEX authorizations_newest_by_merchant
  ON authorizations (client_id, linked_merchant_id, created_at DESC, id DESC)
  WHERE linked_merchant_id IS NOT NULL;
`;

const AUTHORIZATION_PARTS = `
CREATE TABLE authorization_tokens (
  authorization_id uuid PRIMARY KEY REFERENCES authorizations,
  access_token_cell bytea NOT NULL,
  refresh_token_cell bytea NOT NULL,
  obtained_at timestamptz NOT NULL
);

CREATE TABLE attempts (
  id uuid PRIMARY KEY,
  authorization_id uuid NOT NULL REFERENCES authorizations,
  kind text NOT NULL CHECK (kind IN ('apply')),
  state text NOT NULL CHECK (state IN ('started', 'finished')),
  request_id text NOT NULL,
  outcome_class text,
  failure_reason text,
  gateway_code text,
  gateway_sub_code text,
  gateway_trace_id text,
  http_status smallint,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  CHECK ((state = 'finished') = (finished_at IS NOT NULL))
);
CREATE INDEX attempts_of_authorization ON attempts (authorization_id, started_at);

CREATE TABLE idempotency_keys (
  client_id uuid NOT NULL REFERENCES clients,
  route text NOT NULL,
  key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
  fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
  authorization_id uuid NOT NULL REFERENCES authorizations,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (client_id, route, key_hash)
);
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
`;
