import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail and its seals: rows are added, and never change or go. */
export class AuditTrail1795651200000 implements MigrationInterface {
  readonly name = 'AuditTrail1795651200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POSITIONS);
    await runner.query(TABLES);
    await runner.query(APPEND_ONLY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_seals, audit_events');
    await runner.query('DROP FUNCTION refuse_audit_change(), audit_position(xid8)');
  }
}

/**
 * A transaction's id is its events' position: once no older transaction is under way, no event can appear any more
 * before a position, so that all before it can be sealed without making any writer wait.
 *
 * A database restored into another server begins its ids anew: `migrate` then replaces the 0.
 */
const POSITIONS = `
CREATE FUNCTION audit_position(transaction xid8) RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN transaction::text::bigint + 0;
`;

const TABLES = `
CREATE TABLE audit_events (
  id uuid PRIMARY KEY,
  position bigint NOT NULL DEFAULT audit_position(pg_current_xact_id()),
  at timestamptz(3) NOT NULL,
  action text NOT NULL CHECK (action ~ '^[a-z-]+[.][a-z-]+$'),
  actor text NOT NULL CHECK (actor IN ('api-key', 'bootstrap', 'service')),
  api_key_id uuid,
  client_id uuid,
  authorization_id uuid,
  request_id text,
  outcome_class text,
  sub_code text,
  details jsonb NOT NULL,
  mac bytea NOT NULL CHECK (octet_length(mac) = 32),
  CHECK ((actor = 'api-key') = (api_key_id IS NOT NULL))
);
CREATE INDEX audit_events_position ON audit_events (position);
CREATE INDEX audit_events_newest ON audit_events (at DESC, id DESC);
CREATE INDEX audit_events_newest_of_client ON audit_events (client_id, at DESC, id DESC);
CREATE INDEX audit_events_of_authorization ON audit_events (authorization_id, at DESC, id DESC)
  WHERE authorization_id IS NOT NULL;

CREATE TABLE audit_seals (
  number bigint PRIMARY KEY CHECK (number > 0),
  from_position bigint NOT NULL,
  to_position bigint NOT NULL,
  events integer NOT NULL CHECK (events > 0),
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  sealed_at timestamptz(3) NOT NULL,
  CHECK (from_position < to_position)
);
`;

const APPEND_ONLY = `
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
`;
