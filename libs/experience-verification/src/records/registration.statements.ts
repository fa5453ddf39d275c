import { auditStatement } from '../audit/audit.repository';
import { prepared, type PreparedStatement } from '../database/prepared-statements';
import { shared, type SharedByMany } from '../database/shared-statement';
import { IDENTIFIER_COLUMNS, isFree, isHandleFree } from '../users/user-lookup';

const RECORD = '(interaction_id, id, ceremony, challenge, rp_id, request, user_id, user_handle, expires_at)';
const NEW_USER = '(interaction_id, id, ceremony, status, challenge, rp_id, request, user_handle, expires_at)';

/**
 * The handle that this browser was given when it tried the same identifier before, or else this one from now on: an
 * authenticator puts the passkey of another try in the place of that which came to nothing (section 6.3.3, step 7).
 * Once a user has it, it is nobody else's.
 */
const earlierHandle = (tables: string, [interactionId, rpId, request]: readonly string[]) =>
  `SELECT r.user_handle FROM ${tables}verification_records r
    WHERE r.interaction_id = ${interactionId} AND r.ceremony = 'new-user' AND r.rp_id = ${rpId} AND r.expires_at > now()
      AND r.request->'identifier' = (${request})->'identifier'
      AND ${isHandleFree(tables, 'r.user_handle')}
    ORDER BY r.created_at, r.id LIMIT 1`;

/** SQL: whether the interaction is for a registration, by its own row. */
const registers = (tables: string, interactionId: string) =>
  `(SELECT i.event FROM ${tables}interactions i WHERE i.id = ${interactionId} AND i.expires_at > now()) = 'Register'`;

/**
 * Makes the record of a registration, unless a user has the identifier that it claims, or a name like it, if it claims one; or the
 * interaction must be for a registration, and is not. Of two tries of one browser the second must see the handle of the first.
 */
export const beginRegistration = (tables: string): SharedByMany => {
  const columns = { ...IDENTIFIER_COLUMNS, skeleton: 'text' };
  const claimed = Object.keys(columns).map((column) => `call.${column}`);
  const free = `(NOT $10::boolean OR ${registers(tables, '$1')}) AND ($12::text IS NULL OR ${isFree(tables, 11)})`;
  const one = prepared(
    `WITH earlier AS (${earlierHandle(tables, ['$1', '$4', '$5::jsonb'])}),
          kept AS (
            INSERT INTO ${tables}verification_records ${NEW_USER}
            SELECT $1, gen_random_uuid(), 'new-user', 'spent', '', $4, $5, $7, now() + $9 * interval '1 second'
             WHERE $6::uuid IS NULL AND ${free} AND NOT EXISTS (SELECT FROM earlier))
     INSERT INTO ${tables}verification_records ${RECORD}
     SELECT $1, $2, 'registration', $3, $4, $5, $6, coalesce((SELECT user_handle FROM earlier), $7),
            now() + $8 * interval '1 second'
      WHERE ${free}
     RETURNING user_handle AS "userHandle"`,
  );
  const many = shared(
    {
      interaction_id: 'bytea',
      id: 'uuid',
      challenge: 'bytea',
      rp_id: 'text',
      request: 'jsonb',
      user_id: 'uuid',
      user_handle: 'bytea',
      ttl: 'float8',
      keep_handle: 'float8',
      must_register: 'boolean',
      ...columns,
    },
    (calls) =>
      `WITH free AS (
       SELECT call.*, earlier.user_handle AS earlier_handle
         FROM (SELECT DISTINCT ON (interaction_id, rp_id, request->'identifier') * FROM ${calls}
                ORDER BY interaction_id, rp_id, request->'identifier', n) AS call
         LEFT JOIN LATERAL (${earlierHandle(tables, ['call.interaction_id', 'call.rp_id', 'call.request'])}) AS earlier ON true
        WHERE (NOT call.must_register OR ${registers(tables, 'call.interaction_id')})
          AND (call.identifier_type IS NULL OR ${isFree(tables, claimed)})),
     kept AS (
       INSERT INTO ${tables}verification_records ${NEW_USER}
       SELECT interaction_id, gen_random_uuid(), 'new-user', 'spent', '', rp_id, request, user_handle,
              now() + keep_handle * interval '1 second'
         FROM free WHERE user_id IS NULL AND earlier_handle IS NULL),
     record AS (
       INSERT INTO ${tables}verification_records ${RECORD}
       SELECT interaction_id, id, 'registration', challenge, rp_id, request, user_id,
              coalesce(earlier_handle, user_handle), now() + ttl * interval '1 second' FROM free)
     SELECT n::int, coalesce(earlier_handle, user_handle) AS "userHandle" FROM free`,
    { leavesSome: true },
  );
  return { one, many };
};

/** Marks the spent record verified, with the credential that waits to be bound. */
export const completeRegistration = (tables: string): PreparedStatement =>
  prepared(
    `WITH record AS (
       UPDATE ${tables}verification_records
          SET status = 'verified', new_credential = $3, amr = $5, verified_at = now(), expires_at = now() + $4 * interval '1 second'
        WHERE interaction_id = $1 AND id = $2 AND status = 'spent'
       RETURNING id),
     ${auditStatement(tables, 'record', 6)}
     SELECT FROM record`,
  );
