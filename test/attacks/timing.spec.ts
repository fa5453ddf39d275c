import { randomBytes, randomInt } from 'node:crypto';
import { Browser, expectStatus, freshUsername, type Identifier } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

/** Calls of each kind; the full run is `npm run test:timing` with 2,000. */
const CALLS = Number(process.env['TIMING_CALLS'] ?? 60);

/** The full run asks for one answer at a time; in the short one several turns wait at the same moment. */
const AT_ONCE = 6;
const IN_FULL = process.env['TIMING_CALLS'] !== undefined;
const inFull = IN_FULL ? it : () => undefined;

/**
 * How far the chance that the one kind of answer takes longer than the other may be from one half (the area under the
 * ROC curve, which is Mann-Whitney's U over the number of pairs). Of answers that are alike it has the standard error
 * sqrt((m + n + 1) / 12mn): the bound is five of those, and 3.3 in the full run: 0.03 for 2,000 calls.
 */
const BOUND = (IN_FULL ? 3.3 : 5) * Math.sqrt((2 * CALLS + 1) / (12 * CALLS * CALLS));

/** COSE algorithms of accounts' passkeys. */
const ALGORITHMS = IN_FULL ? { EdDSA: -8, ES256: -7, ES384: -35, RS256: -257 } : { EdDSA: -8, ES384: -35 };

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

