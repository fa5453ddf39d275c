import { auditStatement } from '../audit/audit.repository';
import { prepared } from '../database/prepared-statements';
import { NEW_CREDENTIAL } from './new-credential';

/*
 * What follows a ceremony, in one statement each: identification and submit. They join tables that other folders own. Where
 * anything stands against it they change nothing, and do not say why: a transaction decides.
 */

/**
 * SQL: locks the user whom `of` names, then the passkey, as every transaction on an account does: what was changed of either
 * while it waited is seen. Neither is there when the user is suspended or gone, or the passkey is.
 * @param of query of `user_id` and `passkey_id`
 */
const lockedOwner = (tables: string, of: string) =>
  `owner AS (
     SELECT u.id, u.proofs_void_before FROM ${tables}users u
      WHERE u.id = (SELECT user_id FROM ${of}) AND NOT u.suspended FOR NO KEY UPDATE),
   passkey AS (
     SELECT c.id FROM owner JOIN ${tables}credential_records c ON c.user_id = owner.id
      WHERE c.id = (SELECT passkey_id FROM ${of}) FOR KEY SHARE OF c)`;

/** SQL: gives the interaction another id, with its records, and to it the user of `identified`. */
const renewed = (tables: string) =>
  `moved AS (
     UPDATE ${tables}interactions i
        SET id = $3, user_id = identified.user_id,
            amr = ARRAY(SELECT DISTINCT unnest(i.amr || identified.amr) ORDER BY 1),
            authenticated_at = greatest(i.authenticated_at, identified.verified_at), passkey_id = identified.passkey_id
       FROM identified WHERE i.id = $1),
   others AS (
     UPDATE ${tables}verification_records r SET interaction_id = $3
       FROM identified WHERE r.interaction_id = $1 AND r.id <> $2)`;

/**
 * Takes a verified authentication, and identifies its user in the interaction, which gets another id. Nobody is identified, and nothing is
 * changed, where anything stands against it; what that is, is not told.
 */
export const identify = (tables: string) =>
  prepared(
    `WITH proof AS (
       SELECT user_id, credential_record_id AS passkey_id FROM ${tables}verification_records
        WHERE interaction_id = $1 AND id = $2 AND ceremony = 'authentication' AND status = 'verified'),
     ${lockedOwner(tables, 'proof')},
     present AS (
       SELECT i.* FROM owner JOIN ${tables}interactions i ON i.id = $1 FOR NO KEY UPDATE OF i),
     identified AS (
       DELETE FROM ${tables}verification_records r USING owner, passkey
        WHERE r.interaction_id = $1 AND r.id = $2 AND r.user_id = owner.id AND r.status = 'verified'
          AND r.expires_at > now() AND r.created_at >= owner.proofs_void_before
          AND NOT EXISTS (SELECT FROM present p
                           WHERE p.event <> 'SignIn' OR p.user_id <> owner.id OR p.expires_at <= now())
       RETURNING r.user_id, r.amr, r.verified_at, r.credential_record_id AS passkey_id),
     ${renewed(tables)},
     begun AS (
       INSERT INTO ${tables}interactions (id, event, user_id, amr, authenticated_at, passkey_id, expires_at)
       SELECT $3, 'SignIn', user_id, amr, verified_at, passkey_id, now() + $4 * interval '1 second'
         FROM identified WHERE NOT EXISTS (SELECT FROM present))
     SELECT (SELECT user_id FROM identified) AS "userId",
            (SELECT event FROM ${tables}interactions WHERE id = $1 AND expires_at > now()) AS event`,
  );

/**
 * Takes a verified registration, makes of it a user with an identifier and a passkey, and identifies that one in the interaction, which
 * gets another id. Nothing is changed where anything stands against it, or an invitation or a proved address takes further steps.
 * The record is locked before the interaction, as in the transaction.
 *
 * Parameters: ids of interaction, record and the interaction to be; the user's id, tenant, the policy of user names, the passkey's id;
 * the events `user.registered` and `passkey.added`.
 * @throws QueryFailedError when a user has the identifier, a name like it, or the credential
 */
