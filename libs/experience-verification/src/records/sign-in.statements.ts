import { auditStatement, EVENT_COLUMNS } from '../audit/audit.repository';
import { prepared } from '../database/prepared-statements';
import { shared, type SharedByMany } from '../database/shared-statement';
import type { idById } from '../users/user-lookup';
import { MOST_OFFERED } from '../webauthn/webauthn-types';

/*
 * The statements of a sign-in's ceremony. They join tables that other folders own (users, credential records, interactions):
 * so that options take one statement, and a verification two.
 *
 * Beside each is the one for many calls. It waits for no row: what another transaction has locked it leaves, and of
 * calls that need the same row it answers the first. The others are asked alone, so that whatever is decided between
 * calls, or between servers, is decided by the statement for one.
 */

const RECORD = 'interaction_id, id, challenge, rp_id, request, expires_at, ceremony';

/** A pending record to be made. */
const PENDING = {
  interaction_id: 'bytea',
  id: 'uuid',
  challenge: 'bytea',
  rp_id: 'text',
  request: 'jsonb',
  ttl: 'float8',
  ceremony: 'text',
};

/**
 * Finds a user's passkeys, the latest used first, and makes the record: none without a passkey, unless it is a decoy.
 * @param account query of the user's id
 * @param columns of what `account` takes
 */
export const begin = (
  tables: string,
  account: typeof idById,
  columns: Record<string, string>,
): SharedByMany => ({
  one: prepared(
    `WITH account AS (${account(tables, 9)}),
          passkeys AS (
            SELECT c.credential_id, c.transports FROM account a
              JOIN ${tables}credential_records c ON c.user_id = a.id AND c.rp_id = $4
             ORDER BY coalesce(c.last_used_at, c.created_at) DESC, c.id LIMIT ${MOST_OFFERED}),
          record AS (
            INSERT INTO ${tables}verification_records
              (${RECORD}, user_id, decoy)
            SELECT $1, $2, $3, $4, $5, now() + $6 * interval '1 second', $7,
                   (SELECT id FROM account), NOT EXISTS (SELECT FROM passkeys)
             WHERE $8 OR EXISTS (SELECT FROM passkeys))
     SELECT p.credential_id AS "credentialId", p.transports FROM account LEFT JOIN passkeys p ON true`,
  ),
  many: shared(
    { ...PENDING, may_be_decoy: 'boolean', ...columns },
    (calls) =>
      `WITH offered AS (
            SELECT call.*, account.id AS account_id, p.credential_id, p.transports, p.place FROM ${calls}
              LEFT JOIN LATERAL (${account(tables, Object.keys(columns).map(ofCall))}) AS account ON true
              LEFT JOIN LATERAL (
                SELECT c.credential_id, c.transports, row_number() OVER latest AS place
                  FROM ${tables}credential_records c WHERE c.user_id = account.id AND c.rp_id = call.rp_id
                WINDOW latest AS (ORDER BY coalesce(c.last_used_at, c.created_at) DESC, c.id)
                 ORDER BY place LIMIT ${MOST_OFFERED}) AS p ON true),
          record AS (
            INSERT INTO ${tables}verification_records
              (${RECORD}, user_id, decoy)
            SELECT interaction_id, id, challenge, rp_id, request, now() + ttl * interval '1 second', ceremony,
                   account_id, place IS NULL
              FROM offered WHERE place = 1 OR place IS NULL AND may_be_decoy)
     SELECT n::int, credential_id AS "credentialId", transports FROM offered WHERE account_id IS NOT NULL`,
  ),
});

const ofCall = (column: string): string => `call.${column}`;

export const beginDiscoverable = (tables: string): SharedByMany => ({
  one: prepared(
    `INSERT INTO ${tables}verification_records
     (${RECORD})
   VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 second', $7)`,
  ),
  many: shared(
    PENDING,
    (calls) =>
      `INSERT INTO ${tables}verification_records
     (${RECORD})
   SELECT interaction_id, id, challenge, rp_id, request, now() + ttl * interval '1 second', ceremony FROM ${calls}`,
  ),
});

/** Authenticators without a counter always say zero. */
const counterMovedOn = (received: string) =>
  `(${received} > c.sign_count OR (${received} = 0 AND c.sign_count = 0))`;

/**
 * Whether this very statement marks a clone is told by the mark's time (see CLONE): one that another has set in the same moment, a
 * millisecond of the embedded database's clock, is put before it.
 * @param received SQL for each value of the assertion
 */
