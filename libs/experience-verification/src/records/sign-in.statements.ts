import { auditStatement } from '../audit/audit.repository';
import { prepared } from '../database/prepared-statements';
import type { idById } from '../users/user-lookup';
import { MOST_OFFERED } from '../webauthn/webauthn-types';

/*
 * The statements of a sign-in. They alone join tables that other folders own (users, credential records, interactions):
 * so that options take one statement and a verification two.
 */

/**
 * Finds a user's passkeys, the latest used first, and makes the record: none without a passkey, unless it is a decoy.
 * @param account query of the user's id
 */
export const begin = (schema: string, account: typeof idById) =>
  prepared(
    `WITH account AS (${account(schema, 9)}),
          passkeys AS (
            SELECT c.credential_id, c.transports FROM account a
              JOIN ${schema}.credential_records c ON c.user_id = a.id AND c.rp_id = $4
             ORDER BY coalesce(c.last_used_at, c.created_at) DESC, c.id LIMIT ${MOST_OFFERED}),
          record AS (
            INSERT INTO ${schema}.verification_records
              (interaction_id, id, challenge, rp_id, request, expires_at, ceremony, user_id, decoy)
            SELECT $1, $2, $3, $4, $5, now() + $6 * interval '1 second', $7,
                   (SELECT id FROM account), NOT EXISTS (SELECT FROM passkeys)
             WHERE $8 OR EXISTS (SELECT FROM passkeys))
     SELECT p.credential_id AS "credentialId", p.transports FROM account LEFT JOIN passkeys p ON true`,
  );

export const beginDiscoverable = (schema: string) =>
  prepared(
    `INSERT INTO ${schema}.verification_records
     (interaction_id, id, challenge, rp_id, request, expires_at, ceremony)
   VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 second', $7)`,
  );

/** Authenticators without a counter always say zero. */
const COUNTER_MOVED_ON = '($4 > sign_count OR ($4 = 0 AND sign_count = 0))';

/** `marks`: a counter that has not moved on marks the passkey, and is an event, rather than being refused. */
export const complete = (schema: string, marks: boolean) =>
  prepared(
    `WITH credential AS (
     UPDATE ${schema}.credential_records
        SET sign_count = greatest($4, sign_count), backup_state = $5, last_used_at = now(),
            backup_eligible = coalesce(backup_eligible, $6), user_handle = coalesce(user_handle, $7),
            clone_suspected_at = CASE WHEN ${COUNTER_MOVED_ON} THEN clone_suspected_at ELSE now() END
      WHERE id = $3 ${marks ? '' : `AND ${COUNTER_MOVED_ON}`}
     RETURNING id, user_id, coalesce(clone_suspected_at = now(), false) AS clone),
   record AS (
     UPDATE ${schema}.verification_records r
        SET status = 'verified', user_id = c.user_id, credential_record_id = c.id, amr = $9,
            verified_at = now(),
            expires_at = now() + $8 * interval '1 second'
       FROM credential c WHERE r.interaction_id = $1 AND r.id = $2 AND r.status = 'spent'
     RETURNING r.id),
   ${auditStatement(schema, 'record', 10)}
   ${marks ? `, clone AS (SELECT FROM record, credential WHERE clone), ${auditStatement(schema, 'clone', 16, { prefix: 'clone_' })}` : ''}
   SELECT clone AS "cloneSuspected", now() AS "verifiedAt" FROM record, credential`,
  );

/** Spends the challenge, and reads the credential record that the answer names. */
export const spend = (schema: string, id: string) =>
  prepared(
    `WITH spent AS (
       UPDATE ${schema}.verification_records SET status = 'spent'
        WHERE interaction_id = $1 AND ceremony = $2 AND rp_id = $3 AND id = ${id}
          AND status = 'pending' AND expires_at > now()
       RETURNING *)
     SELECT r.id, r.interaction_id AS "interactionId", r.rp_id AS "rpId", r.challenge, r.request,
            r.user_id AS "userId", r.decoy, r.user_handle AS "userHandle", i.user_id AS "identifiedUserId",
            c.id AS "credentialRecordId", c.user_id AS "ownerId", c.user_handle AS "ownerHandle", u.suspended,
            c.public_key AS "publicKey", c.sign_count::float8 AS "signCount",
            c.backup_eligible AS "backupEligible", c.attested_model AS "attestedModel",
            c.bound_at <= r.created_at AS offered,
            c.id IS NULL AND EXISTS (
              SELECT FROM ${schema}.deleted_credentials d
               WHERE d.rp_id = r.rp_id AND d.credential_hash = sha256($4)) AS "deletedHere",
            coalesce(r.user_id = u.id AND r.created_at < u.proofs_void_before, false) AS void
       FROM spent r
       LEFT JOIN ${schema}.interactions i ON i.id = r.interaction_id AND i.expires_at > now()
       LEFT JOIN ${schema}.credential_records c ON c.rp_id = r.rp_id AND c.credential_id = $4
       LEFT JOIN ${schema}.users u ON u.id = c.user_id`,
  );

export const spendLatest = (schema: string) =>
  spend(
    schema,
    `(SELECT id FROM ${schema}.verification_records
     WHERE interaction_id = $1 AND ceremony = $2 AND rp_id = $3 AND status = 'pending' AND expires_at > now()
     ORDER BY created_at DESC LIMIT 1)`,
  );

/** Takes a verified record, with the present state of its user and passkey. */
export const take = (schema: string): string =>
  `WITH taken AS (
         DELETE FROM ${schema}.verification_records
          WHERE interaction_id = $1 AND id = $2 AND status = 'verified' AND expires_at > now()
         RETURNING *)
       SELECT r.ceremony, r.user_id AS "userId", r.user_handle AS "userHandle", r.request, r.amr,
              r.new_credential AS "newCredential", u.suspended,
              r.verified_at AS "verifiedAt", r.credential_record_id AS "passkeyId",
              coalesce(r.created_at < u.proofs_void_before, false) AS void,
              r.credential_record_id IS NOT NULL AND c.id IS NULL AS "passkeyRemoved"
         FROM taken r
         LEFT JOIN ${schema}.users u ON u.id = r.user_id
         LEFT JOIN ${schema}.credential_records c ON c.id = r.credential_record_id AND c.user_id = r.user_id`;