export const register = (tables: string) =>
  prepared(
    `WITH proof AS (
       SELECT FROM ${tables}verification_records r
        WHERE r.interaction_id = $1 AND r.id = $2 AND r.ceremony = 'registration' AND r.status = 'verified'
          AND r.expires_at > now() AND NOT r.request ? 'invitation'
          AND (r.request->'identifier'->>'type' <> 'username' OR r.request->>'usernamePolicy' = $6)
          FOR UPDATE),
     present AS (
       SELECT i.* FROM proof JOIN ${tables}interactions i ON i.id = $1 FOR NO KEY UPDATE OF i),
     taken AS (
       DELETE FROM ${tables}verification_records r USING present p
        WHERE r.interaction_id = $1 AND r.id = $2 AND p.event = 'Register' AND p.user_id IS NULL AND p.expires_at > now()
          AND NOT EXISTS (
            SELECT FROM ${tables}verification_records a WHERE a.interaction_id = $1 AND a.ceremony = 'address')
       RETURNING r.request->'identifier' AS identifier, r.request->>'skeleton' AS skeleton, r.user_handle,
                 r.new_credential, r.amr, r.verified_at),
     person AS (
       INSERT INTO ${tables}users (id, tenant, user_handle)
       SELECT $4, $5, user_handle FROM taken RETURNING id),
     name AS (
       INSERT INTO ${tables}user_identifiers (tenant, type, value, user_id, skeleton)
       SELECT $5, identifier->>'type', identifier->>'value', person.id, skeleton FROM taken, person RETURNING user_id),
     passkey AS (
       INSERT INTO ${tables}credential_records
         (id, user_id, user_handle, ${NEW_CREDENTIAL.columns})
       SELECT $7, name.user_id, user_handle, ${NEW_CREDENTIAL.values}
         FROM taken, name, jsonb_to_record(new_credential) AS c (${NEW_CREDENTIAL.members})
       RETURNING id),
     identified AS (
       SELECT person.id AS user_id, amr, verified_at, passkey.id AS passkey_id FROM taken, person, passkey),
     ${renewed(tables)},
     ${auditStatement(tables, 'taken', 8, { prefix: 'registered_' })},
     ${auditStatement(tables, 'taken', 14, {
       prefix: 'added_',
       details: `jsonb_build_object('credentialId', new_credential->'credentialId')`,
     })}
     SELECT new_credential->>'credentialId' AS "credentialId", identifier FROM taken`,
  );

/**
 * Spends an interaction in which a passkey identified the user, with its records, and begins a session in place of the
 * browser's last one; of the same user an idle one stays, on which hangs what outlives idleness (offline access). Nothing is changed
 * where anything stands against it, or the user came by a code, which ends more.
 * @param idleTtl seconds
 */
export const submit = (tables: string, idleTtl: number) =>
  prepared(
    `WITH present AS (
       SELECT user_id, passkey_id FROM ${tables}interactions WHERE id = $1 AND expires_at > now()),
     ${lockedOwner(tables, 'present')},
     taken AS (
       DELETE FROM ${tables}interactions i USING owner, passkey
        WHERE i.id = $1 AND i.user_id = owner.id AND i.passkey_id = passkey.id AND NOT 'otp' = ANY (i.amr)
          AND i.authenticated_at >= owner.proofs_void_before
       RETURNING i.*),
     records AS (
       DELETE FROM ${tables}verification_records r USING taken WHERE r.interaction_id = $1),
     ended AS (
       DELETE FROM ${tables}sessions s USING taken WHERE s.id = $2
          AND (s.user_id <> taken.user_id OR s.last_seen_at > now() - ${idleTtl} * interval '1 second')),
     begun AS (
       INSERT INTO ${tables}sessions
         (id, public_id, user_id, amr, authenticated_at, passkey_id, address, browser, expires_at)
       SELECT $3, $4, user_id, amr, authenticated_at, passkey_id, $5, $6, now() + $7 * interval '1 second' FROM taken),
     ${auditStatement(tables, 'taken', 8, { userId: 'user_id', details: `jsonb_build_object('amr', amr)` })}
     SELECT user_id AS "userId", amr FROM taken`,
  );
