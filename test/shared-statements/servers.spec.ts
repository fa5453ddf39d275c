import { Browser, expectStatus } from '../support/browser';
import { describeExactlyOnce } from '../support/exactly-once';
import { answerTo } from '../support/records';
import { signedIn } from '../support/signed-in';
import { TestServer } from '../support/test-server';

/** The embedded database takes one server. */
const SERVERS = process.env['TEST_DATABASE_URL'] ? 2 : 1;

const GATHERED = { GATHER_LEAST: '8' };

// Few of what GATHER_LEAST=8 does with all of test/exactly-once.spec.ts.
describeExactlyOnce(
  `${SERVERS} server(s) that share statements`,
  async () => {
    const servers: TestServer[] = [];
    for (let index = 0; index < SERVERS; index += 1) servers.push(await TestServer.start(GATHERED));
    return {
      servers,
      query: (sql, parameters) => servers[0]!.query(sql, parameters),
      close: async () => {
        await Promise.all(servers.map((server) => server.stop()));
      },
    };
  },
  24,
);

const PEOPLE = 6;
const ROUNDS = 6;

// The embedded database has one session.
const onTwoServers = process.env['TEST_DATABASE_URL'] ? describe : () => undefined;

onTwoServers('two servers that share statements, and others who lock the same rows', () => {
  let servers: TestServer[];
  beforeAll(async () => {
    servers = [await TestServer.start(GATHERED), await TestServer.start(GATHERED)];
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  const deadlocks = async () => {
    const [row] = await servers[0]!.query<{ deadlocks: string }>(
      `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
    );
    return Number(row!.deadlocks);
  };

  /** Everybody's passkey, one after the other in an order that changes, as no statement of the module's does. */
  const lockAll = async (userIds: string[], turn: number) => {
    const ordered = turn % 2 ? userIds : userIds.toReversed();
    await servers[0]!.database.dataSource.transaction(async (transaction) => {
      await transaction.query(`SELECT FROM passkey.users WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`, [
        userIds,
      ]);
      for (const userId of ordered) {
        await transaction.query(`SELECT FROM passkey.credential_records WHERE user_id = $1 FOR UPDATE`, [
          userId,
        ]);
      }
    });
  };

  it('never wait for each other in a circle, and everybody is answered', async () => {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => signedIn(servers[0]!)));
    const userIds = people.map(({ userId }) => userId);
    const before = await deadlocks();
    const statuses: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Each person twice at once, on both servers, in opposite orders.
      const attempts = await Promise.all(
        [people, people.toReversed()].flatMap((order, index) =>
          order.map(async ({ browser: { authenticator }, identifier }) => {
            const browser = new Browser(servers[index]!, authenticator);
            const created = expectStatus(200, await browser.authenticationOptions(identifier));
            return { browser, ...answerTo(browser, created) };
          }),
        ),
      );
      const [answers] = await Promise.all([
        Promise.all(
          attempts.map(({ browser, verificationId, payload }) =>
            browser.verifyAuthentication(verificationId, payload),
          ),
        ),
        lockAll(userIds, round),
        lockAll(userIds, round + 1),
      ]);
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses).toEqual(Array(2 * PEOPLE * ROUNDS).fill(200));
    expect(await deadlocks()).toBe(before);
  });
});
