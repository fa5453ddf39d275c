import { randomUUID } from 'node:crypto';
import { Browser, expectStatus } from '../support/browser';
import { TestServer } from '../support/test-server';

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
    for (let turn = 0; turn < 12; turn += 1) await ask();
    // PostgreSQL plans the first five anew, whatever they are.
    expect(
      await server.query(
        `SELECT generic_plans > 0 AS kept FROM pg_prepared_statements WHERE statement LIKE '%offered AS%WITH ORDINALITY%'`,
      ),
    ).toEqual([{ kept: true }]);
  } finally {
    await server.stop();
  }
});
