import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Client } from 'pg';
import { QueryFailedError } from 'typeorm';
import { toExperienceException } from '../libs/experience-verification/src/api/exception-to-answer';
import {
  prepared,
  PreparedStatements,
} from '../libs/experience-verification/src/database/prepared-statements';
import { TestServer } from './support/test-server';

/** What is used of the inside of the `pg` driver's pool: nothing else can break a connection that is in use. */
interface Pool {
  _clients: { connection: { stream: Socket } }[];
}

describe('a connection that breaks', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** Until the driver has noticed. */
  const breakConnections = () => {
    const { master: pool } = server.database.dataSource.driver as unknown as { master: Pool };
    const open = pool._clients.map(({ connection }) => connection.stream).filter((one) => !one.destroyed);
    return Promise.all(open.map((stream) => once(stream.destroy(), 'close')));
  };

  /** Until this statement is on a connection. */
  const sending = (statement: string) =>
    new Promise<void>((resolve) => {
      const { query } = Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
      const spy = jest.spyOn(Client.prototype, 'query') as unknown as jest.SpyInstance;
      spy.mockImplementation(function (this: Client, ...parameters: unknown[]) {
        if (JSON.stringify(parameters[0]).includes(statement)) {
          spy.mockRestore();
          setImmediate(resolve);
        }
        return query.apply(this, parameters);
      });
    });

  it('under a prepared statement ends that statement alone, and the server serves on', async () => {
    const statements = server.app.get(PreparedStatements, { strict: false });
    const sent = sending('pg_sleep');
    const broken = statements.query(prepared('SELECT pg_sleep($1)'), [1]).catch((error: unknown) => error);
    await sent;
    await breakConnections();
    expect(String(await broken)).toMatch(/terminated unexpectedly/);
    expect(await statements.query(prepared('SELECT $1::int AS one'), [1])).toEqual([{ one: 1 }]);
  });

  it('on which a value could not be sent is given up: the same statement is right and prepared as before', async () => {
    const statements = server.app.get(PreparedStatements, { strict: false });
    const twice = prepared('SELECT 2 * $1::int AS twice');
    const unsendable = { toPostgres: () => JSON.parse('{') as string };
    for (const times of [1, 2, 3]) {
      const failed = await statements.query(twice, [unsendable]).catch((error: unknown) => error);
      expect(String(failed)).toMatch(/SyntaxError/);
      expect(await statements.query(twice, [times])).toEqual([{ twice: 2 * times }]);
    }
    expect(server.log.filter(({ context }) => context === 'PreparedStatements')).toEqual([]);
  });

  it('that keeps a plan from before a column had another type is given up, and its statement is answered', async () => {
    const statements = server.app.get(PreparedStatements, { strict: false });
    const read = prepared('SELECT n FROM public.of_another_type');
    await server.query('CREATE TABLE public.of_another_type AS SELECT 1 AS n');
    const { query } = Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
    const spy = jest.spyOn(Client.prototype, 'query') as unknown as jest.SpyInstance;
    try {
      expect(await statements.query(read, [])).toEqual([{ n: 1 }]);
      await server.query('ALTER TABLE public.of_another_type ALTER COLUMN n TYPE text');
      let sent = 0;
      spy.mockImplementation(function (this: Client, ...parameters: unknown[]) {
        if (JSON.stringify(parameters[0]).includes(read.text)) sent += 1;
        return query.apply(this, parameters);
      });
      for (const times of [2, 3, 4]) {
        expect(await statements.query(read, [])).toEqual([{ n: '1' }]);
        expect(sent).toBe(times);
      }
    } finally {
      spy.mockRestore();
      await server.query('DROP TABLE public.of_another_type');
    }
  });

  it.each([
    ['57P01', 'FATAL', 'terminating connection due to administrator command', false],
    ['25P04', 'FATAL', 'terminating connection due to transaction timeout', false],
    ['25P04', 'ВАЖНО', 'terminating connection due to transaction timeout', false],
    ['28000', 'FATAL', 'role "server" is not permitted to log in', false],
    ['08P01', 'ERROR', 'server conn crashed?', false],
    ['22012', 'ERROR', 'division by zero', true],
  ])(
    'of which %s (%s) is the answer to a statement (%s) is used again: %p',
    async (code, severity, message, isUsedAgain) => {
      const statements = server.app.get(PreparedStatements, { strict: false });
      const { master: pool } = server.database.dataSource.driver as unknown as { master: Pool };
      const used = new Set<unknown>();
      const { query } = Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
      const spy = jest.spyOn(Client.prototype, 'query') as unknown as jest.SpyInstance;
      spy.mockImplementation(function (this: Client, ...parameters: unknown[]) {
        if (!JSON.stringify(parameters[0]).includes('of this test')) return query.apply(this, parameters);
        used.add(this);
        return Promise.reject(Object.assign(new Error(message), { severity, code }));
      });
      const refused = statements
        .query(prepared(`SELECT 'of this test'`), [])
        .catch((error: unknown) => error);
      expect(String(await refused)).toContain(message);
      spy.mockRestore();
      expect(pool._clients.filter((client) => used.has(client))).toHaveLength(isUsedAgain ? 1 : 0);
    },
  );

  it('that PostgreSQL ends with a transaction that took too long is a database that is away', () => {
    const message = 'terminating connection due to transaction timeout';
    const ended = Object.assign(new Error(message), { severity: 'FATAL', code: '25P04' });
    expect(toExperienceException(new QueryFailedError('COMMIT', [], ended))).toMatchObject({
      code: 'database.unavailable',
    });
  });

  it('between two statements of a transaction is a database that is away, and the server serves on', async () => {
    const { dataSource } = server.database;
    const transaction = dataSource.transaction(async (manager) => {
      await breakConnections();
      await manager.query('SELECT 1');
    });
    const error: unknown = await transaction.catch(toExperienceException);
    expect(error).toMatchObject({ code: 'database.unavailable' });
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
