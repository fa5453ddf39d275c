import { randomBytes, randomUUID } from 'node:crypto';
import { type AuditEvent, AuditService, type RpId, type SharedByMany, TABLES } from 'nestjs-passkey-sign-in';
import * as client from 'openid-client';
import * as statements from '../../libs/openid-provider/src/storage/payload.statements';
import {
  type NewPayload,
  PayloadsRepository,
} from '../../libs/openid-provider/src/storage/payloads.repository';
import { describeGivenOnce } from '../openid/exactly-once';
import { RelyingApplication, Traveller } from '../openid/relying-application';
import { expectStatus, freshUsername } from '../support/browser';
import { signedIn } from '../support/signed-in';
import { TestServer } from '../support/test-server';

const AT_ONCE = 8;
const GATHERED = { GATHER_LEAST: String(AT_ONCE) };

/** The embedded database takes one server, and has one session. */
const SERVED = Boolean(process.env['TEST_DATABASE_URL']);

describeGivenOnce(
  `${SERVED ? 2 : 1} server(s) that share statements`,
  async () => {
    const servers = [await TestServer.start(GATHERED)];
    if (SERVED) servers.push(await TestServer.start(GATHERED));
    return {
      servers,
      close: async () => {
        await Promise.all(servers.map((server) => server.stop()));
      },
    };
  },
  24,
);

describe('applications that ask at the same moment', () => {
  let server: TestServer;
  let payloads: PayloadsRepository;
  beforeAll(async () => {
    server = await TestServer.start(GATHERED);
    payloads = server.app.get(PayloadsRepository, { strict: false });
  });
  afterAll(() => server.stop());

  const atOnce = <T>(work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, index) => work(index)));

  it('are each told of their own user, by tokens of their own', async () => {
    const people = await atOnce(async () => {
      const shop = await RelyingApplication.start(server);
      const browser = new Traveller(server);
      const identifier = freshUsername();
      await browser.register(identifier);
      const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
      return { shop, browser, id, name: identifier.value };
    });
    const requests = await atOnce((index) => people[index]!.shop.ask({ scope: 'openid profile' }));
    const callbacks = await atOnce((index) => people[index]!.browser.goTo(requests[index]!.url));
    const tokens = await atOnce((index) => requests[index]!.finish(callbacks[index]!));
    const told = await atOnce((index) =>
      client.fetchUserInfo(people[index]!.shop.configuration, tokens[index]!.access_token, people[index]!.id),
    );
    const asTold = ({ sub, preferred_username: name }: { sub: string; preferred_username?: unknown }) => ({
      sub,
      name,
    });
    const expected = people.map(({ id, name }) => ({ sub: id, name }));
    expect(tokens.map((answer) => asTold(answer.claims()!))).toEqual(expected);
    expect(told.map(asTold)).toEqual(expected);
  });

  /** Payloads of as many sessions. */
  const ofSessions = async (): Promise<NewPayload[]> => {
    const people = await atOnce(() => signedIn(server));
    const rows = await server.query<{ id: string }>(
      'SELECT public_id AS id FROM passkey.sessions WHERE user_id = ANY ($1)',
      [people.map(({ userId }) => userId)],
    );
    return rows.map(({ id: sessionId }) => ({
      ...{ key: randomBytes(32), model: 'AccessToken', sessionId, grantKey: null, userCodeKey: null },
      ...{ clientId: null, offline: false, payload: Buffer.alloc(1), expiresIn: 60 },
    }));
  };
  const areFound = async (rows: NewPayload[]) =>
    (await Promise.all(rows.map(({ key }) => payloads.find(key, 60)))).map(Boolean);

  it('are refused alone, when the session has ended meanwhile', async () => {
    const [ended, ...others] = await ofSessions();
    const rows = [{ ...ended!, sessionId: randomUUID() }, ...others];
    const answers = await Promise.allSettled(rows.map((row) => payloads.insert(row)));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', ...others.map(() => 'fulfilled')]);
    expect(await areFound(rows)).toEqual([false, ...others.map(() => true)]);
  });

  /** Of a token that is given. */
  const newEvent = (): AuditEvent =>
    server.app
      .get(AuditService, { strict: false })
      .prepare({ type: 'token.issued', rpId: 'localhost' as RpId, userId: null, details: {} }, {});
  const issue = ({ row, event, code }: { row: NewPayload; event: AuditEvent; code: Buffer | null }) =>
    payloads.issue(row, event, code);
  /** Whether a token is there, and whether the event that tells of it. */
  const areTold = async (tokens: { row: NewPayload; event: AuditEvent }[]) => {
    const found = await areFound(tokens.map(({ row }) => row));
    const events = await server.query<{ id: string }>(
      'SELECT id FROM passkey.audit_events WHERE id = ANY ($1)',
      [tokens.map(({ event }) => event.id)],
    );
    expect(tokens.map(({ event }) => events.filter(({ id }) => id === event.id).length)).toEqual(
      found.map(Number),
    );
    return found;
  };

  /** What each gives, and the key of the code that it is given for. */
  const ofCodes = async () => {
    const codes = (await ofSessions()).map((row) => ({ ...row, model: 'AuthorizationCode' }));
    await Promise.all(codes.map((code) => payloads.insert(code)));
    return codes.map((code) => ({
      ...{ code: code.key, event: newEvent() },
      row: { ...code, key: randomBytes(32), model: 'AccessToken' },
    }));
  };

  it('are given a token for each code, once', async () => {
    const given = await ofCodes();
    const again = given.map(({ code, row }) => ({
      ...{ code, event: newEvent() },
      row: { ...row, key: randomBytes(32) },
    }));
    for (const [tokens, expected] of [
      [given, true],
      [again, false],
    ] as const) {
      const answers = await Promise.all(tokens.map(issue));
      expect(answers).toEqual(tokens.map(() => expected));
      expect(await areTold(tokens)).toEqual(answers);
    }
  });

  it('are given one token for one code', async () => {
    const [{ code, row }] = (await ofCodes()) as [Awaited<ReturnType<typeof ofCodes>>[number]];
    const tokens = Array.from({ length: AT_ONCE }, () => ({
      ...{ code, event: newEvent() },
      row: { ...row, key: randomBytes(32) },
    }));
    const answers = await Promise.all(tokens.map(issue));
    expect(answers.filter(Boolean)).toEqual([true]);
    expect(await areTold(tokens)).toEqual(answers);
  });

  it('are given tokens with and without a code, and a session, together', async () => {
    const given = (await ofCodes()).map(({ row, event, code }, index) => ({
      event,
      row: { ...row, sessionId: index % 4 === 3 ? null : row.sessionId },
      code: index % 2 ? null : code,
    }));
    expect(await Promise.all(given.map(issue))).toEqual(given.map(() => true));
    expect(await areTold(given)).toEqual(given.map(() => true));
  });

  it('are refused alone a token without a code, when the session has ended meanwhile', async () => {
    const tokens = (await ofSessions()).map((row, index) => ({
      ...{ code: null, event: newEvent() },
      row: index === 0 ? { ...row, sessionId: randomUUID() } : row,
    }));
    const answers = await Promise.allSettled(tokens.map(issue));
    const expected = tokens.map((_, index) => index > 0);
    expect(answers.map(({ status }) => status === 'fulfilled')).toEqual(expected);
    expect(await areTold(tokens)).toEqual(expected);
  });

  it('are given nothing for a code whose session has ended', async () => {
    const given = await ofCodes();
    await server.query('DELETE FROM passkey.sessions WHERE public_id = $1', [given[0]!.row.sessionId]);
    const answers = await Promise.all(given.map(issue));
    expect(answers).toEqual(given.map((_, index) => index > 0));
    expect(await areTold(given)).toEqual(answers);
  });

  (SERVED ? it : () => undefined)('wait alone, when somebody holds the session', async () => {
    const [held, ...others] = await ofSessions();
    let written: Promise<void> | undefined;
    await server.database.dataSource.transaction(async (transaction) => {
      await transaction.query('SELECT FROM passkey.sessions WHERE public_id = $1 FOR UPDATE', [
        held!.sessionId,
      ]);
      written = payloads.insert(held!);
      await Promise.all(others.map((row) => payloads.insert(row)));
      expect(await areFound([held!, ...others])).toEqual([false, ...others.map(() => true)]);
    });
    await written;
    expect(await areFound([held!])).toEqual([true]);
  });
});

