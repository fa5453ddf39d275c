import { hash } from 'node:crypto';
import { APPLICATION, CALLBACK } from './application';
import { type Person, RP_ID } from './people';

/** Runs one statement on the database that is filled. */
export type Query = (text: string, values: unknown[]) => Promise<unknown>;

export const hex = (base64url: string) => `\\x${Buffer.from(base64url, 'base64url').toString('hex')}`;

/** The people in the product's tables, once its migrations have run. */
export async function fillProduct(query: Query, people: Person[]): Promise<void> {
  const rows = JSON.stringify(
    people.map(({ id, username, recordId, userHandle, credentialId, coseKey }) => ({
      id,
      username,
      recordId,
      handle: hex(userHandle),
      credential: hex(credentialId),
      key: hex(coseKey),
    })),
  );
  const given = `json_to_recordset($1) AS p(id uuid, username text, "recordId" uuid, handle bytea,
                                            credential bytea, key bytea)`;
  await query(
    `WITH accounts AS (INSERT INTO passkey.users (id, user_handle) SELECT id, handle FROM ${given})
     INSERT INTO passkey.user_identifiers (tenant, type, value, user_id)
     SELECT 'default', 'username', username, id FROM ${given}`,
    [rows],
  );
  await query(
    `INSERT INTO passkey.credential_records (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid,
                                     user_handle, backup_eligible, backup_state, uv_initialized, attestation_format)
     SELECT "recordId", id, '${RP_ID}', credential, key, 0, '{internal,hybrid}',
            '00000000-0000-0000-0000-000000000000', handle, true, true, true, 'none' FROM ${given}`,
    [rows],
  );
  await query(
    `INSERT INTO passkey.applications (id, relying_party_id, name, type, redirect_uris, post_logout_redirect_uris,
                                       third_party, groups, subject_type)
     VALUES ($1, '${RP_ID}', 'Application', 'web', $2, '{}', false, '{}', 'public')`,
    [APPLICATION.id, [CALLBACK]],
  );
  await query(`INSERT INTO passkey.application_secrets (id, application_id, hash) VALUES ($1, $1, $2)`, [
    APPLICATION.id,
    hash('sha256', APPLICATION.secret, 'base64url'),
  ]);
}
