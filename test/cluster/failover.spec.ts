import { randomUUID } from 'node:crypto';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { ServerProcess } from '../faults/support/server-process';
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
    ServerProcess.start({ DATABASE_URL: databaseUrl, MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN }, { ready });

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

  describe.each(['through HAProxy', 'by their list of hosts'])('%s', (way) => {
    let server: ServerProcess;
    beforeAll(async () => {
      server = await start(
        way === 'through HAProxy' ? postgres.url(database) : postgres.urlOfHosts(database),
      );
    });
    afterAll(() => server.stop('SIGKILL'));

    it.each(Object.keys(handOvers))(
      'lose nothing that was acknowledged when the primary is %s',
      async (how) => {
        const { lose, mend } = handOvers[how]!;
        const taken: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          await postgres.untilWhole();
          const [former, next] = [await postgres.primary(), await postgres.standby()];
          const person = new Browser(server);
          const identifier = freshUsername();
          await person.register(identifier);
          const options = expectStatus(200, await person.authenticationOptions(identifier));
          const assertion = person.authenticator.authenticate(options.authenticationOptions);
          expectStatus(200, await person.verifyAuthentication(options.verificationId, assertion));

          const load = new Lives(() => server);
          try {
            await load.until(20);
            await lose(former);
            await postgres.untilPrimary(next);
            const began = performance.now();
            await load.until(1);
            taken.push(performance.now() - began);
            await load.until(20);
          } finally {
            await load.stop();
            await mend(former);
          }
          // A challenge that was spent before stays spent, once there is a database to ask.
          const again = await answered(() => person.verifyAuthentication(options.verificationId, assertion));
          expect([400, 404]).toContain(again);

          const failed = load.outcomes.filter(({ status }) => status === null || status >= 300);
          for (const outcome of failed) {
            expect(outcome).toMatchObject({
              ...{ status: 503, code: 'database.unavailable' },
              retryAfter: expect.stringMatching(/^\d+$/),
            });
          }
          const [there, suspended, withPasskey] = [
            names(await next.query(IDENTIFIERS, database)),
            names(await next.query(`${IDENTIFIERS} WHERE u.suspended`, database)),
            names(
              await next.query(
                `${IDENTIFIERS} JOIN passkey.credential_records c ON c.user_id = u.id`,
                database,
              ),
            ),
          ];
          expect(load.acknowledged.filter((name) => !there.has(name))).toEqual([]);
          expect(load.suspended.filter((name) => !suspended.has(name))).toEqual([]);
          expect(load.revoked.filter((name) => withPasskey.has(name))).toEqual([]);
          expect(load.suspended.length).toBeGreaterThan(0);
          expect(load.revoked.length).toBeGreaterThan(0);
          await postgres.untilWhole();
        }
        const shown = taken.map((ms) => Math.round(ms)).sort((a, b) => a - b);
        console.log(`${way}, ${how}: served again ${shown.join(', ')} ms after the new primary takes writes`);
        expect(Math.max(...taken)).toBeLessThan(2_000);
      },
    );
  });

  it('a server that is led to the standby answers no question from it', async () => {
    await postgres.untilWhole();
    const server = await start((await postgres.standby()).url(database), false);
    await new Promise((resolve) => server.child.once('exit', resolve));
    expect(server.output).toBe('DATABASE_URL: is a standby, which takes no writes\n');
  });
});
