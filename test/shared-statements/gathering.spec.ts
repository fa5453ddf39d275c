import { QueryFailedError } from 'typeorm';
import { Gathering } from '../../libs/experience-verification/src/database/gathering';
import { type GatheringOptions } from '../../libs/experience-verification/src/database/gathering.options';
import {
  prepared,
  type PreparedStatement,
  PreparedStatements,
} from '../../libs/experience-verification/src/database/prepared-statements';
import { shared } from '../../libs/experience-verification/src/database/shared-statement';
import { resolveOptions } from '../../libs/experience-verification/src/experience-verification.options';
import { TestServer } from '../support/test-server';

/** A hundred, shared by people; more of them have to wait for whoever holds the lock. */
const shareOf = (people: string, n: string, calls: string) =>
  `SELECT ${n} 100 / ${people} AS share ${calls} WHERE ${people} <= 100 OR pg_advisory_xact_lock_shared(1)::text IS NOT NULL`;

const shares = {
  one: prepared(shareOf('$1::int', '', '')),
  many: shared({ people: 'int' }, (calls) => shareOf('people', 'n::int,', `FROM ${calls}`)),
};

describe('calls of one kind', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** A gathering, and of each statement that it sends how many calls it is for; 0: it is the one of a single call. */
  const gather = (options: GatheringOptions = {}) => {
    const statements = server.app.get(PreparedStatements, { strict: false });
    const sent: number[] = [];
    const query = <Row>(statement: PreparedStatement, values: unknown[]) => {
      sent.push(statement.name === shares.many.name ? (values[0] as unknown[]).length : 0);
      return statements.query<Row>(statement, values);
    };
    return { sent, gathering: new Gathering<{ share: number }>({ query }, shares, options) };
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const right = (people: number) => [{ share: Math.floor(100 / people) }];

  it('one after the other have a statement each, without waiting', async () => {
    const { gathering, sent } = gather();
    for (const people of upTo(3)) expect(await gathering.query([people])).toEqual(right(people));
    expect(sent).toEqual([0, 0, 0]);
  });

  it('that come while one is on its way share the next statement, and each has its own answer', async () => {
    const { gathering, sent } = gather();
    const answers = await Promise.all(upTo(40).map((people) => gathering.query([people])));
    expect(answers).toEqual(upTo(40).map(right));
    expect(sent).toEqual([0, 39]);
  });

  it('are at most 64 to a statement', async () => {
    const { gathering, sent } = gather();
    const answers = await Promise.all(upTo(200).map((people) => gathering.query([people])));
    expect(answers).toEqual(upTo(200).map(right));
    expect(sent.toSorted((a, b) => a - b)).toEqual([0, 7, 64, 64, 64]);
  });

  describe('while as many statements as may be are on their way', () => {
    beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
    afterEach(() => jest.useRealTimers());

    /** Statements that take `milliseconds` each, and when they left. */
    const timed = (milliseconds: number, sessions?: number) => {
      const left: number[] = [];
      const began = Date.now();
      const query = async () => {
        left.push(Date.now() - began);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        return [];
      };
      const gathering = new Gathering({ query }, shares, {}, sessions);
      return { left, call: () => void gathering.query([1]) };
    };
    const at = async (time: number, began: number) =>
      jest.advanceTimersByTimeAsync(began + time - Date.now());

    it('wait for room, also when others have waited before', async () => {
      const began = Date.now();
      const { left, call } = timed(8);
      for (const time of [0, 0, 1, 8, 9]) {
        await at(time, began);
        call();
      }
      await at(15, began);
      expect(left).toEqual([0, 0, 8, 8]);
      await at(40, began);
      expect(left).toEqual([0, 0, 8, 8, 16]);
    });

    it('go without room when nothing has left for 10 ms', async () => {
      const began = Date.now();
      const { left, call } = timed(1_000);
      for (const time of [0, 0, 1]) {
        await at(time, began);
        call();
      }
      await at(40, began);
      expect(left).toEqual([0, 0, 11]);
    });

    it('wait for the only session there is, and leave together', async () => {
      const began = Date.now();
      const { left, call } = timed(100, 1);
      for (const time of [0, 0, 1, 50]) {
        await at(time, began);
        call();
      }
      await at(99, began);
      expect(left).toEqual([0]);
      for (const time of [100, 101, 102, 190]) await at(time, began);
      expect(left).toHaveLength(2);
    });

    it('wait for it little longer than the pool has them wait, however many they are', async () => {
      const began = Date.now();
      const query = async () => {
        await new Promise((resolve) => setTimeout(resolve, 10_000));
        throw new Error('timeout exceeded when trying to connect');
      };
      const gathering = new Gathering({ query }, shares, {}, 1);
      const waited: number[] = [];
      for (let call = 0; call < 200; call += 1) {
        await at(call * 15, began);
        const came = Date.now();
        void gathering.query([1]).catch(() => waited.push(Date.now() - came));
      }
      await at(14_000, began);
      expect(waited).toHaveLength(200);
      expect(Math.max(...waited)).toBeLessThanOrEqual(11_000);
    });
  });

  it('share none when the option says so', async () => {
    const { gathering, sent } = gather({ most: 1 });
    await Promise.all(upTo(10).map((people) => gathering.query([people])));
    expect(sent).toEqual(Array(10).fill(0));
  });

  it.each([{ most: 0 }, { most: 65 }, { least: 1.5 }])('are not gathered by %j', (gathering) => {
    const relyingParty = { id: 'localhost', name: 'Test', origins: ['http://localhost:3000'] };
    expect(() => resolveOptions({ relyingParty, gathering })).toThrow(
      /^gathering\.(most|least): must be a whole number from 1 to 64$/,
    );
  });

  it('wait for as many as a test wants, but not for ever', async () => {
    const { gathering, sent } = gather({ least: 8 });
    const first = upTo(7).map((people) => gathering.query([people]));
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([]);
    await Promise.all([...first, gathering.query([8])]);
    expect(sent).toEqual([8]);
    expect(await gathering.query([9])).toEqual(right(9));
    expect(sent).toEqual([8, 1]);
  });

  it.each([
    ['can not be worked out', 0],
    ['has a value of another type', 'some'],
    ['has a value that is not sent at all', { toPostgres: () => JSON.parse('{') as string }],
  ])('fail alone: one that %s', async (_what, bad) => {
    const { gathering } = gather({ least: 12 });
    const values = upTo(12).map((people) => (people === 5 ? bad : people));
    const answers = await Promise.allSettled(values.map((people) => gathering.query([people])));
    const failed = answers.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : []));
    expect(failed).toEqual([5]);
    const told = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(told).toEqual(
      upTo(12)
        .filter((people) => people !== 5)
        .map(right),
    );
  });

  const refusedBy = (code: string, message = code, more: object = {}) => {
    const error = new QueryFailedError('', [], Object.assign(new Error(message), { code, ...more }));
    const query = <Row>(statement: PreparedStatement, values: unknown[]) =>
      statement.name === shares.many.name ? Promise.reject(error) : Promise.resolve(values as Row[]);
    return { error, gathering: new Gathering({ query }, shares, { least: 8 }) };
  };
  const askAll = (gathering: Gathering<object>) =>
    Promise.allSettled(upTo(8).map((people) => gathering.query([people])));

  it.each([
    ['a deadlock', '40P01'],
    ['a write that came between', '40001'],
    ['a wait for a lock', '55P03'],
    ['a constraint', '23505'],
  ])('are asked each alone when together they are refused for %s', async (_what, code) => {
    const { gathering } = refusedBy(code, code, { severity: 'ERROR' });
    expect(await askAll(gathering)).toEqual(
      upTo(8).map((people) => ({ status: 'fulfilled', value: [people] })),
    );
  });

  it('are asked each alone when the value of one reads like a broken connection', async () => {
    const { gathering } = refusedBy('22P02', 'invalid input syntax for type uuid: "connection terminated"', {
      severity: 'ERROR',
    });
    expect(await askAll(gathering)).toEqual(
      upTo(8).map((people) => ({ status: 'fulfilled', value: [people] })),
    );
  });

  // Whether it was done is not known: asked again, a challenge that was spent for its owner would be refused.
  it.each([
    ['the connection broke', '08006', null],
    ['the connection was ended by this side', 'ECONNABORTED', null],
    ['the network went away', 'ENETUNREACH', null],
    ['TLS broke', 'EPROTO', null],
    ['TLS was answered wrongly', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', null],
    ['the socket was gone', 'ERR_STREAM_DESTROYED', null],
    ['the socket breaks in a way that is not known', 'EIO', null],
    ['the server ends', '57P01', 'FATAL'],
    ['it took too long', '57014', 'ERROR'],
    ['the transaction took too long', '25P04', 'FATAL'],
    ['the connection is ended for a reason that is not known', '28000', 'FATAL'],
    ['a pooler has lost the server', '58000', 'ERROR'],
    ['a pooler says what is wrong in words alone', 'XX000', 'ERROR'],
  ])('fail all when %s', async (_what, code, severity) => {
    const { gathering, error } = refusedBy(code, code, severity === null ? {} : { severity });
    expect(await askAll(gathering)).toEqual(upTo(8).map(() => ({ status: 'rejected', reason: error })));
  });

  // The embedded database has one session, in which everything waits for it anyway.
  const onServed = process.env['TEST_DATABASE_URL'] ? it : () => undefined;
  onServed('are not held up by those that take long', async () => {
    const { gathering } = gather();
    const holder = server.database.dataSource.createQueryRunner();
    await holder.query('SELECT pg_advisory_lock(1)');
    const late = Promise.all(upTo(3).map((people) => gathering.query([100 + people])));
    const soon = async (people: number) => {
      await new Promise((resolve) => setTimeout(resolve, 20 * people));
      return gathering.query([people]);
    };
    try {
      expect(await Promise.all(upTo(10).map(soon))).toEqual(upTo(10).map(right));
    } finally {
      await holder.query('SELECT pg_advisory_unlock(1)');
      await holder.release();
    }
    expect(await late).toHaveLength(3);
  });
});
