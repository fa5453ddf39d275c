import { randomUUID } from 'node:crypto';
import { Browser, expectStatus } from '../support/browser';
import { TestServer } from '../support/test-server';
import { until } from '../support/until';

const ACCOUNTS = 5_000;
const TOGETHER = 4;

/** PostgreSQL plans a statement anew at each run for as long as plans for the values at hand seem cheaper to it. */
it('a statement that few calls share is planned once for a connection, also among many accounts', async () => {
  const server = await TestServer.start({ GATHER_LEAST: String(TOGETHER) });
  try {
    await server.query(
      `INSERT INTO passkey.users (id, user_handle)
       SELECT gen_random_uuid(), sha256(i::text::bytea) FROM generate_series(1, ${ACCOUNTS}) AS i`,
    );
    await server.query(
      `INSERT INTO passkey.user_identifiers (tenant, type, value, user_id)
       SELECT 'default', 'username', id::text, id FROM passkey.users`,
    );
    await server.query(
      `INSERT INTO passkey.credential_records (id, user_id, rp_id, credential_id, public_key, sign_count, transports, aaguid,
                                               user_handle, backup_eligible, backup_state, uv_initialized, attestation_format)
       SELECT gen_random_uuid(), id, 'localhost', uuid_send(id), '', 0, '{internal}', $1, user_handle, true, true, true, 'none'
         FROM passkey.users`,
      [randomUUID()],
    );
    await server.query('ANALYZE');
    const names = await server.query<{ value: string }>(
      `SELECT value FROM passkey.user_identifiers LIMIT ${TOGETHER}`,
    );
    const browsers = names.map(({ value }) => ({
      browser: new Browser(server),
      identifier: { type: 'username', value } as const,
    }));
    const ask = () =>
      Promise.all(
        browsers.map(async ({ browser, identifier }) =>
          expectStatus(200, await browser.authenticationOptions(identifier)),
        ),
      );
    let runs = { anew: 0, kept: 0 };
    // Of the connection that answers: on a busy machine late calls are given others.
    const areEnough = async () => {
      await ask();
      const told = await server.query<typeof runs>(
        `SELECT custom_plans::int AS anew, generic_plans::int AS kept
           FROM pg_prepared_statements WHERE statement LIKE '%offered AS%WITH ORDINALITY%'`,
      );
      runs = told[0] ?? runs;
      // PostgreSQL plans the first five anew, whatever they are.
      return runs.anew + runs.kept > 6;
    };
    await until(areEnough, 'no connection ran the statement often enough');
    expect(runs.kept).toBeGreaterThan(0);
  } finally {
    await server.stop();
  }
});