describe('decoys can not be told from accounts by the time that they take', () => {
  let server: TestServer;
  const accounts: Record<string, Identifier[]> = {};
  beforeAll(async () => {
    const policy = { algorithms: [-8, -7, -35, -257] };
    const env = {
      ACCOUNT_ENUMERATION: 'decoy',
      LOG_LEVEL: 'silent',
      RATE_LIMIT: 'off',
      RP_POLICY: JSON.stringify(policy),
    };
    const before = await TestServer.start(env);
    for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
      accounts[name] = [];
      for (let index = 0; index < (IN_FULL ? 25 : 4); index += 1) {
        const identifier = freshUsername();
        accounts[name].push(identifier);
        const credentialIdLength = [16, 20, 32, 48, 64][index % 5]!;
        const authenticator = new SoftwareAuthenticator({ algorithms: [algorithm], credentialIdLength });
        await new Browser(before, authenticator).register(identifier);
      }
    }
    // It takes its sample of the accounts at the start.
    server = await TestServer.start(env);
    await before.stop();
  }, 120_000);
  afterAll(() => server.stop());

  const pick = <T>(values: T[]): T => values[randomInt(values.length)]!;
  const real = () => pick(Object.values(accounts).flat());
  /** As long as a real name, with letters where that has its number. */
  const unknown = (): Identifier => {
    const letters = randomBytes(2).map((byte) => 0x67 + (byte % 20));
    return { type: 'username', value: real().value.replace(/\d+$/, Buffer.from(letters).toString()) };
  };

  /** Milliseconds of each kind, measured in turns, in an order that is tossed up anew each time. */
  const measure = async (kinds: Record<string, () => Promise<number>>) => {
    const times = new Map(Object.keys(kinds).map((kind): [string, number[]] => [kind, []]));
    const underWay: Promise<unknown>[] = [];
    const take = async (kind: string) => times.get(kind)!.push(await kinds[kind]!());
    for (let call = -5; call < CALLS; call += 1) {
      if (call === 0) {
        await Promise.all(underWay.splice(0));
        for (const taken of times.values()) taken.length = 0;
      }
      const order = [...times.keys()]
        .map((kind) => ({ kind, at: randomInt(2 ** 32) }))
        .sort((a, b) => a.at - b.at)
        .map(({ kind }) => kind);
      for (const kind of order) await (IN_FULL ? take(kind) : underWay.push(take(kind)));
      if (underWay.length >= AT_ONCE * order.length) await Promise.all(underWay.splice(0));
    }
    await Promise.all(underWay);
    return times;
  };

  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };

  /** Each kind beside each other one. */
  const report = (what: string, times: Map<string, number[]>) => {
    const kinds = [...times.keys()];
    const pairs = kinds.flatMap((one, index) => kinds.slice(index + 1).map((other) => ({ one, other })));
    const chances = pairs.map(({ one, other }) => ({
      pair: `${one} and ${other}`,
      chance: areaUnderTheCurve(times.get(one)!, times.get(other)!),
    }));
    const medians = kinds.map((kind) => `${kind} ${median(times.get(kind)!).toFixed(2)} ms`);
    console.log(
      [
        `${what}: ${CALLS} calls of each kind in turns, medians: ${medians.join(', ')}; bound 0.5 ± ${BOUND.toFixed(3)}`,
        ...chances.map(({ pair, chance }) => `  ${pair}: ${chance.toFixed(3)}`),
      ].join('\n'),
    );
    expect(chances.filter(({ chance }) => Math.abs(chance - 0.5) >= BOUND)).toEqual([]);
  };

  const options = (browser: Browser, identifier: Identifier) =>
    browser.authenticationOptions(identifier).then((answer) => expectStatus(200, answer));

  it('in the options', async () => {
    const browser = new Browser(server);
    await browser.discoverableOptions();
    const ask = (identifier: Identifier) => timed(() => options(browser, identifier));
    report('options', await measure({ accounts: () => ask(real()), decoys: () => ask(unknown()) }));
  }, 900_000);

  /** Tries to sign in with a wrong signature of the first passkey that is offered. */
  const forge = async (identifier: Identifier) => {
    const browser = new Browser(server);
    const created = await options(browser, identifier);
    const [offered] = created.authenticationOptions.allowCredentials!;
    const payload = forger.authenticate(created.authenticationOptions, {
      credential: { ...forger.credentials[0]!, credentialId: offered!.id },
      userHandle: 'omit',
    });
    return timed(async () => {
      expect(await browser.verifyAuthentication(created.verificationId, payload)).toMatchObject(FAILED);
    });
  };
  const forger = new SoftwareAuthenticator({ algorithms: [-7] });

  it('in the answer to a forged assertion, of whichever algorithm', async () => {
    await new Browser(server, forger).register(freshUsername());
    const kinds = Object.entries(accounts).map(([name, ones]) => [name, () => forge(pick(ones))] as const);
    report(
      'forged assertions',
      await measure({ ...Object.fromEntries(kinds), decoys: () => forge(unknown()) }),
    );
  }, 3_600_000);

  inFull(
    'nor by all that an answer tells, in ten tries of each of 40 names',
    async () => {
      /** What a guesser sees of a name: means of ten tries. */
      const look = async (identifier: Identifier) => {
        const seen: number[][] = [];
        for (let tries = 0; tries < 10; tries += 1) {
          const browser = new Browser(server);
          const began = performance.now();
          const { body, headers } = await browser.authenticationOptions(identifier);
          const optionsTime = performance.now() - began;
          const offered = body.authenticationOptions.allowCredentials!;
          const idBytes = offered.reduce((sum, { id }) => sum + id.length, 0);
          seen.push([
            ...[optionsTime, await forge(identifier), offered.length, idBytes, JSON.stringify(body).length],
            [...headers].join().length,
          ]);
        }
        return seen[0]!.map((_, signal) => seen.reduce((sum, one) => sum + one[signal]!, 0) / seen.length);
      };
      const reals = Object.values(accounts).flat();
      const learnt = { real: [] as number[][], decoy: [] as number[][] };
      const guessed = { real: [] as number[][], decoy: [] as number[][] };
      for (const set of [learnt, guessed]) {
        for (let index = 0; index < 20; index += 1) {
          set.real.push(await look(reals.splice(randomInt(reals.length), 1)[0]!));
          set.decoy.push(await look(unknown()));
        }
      }
      const all = [...learnt.real, ...learnt.decoy];
      const spread = all[0]!.map((_, signal) => {
        const values = all.map((one) => one[signal]!);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
      });
      const centre = (ones: number[][]) =>
        spread.map((_, signal) => ones.reduce((sum, one) => sum + one[signal]!, 0) / ones.length);
      const distance = (one: number[], to: number[]) =>
        spread.reduce((sum, by, signal) => sum + ((one[signal]! - to[signal]!) / by) ** 2, 0);
      const [toReal, toDecoy] = [centre(learnt.real), centre(learnt.decoy)];
      const isGuessedReal = (one: number[]) => distance(one, toReal) < distance(one, toDecoy);
      const right =
        guessed.real.filter(isGuessedReal).length + guessed.decoy.filter((one) => !isGuessedReal(one)).length;
      const byChance = atLeastOf(40, right);
      console.log(
        `a guesser was right on ${right} of 40 names, as chance is with p = ${byChance.toFixed(3)}`,
      );
      expect(byChance).toBeGreaterThan(0.01);
    },
    900_000,
  );
});

/** The chance that of so many tosses of a coin `heads` or more are heads. */
function atLeastOf(tosses: number, heads: number): number {
  let ways = 1;
  let sum = 0;
  for (let count = 0; count <= tosses; count += 1) {
    if (count >= heads) sum += ways;
    ways = (ways * (tosses - count)) / (count + 1);
  }
  return sum / 2 ** tosses;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** The chance that a value of `ones` is greater than one of `others`. */
function areaUnderTheCurve(ones: number[], others: number[]): number {
  const ranked = [
    ...ones.map((value) => ({ value, one: true })),
    ...others.map((value) => ({ value, one: false })),
  ];
  ranked.sort((a, b) => a.value - b.value);
  const rankSum = ranked.reduce((sum, { one }, index) => sum + (one ? index + 1 : 0), 0);
  return (rankSum - (ones.length * (ones.length + 1)) / 2) / (ones.length * others.length);
}
