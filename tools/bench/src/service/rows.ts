import type { Client } from 'pg';

/**
 * Fills the database with so many granted authorisations of the one client that the benchmarks have, a second apart.
 *
 * The statement is the server's own loop: sending a million rows would take longer than all that is measured.
 */
export async function fillAuthorizations(database: Client, rows: number): Promise<void> {
  await database.query(
    `INSERT INTO authorizations
       (id, client_id, app_id, status, reference, cert_type, subject_hash, person_hash, hash_version,
        cert_no_masked, name_masked, mobile_masked, consent_reference, consent_text_version,
        consent_granted_at, warnings, token_type, outcome_class, gateway_code, created_at, updated_at)
     SELECT lpad(to_hex(n), 32, '0')::uuid, client.id, 'bench', 'authorized', 'bench-' || n, 'IDENTITY_CARD',
       sha256(n::text::bytea), sha256(n::text::bytea), 1, '330***********1311', '*三', '139****1111', 'c-' || n,
       '2026-01', at, '[]', 'permanent', 'success', '10000', at, at
     FROM generate_series(0, $1 - 1) AS n,
       LATERAL (SELECT now() - n * interval '1 s' AS at) AS instant,
       (SELECT id FROM clients WHERE name = 'bench') AS client`,
    [rows],
  );
  // What a database in use has done long ago.
  await database.query('VACUUM (ANALYZE) authorizations');
}

/** The id of the nth row, from 0. */
export function idOfRow(n: number): string {
  const hex = n.toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
