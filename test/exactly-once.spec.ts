import { describeExactlyOnce } from './support/exactly-once';
import { TestServer } from './support/test-server';

/** The embedded database takes one server; PostgreSQL has two here. */
const SERVERS = process.env['TEST_DATABASE_URL'] ? 2 : 1;

// Hundreds of whole ceremonies take their time on a busy machine.
jest.setTimeout(120_000);

describeExactlyOnce(`${SERVERS} server(s) in one process`, async () => {
  const servers: TestServer[] = [];
  for (let index = 0; index < SERVERS; index += 1) servers.push(await TestServer.start());
  return {
    servers,
    query: (sql, parameters) => servers[0]!.query(sql, parameters),
    close: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
});
