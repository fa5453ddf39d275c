import type { Socket } from 'node:net';
import { prepared, PreparedStatements } from '../libs/experience-verification/src/prepared-statements';
import { TestServer } from './support/test-server';

/** What is used of the inside of the `pg` driver's pool: nothing else can break a connection that is in use. */
interface Pool {
  _clients: { connection: { stream: Socket } }[];
}

describe('a prepared statement whose connection breaks', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('fails by itself, and the server serves on', async () => {
    const statements = server.app.get(PreparedStatements, { strict: false });
    const { master: pool } = server.database.dataSource.driver as unknown as { master: Pool };
    const broken = statements.query(prepared('SELECT pg_sleep($1)'), [1]).catch((error: unknown) => error);
    setTimeout(() => {
      for (const { connection } of pool._clients) connection.stream.destroy();
    }, 200);
    expect(String(await broken)).toMatch(/terminated unexpectedly/);
    expect(await statements.query(prepared('SELECT $1::int AS one'), [1])).toEqual([{ one: 1 }]);
  });
});
