import fc from 'fast-check';
import { Browser, type Answer, expectStatus, freshUsername } from '../support/browser';
import {
  documentedOperations,
  exampleOf,
  membersOf,
  type Operation,
  urlOf,
  withMember,
} from '../support/openapi';
import { MANAGEMENT_TOKEN, TestServer } from '../support/test-server';
import { attemptCeremony } from './ceremony';
import { campaign, heapAfterCollection, INPUTS, SEED, shown, type Tally } from './campaign';
import { mutations } from './mutations';

/** Shares of all inputs; the rest goes to the verification in this process. */
const SHARES = { endpoints: 0.15, ceremonies: 0.05 };

const AT_ONCE = 8;

const MEGABYTE = 2 ** 20;

/** A request that may be anything; what `npm run fuzz` keeps of a failure, and its regression test sends again. */
interface Request {
  method: string;
  url: string;
  body?: string;
  headers: Record<string, string>;
}

describe(`fuzzing over HTTP, FUZZ_SEED=${SEED}`, () => {
  let server: TestServer;
  let operations: Operation[];
  let browser: Browser;
  let heap: number;
  const tallies: Record<string, Tally> = {};

  beforeAll(async () => {
    server = await TestServer.start({ LOG_LEVEL: 'silent', RATE_LIMIT: 'off' });
    operations = await documentedOperations(server);
    browser = new Browser(server);
    await browser.register(freshUsername());
    for (const operation of operations) {
      for (let round = 0; round < 20; round += 1) {
        await send({ method: operation.method, url: urlOf(operation), body: '{}', headers: {} });
      }
    }
    heap = heapAfterCollection();
  }, 120_000);
  afterAll(async () => {
    for (const [name, tally] of Object.entries(tallies)) console.log(`${name}: ${shown(tally)}`);
    await server.stop();
  }, 120_000);

  const send = ({ method, url, body, headers }: Request): Promise<Answer<unknown>> =>
    browser.call(method, url, method === 'GET' ? undefined : body, headers);

  const member = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('', null, [], {}, '\u0000', '\ud800', -1, 2 ** 53, 1e308, '%', 'a'.repeat(9000), true),
    fc.uuid(),
  );

  const header = fc.tuple(
    fc.constantFrom(
      'authorization',
      'content-type',
      'origin',
      'cookie',
      'x-request-id',
      'x-forwarded-host',
      'accept',
    ),
    fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
      fc.constantFrom(
        'null',
        'Bearer',
        'application/json',
        'text/plain',
        'experience_session=',
        '*/*',
        'a=b; c',
      ),
    ),
  );

  /** A request to a documented operation, with some of its body, path, query and headers gone wrong. */
  const request = (): fc.Arbitrary<Request> =>
    fc
      .record({
        operation: fc.integer({ min: 0, max: operations.length - 1 }).map((index) => operations[index]!),
        parameter: fc.oneof(
          fc.constant(undefined),
          fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
        ),
        changes: fc.array(fc.tuple(fc.nat(), member), { maxLength: 3 }),
        raw: fc.option(fc.oneof(fc.json(), fc.string()), { nil: undefined, freq: 8 }),
        headers: fc.array(header, { maxLength: 2 }),
        management: fc.boolean(),
      })
      .map(({ operation, parameter, changes, raw, headers, management }) => {
        const example: unknown = operation.body && exampleOf(operation.body);
        const body = changes.reduce<unknown>((value, [where, replacement]) => {
          const paths = membersOf(value);
          return withMember(value, paths[where % Math.max(paths.length, 1)] ?? [], replacement);
        }, example);
        const names = operation.parameters.map(({ name }) => name);
        const values =
          parameter === undefined
            ? {}
            : Object.fromEntries(names.map((name) => [name, wellFormed(parameter)]));
        return {
          method: operation.method,
          url: urlOf(operation, values),
          body: raw ?? JSON.stringify(body),
          headers: {
            ...(management && { authorization: `Bearer ${MANAGEMENT_TOKEN}` }),
            ...Object.fromEntries(headers.map(([name, value]) => [name, value.trim()])),
          },
        };
      });

  it('no documented endpoint fails, hangs or lets anybody in, whatever it is sent', async () => {
    tallies['endpoints'] = await campaign(
      'http',
      Math.ceil(INPUTS * SHARES.endpoints),
      request(),
      async (input) => {
        const { status, body } = await send(input);
        expect(status).toBeLessThan(500);
        if (/verify$/.test(input.url)) expect(status).toBeGreaterThanOrEqual(400);
        if (status < 400) return 'same';
        expect(body).toMatchObject({
          code: expect.stringMatching(/^[a-z_.]+$/),
          message: expect.any(String),
        });
        return 'bad';
      },
      (input) => input,
      AT_ONCE,
    );
    // Nobody who was there lost what is theirs, unless it was deleted with the management token.
    expectStatus(200, await new Browser(server).discoverableOptions());
  }, 900_000);

  it('no answer of an authenticator that was changed is taken, in either ceremony', async () => {
    const own = new Browser(server);
    await own.register(freshUsername());
    const input = fc.record({
      registration: fc.boolean(),
      part: fc.nat(2),
      changes: mutations,
    });
    tallies['ceremonies'] = await campaign(
      'ceremony',
      Math.ceil(INPUTS * SHARES.ceremonies),
      input,
      (change) => attemptCeremony(own, change),
      (drawn) => drawn,
      AT_ONCE,
    );
  }, 900_000);

  it('memory does not grow', () => {
    const growth = (heapAfterCollection() - heap) / MEGABYTE;
    const rss = process.memoryUsage().rss / MEGABYTE;
    console.log(
      `heap after collection: ${growth.toFixed(1)} MiB more than after the warm-up; RSS ${rss.toFixed(0)} MiB`,
    );
    expect(growth).toBeLessThan(24);
  });
});

/** Lone surrogates can not stand in a URL. */
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '\ufffd');