const credentialUpdate = (received: Record<'signCount' | 'state' | 'eligible' | 'handle', string>) =>
  `sign_count = greatest(${received.signCount}, c.sign_count), backup_state = ${received.state}, last_used_at = now(),
            backup_eligible = coalesce(c.backup_eligible, ${received.eligible}),
            user_handle = coalesce(c.user_handle, ${received.handle}),
            clone_suspected_at = CASE WHEN NOT ${counterMovedOn(received.signCount)} THEN now()
              WHEN c.clone_suspected_at = now() THEN now() - interval '1 microsecond' ELSE c.clone_suspected_at END`;

const CLONE = 'coalesce(c.clone_suspected_at = now(), false) AS clone';

const CLONE_EVENT_COLUMNS = Object.fromEntries(
  Object.entries(EVENT_COLUMNS).map(([name, type]) => [`clone_${name}`, type]),
);

/**
 * With a second event, a counter that has not moved on marks the passkey, and is that event, rather than being refused. Of two calls of
 * one credential record the second must see what the first has made of it.
 */
export const complete = (tables: string): SharedByMany => ({
  one: prepared(
    `WITH held AS (
     SELECT FROM ${tables}verification_records WHERE interaction_id = $1 AND id = $2 AND status = 'spent' FOR NO KEY UPDATE),
   credential AS (
     UPDATE ${tables}credential_records c
        SET ${credentialUpdate({ signCount: '$4', state: '$5', eligible: '$6', handle: '$7' })}
       FROM held WHERE c.id = $3 AND ($16::uuid IS NOT NULL OR ${counterMovedOn('$4')})
     RETURNING c.id, c.user_id, ${CLONE}),
   record AS (
     UPDATE ${tables}verification_records r
        SET status = 'verified', user_id = c.user_id, credential_record_id = c.id, amr = $9,
            verified_at = now(),
            expires_at = now() + $8 * interval '1 second'
       FROM credential c WHERE r.interaction_id = $1 AND r.id = $2
     RETURNING r.id),
   ${auditStatement(tables, 'record', 10)},
   clone AS (SELECT FROM record, credential WHERE clone AND $16 IS NOT NULL),
   ${auditStatement(tables, 'clone', 16, { prefix: 'clone_' })}
   SELECT clone AS "cloneSuspected", now() AS "verifiedAt" FROM record, credential`,
  ),
  many: shared(
    {
      interaction_id: 'bytea',
      id: 'uuid',
      credential_record_id: 'uuid',
      sign_count: 'bigint',
      backup_state: 'boolean',
      backup_eligible: 'boolean',
      user_handle: 'bytea',
      ttl: 'float8',
      amr: 'text',
      ...EVENT_COLUMNS,
      ...CLONE_EVENT_COLUMNS,
    },
    (calls) =>
      `WITH held AS (
     SELECT call.* FROM (
              SELECT DISTINCT ON (credential_record_id) * FROM ${calls} ORDER BY credential_record_id, n) AS call
       JOIN ${tables}credential_records c ON c.id = call.credential_record_id 
        AND (call.clone_event_id IS NOT NULL OR ${counterMovedOn('call.sign_count')})
       JOIN ${tables}verification_records r
         ON r.interaction_id = call.interaction_id AND r.id = call.id AND r.status = 'spent'
        FOR NO KEY UPDATE OF c, r SKIP LOCKED),
   credential AS (
     UPDATE ${tables}credential_records c
        SET ${credentialUpdate({
          signCount: 'call.sign_count',
          state: 'call.backup_state',
          eligible: 'call.backup_eligible',
          handle: 'call.user_handle',
        })}
       FROM held call WHERE c.id = call.credential_record_id
     RETURNING call.*, c.user_id, ${CLONE}),
   record AS (
     UPDATE ${tables}verification_records r
        SET status = 'verified', user_id = c.user_id, credential_record_id = c.credential_record_id,
            amr = c.amr::text[], verified_at = now(), expires_at = now() + c.ttl * interval '1 second'
       FROM credential c WHERE r.interaction_id = c.interaction_id AND r.id = c.id
     RETURNING c.*),
   ${auditStatement(tables, 'record', Object.keys(EVENT_COLUMNS))},
   clone AS (SELECT * FROM record WHERE clone AND clone_event_id IS NOT NULL),
   ${auditStatement(tables, 'clone', Object.keys(CLONE_EVENT_COLUMNS), { prefix: 'clone_' })}
   SELECT n::int, clone AS "cloneSuspected", now() AS "verifiedAt" FROM record`,
    { leavesSome: true },
  ),
});

const PENDING_STILL = `status = 'pending' AND expires_at > now()`;

