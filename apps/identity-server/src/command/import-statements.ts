/** The statements of docs/moving.md, by the literal of the relying party's id; a test compares them. */
export const SOURCES = {
  logto: (rpId: string) => `SELECT json_build_object(
         'user', json_build_object('username', u.username, 'primaryEmail', u.primary_email,
                                   'primaryPhone', '+' || u.primary_phone,
                                   'suspended', u.is_suspended),
         'userHandle', rtrim(translate(encode(convert_to(u.id, 'UTF8'), 'base64'), E'+/\\n', '-_'), '='),
         'credentialId', m->>'credentialId',
         'publicKey', m->>'publicKey',
         'signCount', (m->>'counter')::bigint,
         'transports', m->'transports',
         'name', m->>'name',
         'createdAt', m->>'createdAt',
         'lastUsedAt', m->>'lastUsedAt') AS passkey
  FROM users u, jsonb_array_elements(u.mfa_verifications) m
 WHERE m->>'type' = 'WebAuthn' AND coalesce(m->>'rpId', ${rpId}) = ${rpId}`,
  hanko: () => `SELECT json_build_object(
         'user', json_build_object('username', n.username, 'primaryEmail', e.address, 'suspended', false),
         'userHandle', CASE WHEN c.user_handle_id IS NULL
                            THEN rtrim(translate(encode(uuid_send(c.user_id), 'base64'), '+/', '-_'), '=') END,
         'credentialId', c.id,
         'publicKey', c.public_key,
         'signCount', c.sign_count,
         'transports', (SELECT json_agg(t.name) FROM webauthn_credential_transports t
                         WHERE t.webauthn_credential_id = c.id),
         'aaguid', c.aaguid,
         'backupEligible', c.backup_eligible,
         'backupState', c.backup_state,
         'name', c.name,
         'createdAt', c.created_at AT TIME ZONE 'UTC',
         'lastUsedAt', c.last_used_at AT TIME ZONE 'UTC') AS passkey
  FROM webauthn_credentials c
  LEFT JOIN primary_emails p ON p.user_id = c.user_id
  LEFT JOIN emails e ON e.id = p.email_id
  LEFT JOIN usernames n ON n.user_id = c.user_id
 WHERE NOT c.mfa_only`,
  'better-auth': () => `SELECT json_build_object(
         'user', json_build_object('primaryEmail', u.email,
                                   'suspended', coalesce((to_jsonb(u)->>'banned')::boolean, false)),
         'userHandle', NULL,
         'credentialId', p."credentialID",
         'publicKey', p."publicKey",
         'signCount', p.counter,
         'transports', string_to_array(nullif(p.transports, ''), ','),
         'aaguid', p.aaguid,
         'backupEligible', p."deviceType" = 'multiDevice',
         'backupState', p."backedUp",
         'name', p.name,
         'createdAt', p."createdAt") AS passkey
  FROM passkey p JOIN "user" u ON u.id = p."userId"`,
} as const satisfies Record<string, (rpId: string) => string>;

export type SourceName = keyof typeof SOURCES;
