import { createServer } from 'node:http';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import pg from 'pg';

/** better-auth with its passkey plugin as its documentation sets it up, in production. */
const options = {
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }),
  baseURL: process.env.ORIGIN,
  secret: process.env.BETTER_AUTH_SECRET,
  trustedOrigins: [process.env.ORIGIN],
  // Limits are on in production; each caller has an address of its own.
  advanced: { ipAddress: { ipAddressHeaders: ['x-forwarded-for'] } },
  plugins: [passkey({ rpID: process.env.RP_ID, origin: process.env.ORIGIN })],
};
const auth = betterAuth(options);
const { runMigrations } = await getMigrations(options);
await runMigrations();
createServer(toNodeHandler(auth)).listen(Number(process.env.PORT), '127.0.0.1');
