import {
  auditStatement,
  EVENT_COLUMNS,
  prepared,
  sessionLives,
  shared,
  sharedByMany,
  type SharedByMany,
} from 'nestjs-passkey-sign-in';
import { applicationInJson, userInJson } from './prefetched.statements';

/*
 * The statements on what the provider keeps. Those of a code flow join other folders' tables, and requests share them: so that
 * authorize takes three (with the module's own, of the session), token two, and userinfo one.
 */

const COLUMNS = {
  key: 'bytea',
  model: 'text',
  session_id: 'uuid',
  grant_key: 'bytea',
  user_code_key: 'bytea',
  client_id: 'text',
  offline: 'boolean',
  payload: 'bytea',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const VALUES = Object.keys(COLUMNS).map((_, index) => `$${index + 1}`);
const TTL = `$${VALUES.length + 1}`;

const insert = (table: string) =>
  `INSERT INTO ${table} (${NAMES}, expires_at) VALUES (${VALUES.join(', ')}, now() + ${TTL} * interval '1 second')`;

export const insertOnce = (tables: string) =>
  prepared(`${insert(`${tables}oidc_payloads`)} ON CONFLICT (key) DO NOTHING RETURNING true AS done`);

export const upsert = (tables: string) =>
  prepared(
    `${insert(`${tables}oidc_payloads`)}
     ON CONFLICT (key) DO UPDATE SET session_id = excluded.session_id, grant_key = excluded.grant_key,
       offline = excluded.offline, payload = excluded.payload, expires_at = excluded.expires_at`,
  );

/** Of ids that are new. What hangs on a session that somebody holds, or that has ended, is written, or refused, alone. */
export const insertMany = (tables: string) =>
  shared(
    { ...COLUMNS, ttl: 'float8' },
    (calls) =>
      `WITH call AS (SELECT * FROM ${calls}),
       held AS (
         SELECT call.* FROM call JOIN ${tables}sessions s ON s.public_id = call.session_id
            FOR KEY SHARE OF s SKIP LOCKED),
       written AS (
         INSERT INTO ${tables}oidc_payloads (${NAMES}, expires_at)
         SELECT ${NAMES}, now() + ttl * interval '1 second'
           FROM (SELECT * FROM held UNION ALL SELECT * FROM call WHERE session_id IS NULL) AS allowed
         RETURNING key)
       SELECT call.n::int FROM call JOIN written USING (key)`,
    { leavesSome: true },
  );

const UNUSED = 'p.consumed_at IS NULL AND p.expires_at > now()';
const USED = 'consumed_at = now()';

/** Marks it as used. Who of many is first is decided by the statement for one. */
export const consume = (tables: string): SharedByMany => ({
  one: prepared(
    `UPDATE ${tables}oidc_payloads p SET ${USED} WHERE p.key = $1 AND ${UNUSED} RETURNING true AS done`,
  ),
  many: shared(
    { key: 'bytea' },
    (calls) =>
      `WITH held AS (
         SELECT call.n, p.key FROM (SELECT DISTINCT ON (key) * FROM ${calls} ORDER BY key, n) AS call
           JOIN ${tables}oidc_payloads p ON p.key = call.key AND ${UNUSED} FOR NO KEY UPDATE OF p SKIP LOCKED)
       UPDATE ${tables}oidc_payloads p SET ${USED} FROM held WHERE p.key = held.key
       RETURNING held.n::int, true AS done`,
    { leavesSome: true },
  ),
});

const ISSUED = { ...COLUMNS, ttl: 'float8', code_key: 'bytea', ...EVENT_COLUMNS };

/** From where the calls' tokens may be given: they are written, each with its event. */
const give = (tables: string) => `
     written AS (
       INSERT INTO ${tables}oidc_payloads (${NAMES}, expires_at)
       SELECT ${NAMES}, now() + ttl * interval '1 second' FROM given),
     ${auditStatement(tables, 'given', Object.keys(EVENT_COLUMNS))}
     SELECT n::int, true AS done FROM given`;

/**
 * Writes a token, of an id that is new, and the event that tells of it, and marks the code that it is given for, if any, as used: all or
 * nothing. The session is held first, as whoever ends it does. Who of many is first is decided by the statement for one.
 */
export const issue = (tables: string): SharedByMany => ({
  one: prepared(
    `WITH call AS (
       SELECT ${Object.entries(ISSUED)
         .map(([name, type], index) => `$${index + 1}::${type} AS ${name}`)
         .join(', ')}, 1 AS n),
     session AS (
       SELECT s.public_id FROM call JOIN ${tables}sessions s ON s.public_id = call.session_id FOR KEY SHARE OF s),
     used AS (
       UPDATE ${tables}oidc_payloads p SET ${USED} FROM call, session
        WHERE p.key = call.code_key AND p.session_id = session.public_id AND ${UNUSED} RETURNING p.key),
     given AS (SELECT * FROM call WHERE code_key IS NULL OR code_key IN (SELECT key FROM used)),
     ${give(tables)}`,
  ),
  many: shared(
    ISSUED,
    (calls) =>
      `WITH call AS (
         SELECT DISTINCT ON (coalesce(code_key, key)) * FROM ${calls} ORDER BY coalesce(code_key, key), n),
       held AS (
         SELECT call.* FROM call JOIN ${tables}sessions s ON s.public_id = call.session_id
            FOR KEY SHARE OF s SKIP LOCKED),
       code AS (
         SELECT p.key FROM held JOIN ${tables}oidc_payloads p
             ON p.key = held.code_key AND p.session_id = held.session_id AND ${UNUSED}
            FOR NO KEY UPDATE OF p SKIP LOCKED),
       used AS (
         UPDATE ${tables}oidc_payloads p SET ${USED} FROM code WHERE p.key = code.key RETURNING p.key),
       given AS (
         SELECT * FROM held WHERE code_key IS NULL OR code_key IN (SELECT key FROM used)
         UNION ALL SELECT * FROM call WHERE session_id IS NULL AND code_key IS NULL),
       ${give(tables)}`,
    { leavesSome: true },
  ),
});

const FOUND = 'p.key, p.payload, extract(epoch FROM p.consumed_at)::int AS consumed';

/**
 * SQL: of an unexpired payload whose session, if it has one, lives.
 * @param idleTtl SQL of the seconds that a session may be idle
 */
const living = (tables: string, condition: string, idleTtl: string) =>
  `${tables}oidc_payloads p LEFT JOIN (${tables}sessions s JOIN ${tables}users u ON u.id = s.user_id AND ${sessionLives()})
       ON s.public_id = p.session_id AND (p.offline OR s.last_seen_at > now() - ${idleTtl} * interval '1 second')
    WHERE ${condition} AND p.expires_at > now() AND (p.session_id IS NULL OR u.id IS NOT NULL)`;

/** @param column that names one */
export const find = (tables: string, column: 'key' | 'user_code_key') =>
  prepared(`SELECT ${FOUND} FROM ${living(tables, `p.${column} = $1`, '$2')}`);

/**
 * With its grant, which is of the same session and need not be looked at again, and what else is asked for next.
 * @param grant SQL condition
 * @param further SQL of columns
 */
const findWith = (tables: string, grant: string, further: string) =>
  sharedByMany(
    { key: 'bytea', idle_ttl: 'float8', relying_party_id: 'text', client_id: 'text' },
    (calls) =>
      `SELECT call.n::int, p.key, p.payload, p.consumed, g.key AS "grantKey", g.payload AS "grantPayload", ${further}
         FROM ${calls}
         LEFT JOIN LATERAL (
           SELECT ${FOUND}, p.session_id, p.grant_key, p.client_id, p.offline, u.id AS user_id
             FROM ${living(tables, 'p.key = call.key', 'call.idle_ttl')}) AS p ON true
         LEFT JOIN LATERAL (
           SELECT g.key, g.payload FROM ${tables}oidc_payloads g
            WHERE ${grant} AND g.expires_at > now() AND (g.offline OR NOT p.offline)
            ORDER BY g.expires_at DESC LIMIT 1) AS g ON true`,
  );

const application = (tables: string, clientId: string) =>
  `(${applicationInJson(tables, clientId, 'call.relying_party_id')}) AS application`;

/** A code or token, the application that the request names or else the token, and the user. */
export const findTokenPayload = (tables: string) =>
  findWith(
    tables,
    'g.key = p.grant_key AND g.session_id IS NOT DISTINCT FROM p.session_id',
    `${application(tables, 'coalesce(call.client_id, p.client_id)')}, (${userInJson(tables, 'p.user_id')}) AS "user"`,
  );

/** A session, with what its user has granted the client, and that client's application. */
export const findSessionPayload = (tables: string) =>
  findWith(
    tables,
    `g.model = 'Grant' AND g.session_id = p.session_id AND g.client_id = call.client_id`,
    application(tables, 'call.client_id'),
  );
