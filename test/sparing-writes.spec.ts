import { Browser, freshUsername } from './support/browser';
import { TestServer } from './support/test-server';

const SIGN_INS = 40;

describe('a sign-in', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ LOG_LEVEL: 'warn' });
  });
  afterAll(() => server.stop());

  it('updates its rows without writing an index', async () => {
    const browser = new Browser(server);
    const identifier = freshUsername();
    await browser.register(identifier);
    const pageOfRow = async () => {
      const [row] = await server.query<{ page: string }>(
        `SELECT split_part(ctid::text, ',', 1) AS page FROM passkey.credential_records`,
      );
      return row!.page;
    };
    const page = await pageOfRow();
    for (let count = 0; count < SIGN_INS; count++) await browser.signIn(identifier);
    // By the rows themselves, since statistics come late: an update that wrote an index would have moved the row
    // to another page, or left its index entry behind.
    const [row] = await server.query<{ indexed: string[] }>(
      `SELECT array_agg(DISTINCT a.attname::text) AS indexed
         FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid IN ('passkey.credential_records'::regclass, 'passkey.verification_records'::regclass)`,
    );
    const changed = [
      'sign_count',
      'backup_state',
      'backup_eligible',
      'last_used_at',
      'clone_suspected_at',
      'user_handle',
      'status',
      'credential_record_id',
    ];
    expect(row!.indexed.filter((column) => changed.includes(column))).toEqual([]);
    expect(await pageOfRow()).toBe(page);
  });

  it.each(['credential_records', 'verification_records', 'interactions', 'sessions'])(
    'finds room in the pages of %s',
    async (table) => {
      const rows = await server.query(
        `SELECT FROM pg_class WHERE oid = 'passkey.${table}'::regclass AND reloptions::text LIKE '%fillfactor=%'`,
      );
      expect(rows).toHaveLength(1);
    },
  );
});
