/** What fills each table that grows with its users with $1 rows, which are of nobody who signs in. */
const FILLED: Record<string, { columns: string; values: string }> = {
  users: { columns: 'id, user_handle', values: `id, bytes` },
  user_identifiers: {
    columns: 'tenant, type, value, user_id',
    values: `'default', 'username', 'further-' || n, id`,
  },
  credential_records: {
    columns: `id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid, user_handle,
              backup_eligible, backup_state, uv_initialized, attestation_format`,
    values: `id, id, 'localhost', bytes, decode(repeat('a5', 77), 'hex'), 0, '{internal,hybrid}', id, bytes,
             true, true, true, 'none'`,
  },
  sessions: {
    columns: 'id, user_id, amr, expires_at, public_id',
    values: `bytes, id, '{swk}', now() + interval '30 days', id`,
  },
  audit_events: {
    columns: 'id, type, rp_id, user_id, details',
    values: `id, 'passkey.authentication_succeeded', 'localhost', id, '{}'`,
  },
  oidc_payloads: {
    columns: 'key, model, payload, expires_at',
    values: `bytes, 'RefreshToken', decode(repeat('a5', 300), 'hex'), now() + interval '30 days'`,
  },
};

export const LARGE_TABLES = Object.keys(FILLED);

/** Statements, of which each fills one table in the order of its keys: what refers to others is not looked up there. */
export const fillTables = (rows: number): string[] =>
  Object.entries(FILLED).map(
    ([table, { columns, values }]) => `
      SET session_replication_role = replica;
      INSERT INTO passkey.${table} (${columns})
      SELECT ${values}
        FROM generate_series(1, ${rows}) n, LATERAL (SELECT lpad(to_hex(n), 32, '0')) AS hex (digits),
             LATERAL (SELECT digits::uuid, decode(digits, 'hex')) AS made (id, bytes)`,
  );
