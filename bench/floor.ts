import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { Pool } from 'pg';
import { SharedQueries } from './floor-sharing';
import { ORIGIN, RP_ID } from './people';

/**
 * The floor: what a sign-in costs with node:http, pg and @simplewebauthn/server and nothing else. No validation,
 * log, metrics, limits, audit or cross-site checks. Its statements are prepared, its tables have what they need.
 * With FLOOR_SHARES=on those of a sign-in's first calls are shared by the requests that wait at once.
 */
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });

const queries = new SharedQueries(pool, process.env['FLOOR_SHARES'] === 'on');

const BEGIN = {
  name: 'begin',
  text: `WITH passkeys AS (SELECT c.credential_id, c.transports, c.user_id FROM floor.people p
                             JOIN floor.credentials c ON c.user_id = p.id WHERE p.username = $1),
              record AS (INSERT INTO floor.records (id, browser, challenge, user_id, expires_at)
                         SELECT $2, $3, $4, user_id, now() + interval '1 minute' FROM passkeys LIMIT 1)
         SELECT credential_id AS id, transports FROM passkeys`,
  many: `WITH calls AS (SELECT * FROM unnest((SELECT $1::text[]), (SELECT $2::uuid[]), (SELECT $3::bytea[]), (SELECT $4::text[]))
                          WITH ORDINALITY AS calls (username, id, browser, challenge, n)),
              passkeys AS (SELECT n, c.credential_id, c.transports, c.user_id FROM calls
                             JOIN floor.people p USING (username) JOIN floor.credentials c ON c.user_id = p.id),
              record AS (INSERT INTO floor.records (id, browser, challenge, user_id, expires_at)
                         SELECT DISTINCT ON (n) id, browser, challenge, user_id, now() + interval '1 minute'
                           FROM calls JOIN passkeys USING (n))
         SELECT n::int, credential_id AS id, transports FROM passkeys`,
};

const SPEND = {
  name: 'spend',
  text: `WITH spent AS (UPDATE floor.records SET status = 1
                         WHERE id = $1 AND browser = $2 AND status = 0 AND expires_at > now()
                        RETURNING challenge, user_id)
         SELECT s.challenge, c.id, c.public_key AS "publicKey", c.counter::float8 AS counter
           FROM spent s JOIN floor.credentials c ON c.credential_id = $3 AND c.user_id = s.user_id`,
  many: `WITH calls AS (SELECT * FROM unnest((SELECT $1::uuid[]), (SELECT $2::bytea[]), (SELECT $3::text[]))
                          WITH ORDINALITY AS calls (id, browser, credential_id, n)),
              spent AS (UPDATE floor.records r SET status = 1 FROM calls
                         WHERE r.id = calls.id AND r.browser = calls.browser AND status = 0 AND expires_at > now()
                        RETURNING n, calls.credential_id, challenge, user_id)
         SELECT n::int, s.challenge, c.id, c.public_key AS "publicKey", c.counter::float8 AS counter
           FROM spent s JOIN floor.credentials c USING (credential_id, user_id)`,
};

const COMPLETE = {
  name: 'complete',
  text: `WITH passkey AS (UPDATE floor.credentials SET counter = $2, backed_up = $3, last_used_at = now()
                           WHERE id = $1)
         UPDATE floor.records SET status = 2, expires_at = now() + interval '10 minutes' WHERE id = $4`,
  many: `WITH calls AS (SELECT * FROM unnest((SELECT $1::uuid[]), (SELECT $2::bigint[]), (SELECT $3::boolean[]), (SELECT $4::uuid[]))
                          WITH ORDINALITY AS calls (id, counter, backed_up, record, n)),
              passkey AS (UPDATE floor.credentials c SET counter = calls.counter, backed_up = calls.backed_up,
                                                         last_used_at = now()
                            FROM calls WHERE c.id = calls.id)
         UPDATE floor.records r SET status = 2, expires_at = now() + interval '10 minutes'
           FROM calls WHERE r.id = calls.record`,
};

