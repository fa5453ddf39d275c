import { randomUUID } from 'node:crypto';
import { RelyingApplication } from '../openid/relying-application';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { DatabaseRelay } from '../support/database-relay';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { until } from '../support/until';
import { ServerProcess } from '../faults/support/server-process';
import { expectKept, SignIns } from '../faults/support/sign-ins';
import { Answers } from './support/answers';
import { HighlyAvailablePostgres, type Node } from './support/highly-available-postgres';
import { Lives } from './support/lives';

/** Of each kind. */
const ROUNDS = Number(process.env['FAILOVER_ROUNDS'] ?? 1);

const names = (rows: { value: string }[]) => new Set(rows.map(({ value }) => value));

const IDENTIFIERS = 'SELECT i.value FROM passkey.user_identifiers i JOIN passkey.users u ON u.id = i.user_id';

/** The status, once it is not that the database is away. */
async function answered(ask: () => Promise<{ status: number }>): Promise<number> {
  for (const deadline = Date.now() + 10_000; ;) {
    const { status } = await ask();
    if (status !== 503 || Date.now() > deadline) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Of a browser's step, or as openid-client has it. */
function isToldToComeAgain(error: unknown): boolean {
  const { status, cause } = error as { status?: number; cause?: { status?: number } };
  return status === 503 || cause?.status === 503 || /\b503\b/.test(String(error));
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const inOrder = (figures: number[]) =>
  figures
    .map(Math.round)
    .sort((a, b) => a - b)
    .join(', ');

describe('two PostgreSQL nodes that Patroni looks after', () => {
  let postgres: HighlyAvailablePostgres;
  let database: string;
  beforeAll(async () => {
    postgres = await HighlyAvailablePostgres.start();
    database = `passkey_${randomUUID().replaceAll('-', '')}`;
    await (await postgres.primary()).query(`CREATE DATABASE ${database}`);
  });
  afterAll(() => postgres.stop());

  const start = (databaseUrl: string, ready = true) =>
    ServerProcess.start(
      {
        DATABASE_URL: databaseUrl,
        MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
        SECRET: 'a-secret-of-the-server-0123456789',
      },
      { ready },
    );

  /** What each kind of hand-over does to the primary, and what brings it back. */
  const handOvers: Record<string, { lose: (primary: Node) => unknown; mend: (former: Node) => unknown }> = {
    killed: {
      lose: (primary) => {
        primary.kill();
      },
      mend: (former) => former.startAgain(),
    },
    'cut off': {
      lose: (primary) => {
        primary.cutOff();
      },
      mend: (former) => {
        former.connectAgain();
      },
    },
    'switched over': { lose: () => postgres.switchOver(), mend: () => undefined },
  };

  /** All that was acknowledged holds on the node that has taken over. */
  const expectNoneLost = async (load: Lives, next: Node) => {
    const missing = async (acknowledged: string[], sql: string) => {
      const there = names(await next.query(sql, database));
      return acknowledged.filter((name) => !there.has(name));
    };
    expect(await missing(load.acknowledged, IDENTIFIERS)).toEqual([]);
    expect(await missing(load.suspended, `${IDENTIFIERS} WHERE u.suspended`)).toEqual([]);
    const withPasskey = `${IDENTIFIERS} JOIN passkey.credential_records c ON c.user_id = u.id`;
    expect(await missing(load.revoked, withPasskey)).toEqual(load.revoked);
    const accounts = load.signedIn.map((browser) => answered(() => browser.get('/api/my-account')));
    expect(await Promise.all(accounts)).toEqual(load.signedIn.map(() => 200));
  };

  describe.each(['through HAProxy', 'by their list of hosts'])('%s', (way) => {
    let server: ServerProcess;
    let shop: RelyingApplication;
    beforeAll(async () => {
      await postgres.untilWhole();
      server = await start(
        way === 'through HAProxy' ? postgres.url(database) : postgres.urlOfHosts(database),
      );
      shop = await RelyingApplication.start(server);
    });
    afterAll(() => server.stop('SIGKILL'));

    it.each(Object.keys(handOvers))(
      'lose nothing that was acknowledged when the primary is %s',
      async (how) => {
        const { lose, mend } = handOvers[how]!;
        const taken: number[] = [];
        const sums = { registered: 0, signedIn: 0, suspended: 0, revoked: 0, redeemed: 0, refused: 0 };
        for (let round = 0; round < ROUNDS; round += 1) {
          await postgres.untilWhole();
          const [former, next] = [await postgres.primary(), await postgres.standby()];
          const person = new Browser(server);
          const identifier = freshUsername();
          await person.register(identifier);
          const options = expectStatus(200, await person.authenticationOptions(identifier));
          const assertion = person.authenticator.authenticate(options.authenticationOptions);
          expectStatus(200, await person.verifyAuthentication(options.verificationId, assertion));

          const answers = new Answers(server);
          const load = new Lives(() => server, 4);
          const toShop = new SignIns(server, shop, 2);
          const goOn = () => Promise.all([load.until(12), toShop.until(toShop.acknowledged.length + 4)]);
          try {
            await goOn();
            await lose(former);
            await postgres.untilPrimary(next);
            const began = performance.now();
            await until(() => answers.servedAfter(began) !== undefined, 'not served', 60);
            taken.push(answers.servedAfter(began)! - began);
            await goOn();
          } finally {
            await Promise.all([load.stop(), toShop.stop()]);
            answers.stop();
            await mend(former);
          }
          // A challenge that was spent before stays spent, once there is a database to ask.
          const again = await answered(() => person.verifyAuthentication(options.verificationId, assertion));
          expect([400, 404]).toContain(again);

          // What was still connected to the former primary is by now told that it is none.
          await postgres.untilWhole();
          expect(answers.wrong).toEqual([]);
          expect(toShop.wrong.filter((error) => !isToldToComeAgain(error))).toEqual([]);
          await expectNoneLost(load, next);
          for (const signIn of toShop.acknowledged) await expectKept(shop, signIn);
          sums.registered += load.acknowledged.length;
          sums.signedIn += load.signedIn.length;
          sums.suspended += load.suspended.length;
          sums.revoked += load.revoked.length;
          sums.redeemed += toShop.acknowledged.length;
          sums.refused += answers.refused;
        }
        await postgres.untilWhole();
        console.log(
          `${way}, ${how} ${taken.length} times: served again ${inOrder(taken)} ms after the new primary takes writes; acknowledged, and none lost: ${sums.registered} registrations, ${sums.signedIn} sign-ins, ${sums.suspended} suspensions, ${sums.revoked} passkeys taken away, ${sums.redeemed} codes redeemed and refresh tokens used; ${sums.refused} calls told to come again`,
        );
        expect(Math.min(sums.signedIn, sums.suspended, sums.revoked, sums.redeemed)).toBeGreaterThan(0);
        expect(Math.max(...taken)).toBeLessThan(2_000);
      },
      // Of each a minute or two where the machine is busy.
      240_000 * ROUNDS,
    );
  });

  it('are asked nothing that the former primary would answer, which was cut off and knows of no other', async () => {
    await postgres.untilWhole();
    const server = await start(postgres.urlOfHosts(database));
    const [former, next] = [await postgres.primary(), await postgres.standby()];
    try {
      const person = new Browser(server);
      await person.register(freshUsername());
      const ask = () => person.get('/api/my-account/passkeys');
      const crowd = () => Promise.all(Array.from({ length: 40 }, ask));
      await crowd();
      former.cutOff();
      await postgres.giveUpPrimary();
      await postgres.untilPrimary(next);
      await next.query('DELETE FROM passkey.sessions', database);
      const first = ask();
      await delay(4_000);
      const later = Array.from({ length: 5 }, ask);
      expect((await first).status).toBe(503);
      expect(await answered(() => new Browser(server).discoverableOptions())).toBe(200);
      former.connectDatabaseAgain();
      const statuses = [...(await Promise.all(later)), ...(await crowd())].map(({ status }) => status);
      expect(statuses.filter((status) => status !== 503 && status !== 401)).toEqual([]);
    } finally {
      await server.stop('SIGKILL');
      former.connectAgain();
    }
  });

  it('answer 503 where a proxy leads to the standby', async () => {
    await postgres.untilWhole();
    const [primary, standby] = [await postgres.primary(), await postgres.standby()];
    const relay = await DatabaseRelay.start({ location: { url: primary.url(database) } });
    const server = await start(relay.url);
    try {
      const person = new Browser(server);
      await person.register(freshUsername());
      relay.leadTo(standby.url(database));
      for (let times = 0; times < 20; times += 1)
        expect((await person.get('/api/my-account')).status).toBe(503);
      relay.leadTo(primary.url(database));
      expect(await answered(() => person.get('/api/my-account'))).toBe(200);
    } finally {
      await server.stop('SIGKILL');
      await relay.stop();
    }
  });

  it('a server that is led to the standby answers no question from it', async () => {
    await postgres.untilWhole();
    const server = await start((await postgres.standby()).url(database), false);
    await new Promise((resolve) => server.child.once('exit', resolve));
    expect(server.output).toBe('DATABASE_URL: is a standby, which takes no writes\n');
  });

  /** The primary is killed a second after its standby got the last of it. */
  it.each(['with', 'without'])('%s synchronous replication, a standby a second behind', async (way) => {
    await postgres.untilWhole();
    await postgres.replicateSynchronously(way === 'with');
    const [former, next] = [await postgres.primary(), await postgres.standby()];
    const server = await start(postgres.url(database));
    const load = new Lives(() => server);
    let acknowledgedMeanwhile: number;
    try {
      await load.until(20);
      await former.stopSending();
      const before = load.acknowledged.length;
      await delay(1_000);
      acknowledgedMeanwhile = load.acknowledged.length - before;
      former.kill();
      await postgres.untilPrimary(next);
      await load.until(5);
    } finally {
      await load.stop();
      await server.stop('SIGKILL');
      await former.startAgain();
    }
    const there = names(await next.query(IDENTIFIERS, database));
    const lost = load.acknowledged.filter((name) => !there.has(name)).length;
    console.log(
      `${way} synchronous replication: ${acknowledgedMeanwhile} registrations acknowledged in that second, ${lost} lost`,
    );
    expect(lost > 0).toBe(way === 'without');
    await postgres.replicateSynchronously(true);
    await postgres.untilWhole();
  });
});
