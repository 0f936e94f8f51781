import { escapeIdentifier } from 'pg';
import type { EntityManager } from 'typeorm';
import { MIGRATIONS_TABLE } from './data-source.js';

/** Whether the connection is another role's than the service's, which then has to be granted what it needs. */
export async function isOtherRole(manager: EntityManager, role: string): Promise<boolean> {
  const [row] = await manager.query<{ other: boolean }[]>('SELECT current_user <> $1 AS other', [
    role,
  ]);
  return row?.other === true;
}

/**
 * Grants the service's role what it needs in the present schema and nothing else: it changes no table's form, and
 * neither changes nor removes a row of the audit trail. The role must be there.
 */
export async function grantToService(manager: EntityManager, role: string): Promise<void> {
  const name = escapeIdentifier(role);
  await manager.query(`
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name};
    GRANT USAGE ON SCHEMA public TO ${name};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${name};
    REVOKE UPDATE, DELETE ON audit_events, audit_seals FROM ${name};
    REVOKE INSERT, UPDATE, DELETE ON ${MIGRATIONS_TABLE} FROM ${name}`);
}