const BEGIN_REGISTRATION = {
  name: 'begin registration',
  text: `INSERT INTO floor.records (id, browser, challenge, user_id, username, expires_at)
         SELECT $2, $3, $4, $5, $1, now() + interval '1 minute'
          WHERE NOT EXISTS (SELECT FROM floor.people WHERE username = $1)
         RETURNING id`,
};

const SPEND_REGISTRATION = {
  name: 'spend registration',
  text: `UPDATE floor.records SET status = 1
          WHERE id = $1 AND browser = $2 AND status = 0 AND expires_at > now() RETURNING challenge`,
};

const COMPLETE_REGISTRATION = {
  name: 'complete registration',
  text: `UPDATE floor.records SET status = 2, expires_at = now() + interval '10 minutes', credential_id = $2,
                                  public_key = $3, transports = $4 WHERE id = $1`,
};

const IDENTIFY = {
  name: 'identify',
  text: `WITH record AS (UPDATE floor.records SET status = 3 WHERE id = $1 AND browser = $2 AND status = 2
                         RETURNING id, user_id, username, credential_id, public_key, transports),
              person AS (INSERT INTO floor.people SELECT user_id, username FROM record WHERE username IS NOT NULL),
              passkey AS (INSERT INTO floor.credentials
                          SELECT id, user_id, credential_id, public_key, 0, true, transports FROM record
                           WHERE username IS NOT NULL)
         SELECT username IS NULL AS known FROM record`,
};

const SUBMIT = {
  name: 'submit',
  text: `WITH record AS (DELETE FROM floor.records WHERE browser = $1 AND status = 3 RETURNING user_id)
         INSERT INTO floor.sessions (cookie, user_id, expires_at)
         SELECT $2, user_id, now() + interval '1 day' FROM record RETURNING user_id`,
};

const ACCOUNT = {
  name: 'account',
  text: `SELECT p.id, p.username FROM floor.sessions s JOIN floor.people p ON p.id = s.user_id
          WHERE s.cookie = $1 AND s.expires_at > now()`,
};

interface OfferedRow {
  id: string;
  transports: AuthenticatorTransport[];
}

interface SpentRow {
  id: string;
  challenge: string;
  publicKey: Buffer;
  counter: number;
}

const hash = (text: string) => createHash('sha256').update(text).digest();

const setCookie = (response: ServerResponse, name: string, value: string) =>
  response.setHeader('set-cookie', `${name}=${value}; HttpOnly; Path=/; SameSite=Lax; Max-Age=3600`);

const cookieOf = (request: IncomingMessage, name: string): Buffer =>
  hash(new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? '');

interface Identified {
  identifier: { value: string };
}

async function options(body: Identified, response: ServerResponse): Promise<object> {
  const verificationId = randomUUID();
  const cookie = randomBytes(32).toString('base64url');
  const challenge = randomBytes(32);
  const rows = await queries.ask<OfferedRow>(BEGIN, [
    body.identifier.value,
    verificationId,
    hash(cookie),
    challenge.toString('base64url'),
  ]);
  if (rows.length === 0) throw new Error('no such user');
  const authenticationOptions = await generateAuthenticationOptions({
    rpID: RP_ID,
    challenge: new Uint8Array(challenge),
    userVerification: 'required',
    allowCredentials: rows,
  });
  setCookie(response, 'browser', cookie);
  return { verificationId, authenticationOptions };
}

async function verify(
  body: { verificationId: string; payload: AuthenticationResponseJSON },
  request: IncomingMessage,
): Promise<object> {
  const { payload, verificationId } = body;
  const [row] = await queries.ask<SpentRow>(SPEND, [
    verificationId,
    cookieOf(request, 'browser'),
    payload.id,
  ]);
  if (!row) throw new Error('no such challenge');
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: payload,
    expectedChallenge: row.challenge,
    expectedOrigin: ORIGIN,
    expectedRPID: RP_ID,
    credential: { id: payload.id, publicKey: new Uint8Array(row.publicKey), counter: row.counter },
  });
  if (!verified) throw new Error('the signature is not valid');
  const { newCounter, credentialBackedUp } = authenticationInfo;
  await queries.ask(COMPLETE, [row.id, newCounter, credentialBackedUp, verificationId]);
  return { verificationId };
}

