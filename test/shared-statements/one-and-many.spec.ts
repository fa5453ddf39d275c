import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { QueryRunner } from 'typeorm';
import type { Client } from 'pg';
import { NO_EVENT } from '../../libs/experience-verification/src/audit/audit.repository';
import { Gathering } from '../../libs/experience-verification/src/database/gathering';
import type { PreparedStatement } from '../../libs/experience-verification/src/database/prepared-statements';
import type { SharedByMany } from '../../libs/experience-verification/src/database/shared-statement';
import { skeletonOf } from '../../libs/experience-verification/src/identifiers/username-rule';
import {
  findSession,
  findSessionWithAccount,
} from '../../libs/experience-verification/src/defaults/sessions.repository';
import { beginRegistration } from '../../libs/experience-verification/src/records/registration.statements';
import * as signIn from '../../libs/experience-verification/src/records/sign-in.statements';
import {
  ID_COLUMNS,
  idById,
  IDENTIFIER_COLUMNS,
  idByIdentifier,
} from '../../libs/experience-verification/src/users/user-lookup';
import { findAccount } from '../../libs/experience-verification/src/users/users.repository';
import * as payload from '../../libs/openid-provider/src/storage/payload.statements';
import { Random } from '../differential/random';
import { TestServer } from '../support/test-server';
import { RandomAccounts, RP_IDS } from './random-accounts';

const NAMED = '"passkey".';
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const TURNS = Number(process.env['TURNS'] ?? 3);
const CALLS = 40;

const TABLES = [
  'users',
  'credential_records',
  'verification_records',
  'interactions',
  'audit_events',
  'webhook_deliveries',
  'oidc_payloads',
];