/** @param credentialId SQL for the ID that the answer names */
const spentRow = (tables: string, credentialId: string) =>
  `r.id, r.interaction_id AS "interactionId", r.rp_id AS "rpId", r.challenge, r.request,
            r.user_id AS "userId", r.decoy, r.user_handle AS "userHandle", i.user_id AS "identifiedUserId",
            c.id AS "credentialRecordId", c.user_id AS "ownerId", c.user_handle AS "ownerHandle", u.tenant, u.suspended,
            c.public_key AS "publicKey", c.sign_count::float8 AS "signCount",
            c.backup_eligible AS "backupEligible", c.attested_model AS "attestedModel",
            c.bound_at <= r.created_at AS offered,
            c.id IS NULL AND EXISTS (
              SELECT FROM ${tables}deleted_credentials d
               WHERE d.rp_id = r.rp_id AND d.credential_hash = sha256(${credentialId})) AS "deletedHere",
            coalesce(r.user_id = u.id AND r.created_at < u.proofs_void_before, false) AS void
       FROM spent r
       LEFT JOIN ${tables}interactions i ON i.id = r.interaction_id AND i.expires_at > now()
       LEFT JOIN ${tables}credential_records c ON c.rp_id = r.rp_id AND c.credential_id = ${credentialId}
       LEFT JOIN ${tables}users u ON u.id = c.user_id`;

const latest = (tables: string, [interactionId, ceremony, rpId]: readonly string[]) =>
  `(SELECT id FROM ${tables}verification_records r
     WHERE r.interaction_id = ${interactionId} AND r.ceremony = ${ceremony} AND r.rp_id = ${rpId} AND ${PENDING_STILL}
     ORDER BY created_at DESC, id DESC LIMIT 1)`;

/** Spends the challenge, the latest where no id is named, and reads the credential record that the answer names. */
export const spend = (tables: string): SharedByMany => ({
  one: prepared(
    `WITH spent AS (
       UPDATE ${tables}verification_records SET status = 'spent'
        WHERE interaction_id = $1 AND ceremony = $2 AND rp_id = $3
          AND id = coalesce($5::uuid, ${latest(tables, ['$1', '$2', '$3'])}) AND ${PENDING_STILL}
       RETURNING *)
     SELECT ${spentRow(tables, '$4')}`,
  ),
  many: shared(
    { interaction_id: 'bytea', ceremony: 'text', rp_id: 'text', credential_id: 'bytea', id: 'uuid' },
    (calls) =>
      `WITH meant AS (
       SELECT call.*, coalesce(call.id, ${latest(tables, ['call.interaction_id', 'call.ceremony', 'call.rp_id'])}) AS record_id
         FROM ${calls}),
     held AS (
       SELECT call.n, call.credential_id, r.interaction_id, r.id
         FROM (SELECT DISTINCT ON (interaction_id, record_id, ceremony, rp_id) * FROM meant
                ORDER BY interaction_id, record_id, ceremony, rp_id, n) AS call
         JOIN ${tables}verification_records r
           ON r.interaction_id = call.interaction_id AND r.id = call.record_id
          AND r.ceremony = call.ceremony AND r.rp_id = call.rp_id AND ${PENDING_STILL}
          FOR NO KEY UPDATE OF r SKIP LOCKED),
     spent AS (
       UPDATE ${tables}verification_records r SET status = 'spent'
         FROM held WHERE r.interaction_id = held.interaction_id AND r.id = held.id
       RETURNING r.*, held.n, held.credential_id AS answered)
     SELECT r.n::int, ${spentRow(tables, 'r.answered')}`,
    { leavesSome: true },
  ),
});

/** Takes a verified record, with the present state of its user and passkey. */
export const take = (tables: string): string =>
  `WITH taken AS (
         DELETE FROM ${tables}verification_records
          WHERE interaction_id = $1 AND id = $2 AND status = 'verified' AND expires_at > now()
         RETURNING *)
       SELECT r.ceremony, r.user_id AS "userId", r.user_handle AS "userHandle", r.request, r.amr,
              r.new_credential AS "newCredential", u.suspended,
              r.verified_at AS "verifiedAt", r.credential_record_id AS "passkeyId",
              coalesce(r.created_at < u.proofs_void_before, false) AS void,
              r.credential_record_id IS NOT NULL AND c.id IS NULL AS "passkeyRemoved"
         FROM taken r
         LEFT JOIN ${tables}users u ON u.id = r.user_id
         LEFT JOIN ${tables}credential_records c ON c.id = r.credential_record_id AND c.user_id = r.user_id`;