function interact(response: ServerResponse): object {
  setCookie(response, 'browser', randomBytes(32).toString('base64url'));
  return {};
}

async function registrationOptions(body: Identified, request: IncomingMessage): Promise<object> {
  const [verificationId, userId] = [randomUUID(), randomUUID()];
  const challenge = randomBytes(32);
  const { value: userName } = body.identifier;
  const values = [
    userName,
    verificationId,
    cookieOf(request, 'browser'),
    challenge.toString('base64url'),
    userId,
  ];
  const { rowCount } = await pool.query(BEGIN_REGISTRATION, values);
  if (rowCount !== 1) throw new Error('the name is taken');
  const registrationOptions = await generateRegistrationOptions({
    rpID: RP_ID,
    rpName: 'Floor',
    userName,
    challenge: new Uint8Array(challenge),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { verificationId, registrationOptions };
}

async function verifyRegistration(
  body: { verificationId: string; payload: RegistrationResponseJSON },
  request: IncomingMessage,
): Promise<object> {
  const { payload, verificationId } = body;
  const values = [verificationId, cookieOf(request, 'browser')];
  const { rows } = await pool.query<{ challenge: string }>(SPEND_REGISTRATION, values);
  const [row] = rows;
  if (!row) throw new Error('no such challenge');
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: payload,
    expectedChallenge: row.challenge,
    expectedOrigin: ORIGIN,
    expectedRPID: RP_ID,
  });
  if (!verified) throw new Error('the attestation is not valid');
  const { id, publicKey, transports = [] } = registrationInfo.credential;
  await pool.query(COMPLETE_REGISTRATION, [verificationId, id, Buffer.from(publicKey), transports]);
  return { verificationId };
}

async function identify(body: { verificationId: string }, request: IncomingMessage): Promise<object> {
  const { rowCount } = await pool.query(IDENTIFY, [body.verificationId, cookieOf(request, 'browser')]);
  if (rowCount !== 1) throw new Error('no such record');
  return {};
}

async function submit(request: IncomingMessage, response: ServerResponse): Promise<object> {
  const cookie = randomBytes(32).toString('base64url');
  const { rowCount } = await pool.query(SUBMIT, [cookieOf(request, 'browser'), hash(cookie)]);
  if (rowCount !== 1) throw new Error('nobody is known');
  setCookie(response, 'session', cookie);
  return { redirectTo: '/account' };
}

async function account(request: IncomingMessage): Promise<object> {
  const { rows } = await pool.query<object>(ACCOUNT, [cookieOf(request, 'session')]);
  if (!rows[0]) throw new Error('signed out');
  return rows[0];
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function route(path: string, body: unknown, request: IncomingMessage, response: ServerResponse) {
  if (path.endsWith('/sign-in-web-authn/authentication')) return options(body as Identified, response);
  if (path.endsWith('/authentication/verify')) return verify(body as Parameters<typeof verify>[0], request);
  if (path.endsWith('/registration')) return registrationOptions(body as Identified, request);
  if (path.endsWith('/registration/verify')) {
    return verifyRegistration(body as Parameters<typeof verifyRegistration>[0], request);
  }
  if (path.endsWith('/identification')) return identify(body as { verificationId: string }, request);
  if (path.endsWith('/submit')) return submit(request, response);
  if (path.endsWith('/my-account')) return account(request);
  return Promise.resolve(interact(response));
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    route(request.url ?? '', body, request, response).then(
      (result) => {
        answer(response, 200, result);
      },
      (error: unknown) => {
        answer(response, 400, { message: String(error) });
      },
    );
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