describe(`on the same random accounts and calls (SEED=${SEED})`, () => {
  let server: TestServer;
  let runner: QueryRunner;
  let client: Client;
  const random = new Random(SEED);
  beforeAll(async () => {
    server = await TestServer.start();
    runner = server.database.dataSource.createQueryRunner();
    client = (await runner.connect()) as Client;
  });
  afterAll(async () => {
    await runner.release();
    await server.stop();
  });

  // One connection, and one transaction: whatever is said of the time must be the same to the microsecond.
  let last: Promise<unknown> = Promise.resolve();
  const query = <Row>({ text }: { text: string }, values: unknown[]): Promise<Row[]> => {
    const result = last.then(() => client.query(text, values));
    last = result.catch(() => undefined);
    return result.then(({ rows }) => rows as Row[]);
  };
  const run = (text: string, values: unknown[] = []) => query({ text }, values);

  const tables = async () => {
    const contents: Record<string, unknown[]> = {};
    for (const table of TABLES) {
      // The database gives some records their id.
      const row = `to_jsonb(t) - CASE to_jsonb(t)->>'ceremony' WHEN 'new-user' THEN 'id' ELSE '' END`;
      contents[table] = await run(`SELECT ${row} AS row FROM passkey.${table} t ORDER BY (${row})::text`);
    }
    return contents;
  };

  /** What the calls are answered, and what is in the tables afterwards; undone. */
  const outcomeOf = async (ask: (values: unknown[]) => Promise<object[]>, calls: unknown[][]) => {
    await run('SAVEPOINT before');
    const answers = await Promise.all(calls.map((values) => ask(values)));
    const contents = await tables();
    await run('ROLLBACK TO before');
    return { answers, contents };
  };

  /** Calls that had an answer, and such as were asked alone, of all turns. */
  interface Counts {
    rows: number;
    alone: number;
  }

  const withAccounts = async (work: (accounts: RandomAccounts) => Promise<Counts>): Promise<Counts> => {
    const counts = { rows: 0, alone: 0 };
    for (let turn = 0; turn < TURNS; turn += 1) {
      await run('BEGIN');
      try {
        const accounts = new RandomAccounts(random, run);
        await accounts.make(12);
        const { rows, alone } = await work(accounts);
        counts.rows += rows;
        counts.alone += alone;
      } finally {
        await run('ROLLBACK');
      }
    }
    return counts;
  };

  /** Which call a row is for is told by some statements for one call too. */
  const withoutNumbers = (rows: object[]) => rows.map((row) => ({ ...row, n: undefined }));

  /** Calls at the same moment have no order: those that the batch has left come after those that it has answered. */
  const expectSame = async (shared: SharedByMany, calls: unknown[][], { areTold = true } = {}) => {
    const alone: unknown[][] = [];
    let batches = 0;
    const watched = <Row>(statement: PreparedStatement, values: unknown[]) => {
      if (statement.name === shared.many.name) batches += 1;
      else alone.push(values);
      return query<Row>(statement, values);
    };
    const gathering = new Gathering<object>({ query: watched }, shared, { least: calls.length });
    const together = await outcomeOf((values) => gathering.query(values), calls);
    expect(batches).toBe(1);
    const left = calls.filter((values) => alone.some((other) => isDeepStrictEqual(other, values)));
    const ordered = [...calls.filter((call) => !left.includes(call)), ...left];
    const one = await outcomeOf((values) => query<object>(shared.one, values), ordered);
    const expected = calls.map((call) => one.answers[ordered.indexOf(call)]!);
    if (areTold) expect(together.answers.map(withoutNumbers)).toEqual(expected.map(withoutNumbers));
    expect(together.contents).toEqual(one.contents);
    return { rows: one.answers.filter(({ length }) => length > 0).length, alone: left.length };
  };

  const listOf = <T>(make: () => T): T[] => Array.from({ length: CALLS }, make);

  const pending = (accounts: RandomAccounts) => [
    accounts.random.pick(accounts.interactions),
    randomUUID(),
    randomBytes(32),
    accounts.random.pick(RP_IDS),
    { userVerification: 'required', identifierHash: accounts.text() },
    accounts.random.below(600),
    accounts.random.pick(['authentication', 'step-up']),
  ];

  it('options of an identifier are the same by one statement as by many', async () => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const calls = listOf(() => [...pending(accounts), random.next() < 0.5, ...accounts.lookup()]);
      return expectSame(signIn.begin(NAMED, idByIdentifier, IDENTIFIER_COLUMNS), calls);
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBe(0);
  });

  it('options of a known user', async () => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const calls = listOf(() => {
        const userId = random.next() < 0.8 ? random.pick(accounts.userIds) : randomUUID();
        return [...pending(accounts), random.next() < 0.5, userId];
      });
      return expectSame(signIn.begin(NAMED, idById, ID_COLUMNS), calls);
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBe(0);
  });

  it('options for any passkey', async () => {
    const { rows, alone } = await withAccounts((accounts) =>
      expectSame(
        signIn.beginDiscoverable(NAMED),
        listOf(() => pending(accounts)),
      ),
    );
    expect([rows, alone]).toEqual([0, 0]);
  });

  it('options of a registration, also of another try of a name', async () => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const names = Array.from({ length: 3 }, accounts.lookup);
      const make = () => {
        const claims = random.next() < 0.7;
        const [, id, challenge, rpId, , ttl] = pending(accounts);
        const claimed = random.next() < 0.7 ? random.pick(names) : accounts.lookup();
        const identifier = { type: claimed[1], value: claimed[2] };
        // That of somebody's name at times, whatever the name is itself.
        const look = random.next() < 0.5 ? accounts.maybe(skeletonOf(String(accounts.lookup()[2]))) : null;
        const request = claims ? { asked: accounts.text(), identifier } : { asked: accounts.text() };
        const user = [claims ? null : random.pick(accounts.userIds), randomBytes(64)];
        const interactionId = random.pick(accounts.interactions.slice(0, 4));
        const values = [interactionId, id, challenge, rpId, request, ...user, ttl, random.below(600)];
        return [...values, random.next() < 0.5, ...(claims ? [...claimed, look] : Array<null>(5).fill(null))];
      };
      const statements = beginRegistration(NAMED);
      for (const values of listOf(make).slice(0, 5)) await query(statements.one, values);
      return expectSame(statements, listOf(make));
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBeGreaterThan(0);
  });

  it.each([
    ['', findSession],
    [', with their accounts', findSessionWithAccount],
  ])('sessions that are there, and are not over, idle or void%s', async (_with, statements) => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      await accounts.addSessions(20);
      const calls = listOf(() => [random.pick(accounts.sessions), random.pick([1, 2, 3_600])]);
      return expectSame(statements(NAMED), calls);
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBe(0);
  });

  it('accounts with their identifiers', async () => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const calls = listOf(() => [accounts.maybe(random.pick(accounts.userIds), 0.9)]);
      return expectSame(findAccount(NAMED), calls);
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBe(0);
  });

  /** Records of whatever state, of a few interactions. */
  const addRecords = async (accounts: RandomAccounts, status: () => string) => {
    const records = listOf(() => ({
      interactionId: random.pick(accounts.interactions.slice(0, 6)),
      id: randomUUID(),
      ceremony: random.pick(['authentication', 'step-up', 'registration']),
      rpId: random.pick(RP_IDS),
    }));
    for (const { interactionId, id, ceremony, rpId } of records) {
      await run(
        `INSERT INTO passkey.verification_records
           (interaction_id, id, ceremony, status, challenge, rp_id, request, user_id, decoy, user_handle, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + $11::interval, now() + $12::interval)`,
        [
          ...[interactionId, id, ceremony, status(), randomBytes(32), rpId, { asked: accounts.text() }],
          ...[accounts.maybe(random.pick(accounts.userIds)), random.next() < 0.1],
          ...[accounts.maybe(randomBytes(64)), `${-random.below(4)} microseconds`],
          random.next() < 0.8 ? '1 minute' : accounts.time(),
        ],
      );
    }
    return records;
  };

  it('challenges are spent by the same, with the same known of the credential', async () => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const records = await addRecords(accounts, () => random.pick(['pending', 'pending', 'spent']));
      await run(`DELETE FROM passkey.credential_records WHERE id = $1`, [accounts.credentials[0]?.recordId]);
      // Those of one interaction all name a record, or none does: who is asked alone for the latest comes after who named it.
      const meanTheLatest = new Set(accounts.interactions.filter(() => random.next() < 0.4));
      const calls = listOf(() => {
        const { interactionId, id, ceremony, rpId } = random.pick(records);
        const credentialId =
          random.next() < 0.8 ? random.pick(accounts.credentials).credentialId : randomBytes(16);
        const values = [interactionId, ceremony, rpId, accounts.maybe(credentialId, 0.9)];
        if (meanTheLatest.has(interactionId)) return [...values, null];
        return [...values, random.next() < 0.9 ? id : randomUUID()];
      });
      return expectSame(signIn.spend(NAMED), calls);
    });
    expect(rows).toBeGreaterThan(0);
    // Several that mean one record, or none at all, are asked again.
    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThan(TURNS * CALLS);
  });

  it('authentications are completed alike, also two of one passkey, with their events and deliveries', async () => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const records = await addRecords(accounts, () => random.pick(['spent', 'spent', 'spent', 'pending']));
      const credentials = accounts.credentials.slice(0, 12);
      // Nobody but who has spent a record completes it: each is named once.
      const calls = records.map(({ interactionId, id }) => {
        const marks = random.next() < 0.5;
        const { recordId } = random.pick(credentials);
        const amr = accounts.some(['swk', 'pop', 'user']);
        return [
          ...[interactionId, id, random.next() < 0.95 ? recordId : randomUUID(), random.below(6)],
          ...[random.next() < 0.5, random.next() < 0.5, accounts.maybe(randomBytes(64))],
          ...[random.below(600), amr, ...accounts.event(), ...(marks ? accounts.event() : NO_EVENT)],
        ];
      });
      return expectSame(signIn.complete(NAMED), calls);
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThan(TURNS * CALLS);
  });

  it('a clone is suspected of the one whose counter has not moved on, and not of the next in the same moment', async () => {
    await withAccounts(async (accounts) => {
      const [first, second] = await addRecords(accounts, () => 'spent');
      const { recordId } = accounts.credentials[0]!;
      const complete = async ({ interactionId, id }: typeof first & object, counter: number) => {
        const values = [interactionId, id, recordId, counter, true, true, null, 60, ['swk']];
        const events = [...accounts.event(), ...accounts.event()];
        return query<object>(signIn.complete(NAMED).one, [...values, ...events]);
      };
      await run('UPDATE passkey.credential_records SET sign_count = 7 WHERE id = $1', [recordId]);
      expect(await complete(first!, 7)).toMatchObject([{ cloneSuspected: true }]);
      expect(await complete(second!, 8)).toMatchObject([{ cloneSuspected: false }]);
      const [marked] = await run(
        `SELECT now() - clone_suspected_at < interval '1 second' AS marked FROM passkey.credential_records WHERE id = $1`,
        [recordId],
      );
      expect(marked).toEqual({ marked: true });
      return { rows: 0, alone: 0 };
    });
  });

  it('a passkey stays as it is, whatever its counter says, where no challenge of it was spent', async () => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const records = await addRecords(accounts, () => 'pending');
      const calls = records.map(({ interactionId, id }) => [
        ...[interactionId, id, random.pick(accounts.credentials).recordId, 0, true, true],
        ...[null, 60, ['swk'], ...accounts.event(), ...accounts.event()],
      ]);
      const before = await tables();
      const outcome = await outcomeOf((values) => query<object>(signIn.complete(NAMED).one, values), calls);
      expect(outcome.contents).toEqual(before);
      return expectSame(signIn.complete(NAMED), calls);
    });
    expect([rows, alone]).toEqual([0, TURNS * CALLS]);
  });

  /** Values of payloads of sessions, and of none. */
  const payloadsOf = async (accounts: RandomAccounts) => {
    await accounts.addSessions(8);
    const sessions = (await run('SELECT public_id AS id FROM passkey.sessions')) as { id: string }[];
    return listOf(() => {
      const sessionId = accounts.maybe(random.pick(sessions).id, 0.8);
      return [
        ...[
          randomBytes(32),
          random.pick(['AccessToken', 'Grant']),
          sessionId,
          accounts.maybe(randomBytes(32)),
        ],
        ...[
          accounts.maybe(randomBytes(32)),
          accounts.maybe(randomUUID()),
          random.next() < 0.5,
          randomBytes(20),
        ],
        random.below(600) - 60,
      ];
    });
  };

  it('what the provider keeps is written alike', async () => {
    const insert = { one: payload.upsert(NAMED), many: payload.insertMany(NAMED) };
    const { alone } = await withAccounts(async (accounts) =>
      expectSame(insert, await payloadsOf(accounts), { areTold: false }),
    );
    expect(alone).toBe(0);
  });

  it('what it keeps is used once, and not when it is over', async () => {
    const consume = payload.consume(NAMED);
    const { rows, alone } = await withAccounts(async (accounts) => {
      const kept = await payloadsOf(accounts);
      for (const values of kept) await query(payload.upsert(NAMED), values);
      const keys = kept.map(([key]) => key);
      for (const key of keys.slice(0, 8)) await query(consume.one, [key]);
      const calls = listOf(() => [random.next() < 0.9 ? random.pick(keys) : randomBytes(32)]);
      return expectSame(consume, calls);
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThan(TURNS * CALLS);
  });

  it('tokens are given alike, each with its event, and codes of their sessions are used for one', async () => {
    const issue = payload.issue(NAMED);
    const { rows, alone } = await withAccounts(async (accounts) => {
      const codes = await payloadsOf(accounts);
      for (const values of codes) await query(payload.upsert(NAMED), values);
      for (const [key] of codes.slice(0, 8)) await query(payload.consume(NAMED).one, [key]);
      const calls = listOf(() => {
        const [codeKey, , sessionId] = random.pick(codes);
        const [model, ...further] = ['AccessToken', sessionId, null, null, null, false, randomBytes(20), 60];
        return [randomBytes(32), model, ...further, accounts.maybe(codeKey, 0.8), ...accounts.event()];
      });
      return expectSame(issue, calls);
    });
    expect(rows).toBeGreaterThan(0);
    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThan(TURNS * CALLS);
  });

  it.each([
    [
      'codes and tokens are found alike, each with its grant, application and user',
      payload.findTokenPayload(NAMED),
    ],
    [
      'sessions are found alike, each with what its user has granted an application',
      payload.findSessionPayload(NAMED),
    ],
  ])('%s', async (_what, find) => {
    const { rows, alone } = await withAccounts(async (accounts) => {
      const application = randomUUID();
      await run(
        `INSERT INTO passkey.applications (id, relying_party_id, name, type, redirect_uris, post_logout_redirect_uris,
                                           third_party, groups, subject_type)
         VALUES ($1, $2, 'Shop', 'web', '{}', '{}', false, '{}', 'public')`,
        [application, RP_IDS[0]],
      );
      const kept = await payloadsOf(accounts);
      const grants = kept.filter(([, model]) => model === 'Grant');
      for (const values of kept) {
        if (values[1] !== 'Grant')
          [values[2], values[3]] = [random.pick(grants)[2]!, random.pick(grants)[0]!];
        if (random.next() < 0.7) values[5] = application;
        await query(payload.upsert(NAMED), values);
      }
      const calls = listOf(() => {
        const key = random.next() < 0.9 ? random.pick(kept)[0] : randomBytes(32);
        return [key, random.below(7_200), random.pick(RP_IDS), accounts.maybe(application, 0.7)];
      });
      return expectSame(find, calls);
    });
    expect([rows, alone]).toEqual([TURNS * CALLS, 0]);
  });
});
