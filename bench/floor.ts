import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { Pool } from 'pg';
import { ORIGIN, RP_ID } from './people';

/**
 * The floor: what a sign-in costs with node:http, pg and @simplewebauthn/server and nothing else. No validation,
 * log, metrics, limits, audit or cross-site checks. Its statements are prepared, its tables have what they need.
 */
const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });

const BEGIN = {
  name: 'begin',
  text: `WITH passkeys AS (SELECT c.credential_id, c.transports, c.user_id FROM floor.people p
                             JOIN floor.credentials c ON c.user_id = p.id WHERE p.username = $1),
              record AS (INSERT INTO floor.records (id, browser, challenge, user_id, expires_at)
                         SELECT $2, $3, $4, user_id, now() + interval '1 minute' FROM passkeys LIMIT 1)
         SELECT credential_id AS id, transports FROM passkeys`,
};

const SPEND = {
  name: 'spend',
  text: `WITH spent AS (UPDATE floor.records SET status = 1
                         WHERE id = $1 AND browser = $2 AND status = 0 AND expires_at > now()
                        RETURNING challenge, user_id)
         SELECT s.challenge, c.id, c.public_key AS "publicKey", c.counter::float8 AS counter
           FROM spent s JOIN floor.credentials c ON c.credential_id = $3 AND c.user_id = s.user_id`,
};

const COMPLETE = {
  name: 'complete',
  text: `WITH passkey AS (UPDATE floor.credentials SET counter = $2, backed_up = $3, last_used_at = now()
                           WHERE id = $1)
         UPDATE floor.records SET status = 2, expires_at = now() + interval '10 minutes' WHERE id = $4`,
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

async function options(body: { identifier: { value: string } }, response: ServerResponse): Promise<object> {
  const verificationId = randomUUID();
  const cookie = randomBytes(32).toString('base64url');
  const challenge = randomBytes(32);
  const { rows } = await pool.query<OfferedRow>(BEGIN, [
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
  response.setHeader('set-cookie', `browser=${cookie}; HttpOnly; Path=/; SameSite=Lax; Max-Age=3600`);
  return { verificationId, authenticationOptions };
}

async function verify(
  body: { verificationId: string; payload: AuthenticationResponseJSON },
  request: IncomingMessage,
): Promise<object> {
  const cookie = request.headers.cookie?.slice('browser='.length) ?? '';
  const { payload, verificationId } = body;
  const { rows } = await pool.query<SpentRow>(SPEND, [verificationId, hash(cookie), payload.id]);
  const [row] = rows;
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
  await pool.query(COMPLETE, [row.id, newCounter, credentialBackedUp, verificationId]);
  return { verificationId };
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const done = request.url?.endsWith('/verify')
      ? verify(body as Parameters<typeof verify>[0], request)
      : options(body as Parameters<typeof options>[0], response);
    done.then(
      (result) => {
        answer(response, 200, result);
      },
      (error: unknown) => {
        answer(response, 400, { message: String(error) });
      },
    );
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