describe('what the provider keeps', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const tables = () => server.app.get<string>(TABLES, { strict: false });
  const bothOf = ({ one, many }: SharedByMany) => [one, many];
  const FOUND = {
    'by a code or token': { texts: () => bothOf(statements.findTokenPayload(tables())), by: ['key', 'key'] },
    'by a session': {
      texts: () => bothOf(statements.findSessionPayload(tables())),
      by: ['key', 'session_id'],
    },
    'by its key': { texts: () => [statements.find(tables(), 'key')], by: ['key'] },
    'by a user code': { texts: () => [statements.find(tables(), 'user_code_key')], by: ['user_code_key'] },
    'to be used': { texts: () => [statements.consume(tables()).one], by: ['key'] },
    'to be used with what it gives': { texts: () => [statements.issue(tables()).one], by: ['key'] },
  };

  it.each(Object.entries(FOUND))('is found %s without reading all of it', async (_how, { texts, by }) => {
    await server.query(
      `INSERT INTO passkey.oidc_payloads (key, model, payload, expires_at)
       SELECT sha256(n::text::bytea), 'AccessToken', '', now() + interval '1 hour' FROM generate_series(1, 5000) AS n
       ON CONFLICT (key) DO NOTHING`,
    );
    await server.query('ANALYZE passkey.oidc_payloads');
    await server.database.dataSource.transaction(async (transaction) => {
      await transaction.query('SET LOCAL plan_cache_mode = force_generic_plan');
      for (const { text } of texts()) {
        const parameters = new Set(text.match(/\$\d+/g)).size;
        await transaction.query(`PREPARE found AS ${text}`);
        const plan = await transaction.query<Record<string, string>[]>(
          `EXPLAIN EXECUTE found (${Array<string>(parameters).fill('NULL').join(', ')})`,
        );
        await transaction.query('DEALLOCATE found');
        const lines = plan.map((row) => row['QUERY PLAN'] ?? '');
        const scans = lines.flatMap((line, index) => (/Scan.* on oidc_payloads/.test(line) ? [index] : []));
        const conditions = scans.map((index) => /Index Cond: \(+(\w+) = /.exec(lines[index + 1]!)?.[1]);
        expect(conditions.toSorted()).toEqual(by);
      }
    });
  });
});
