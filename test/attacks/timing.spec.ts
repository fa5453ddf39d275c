import { randomBytes, randomInt } from 'node:crypto';
import { Browser, expectStatus, freshUsername, type Identifier } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

/** Calls of each kind; the full run is `npm run test:timing` with 2,000. */
const CALLS = Number(process.env['TIMING_CALLS'] ?? 200);

/**
 * How far the chance that a real account's answer takes longer than a decoy's may be from one half (the area under the
 * ROC curve, which is Mann-Whitney's U over the number of pairs). Of answers that are alike it has the standard error
 * sqrt((m + n + 1) / 12mn): the bound is five of those, and never under 0.05.
 */
const BOUND = Math.max(0.05, 5 * Math.sqrt((2 * CALLS + 1) / (12 * CALLS * CALLS)));

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

describe('decoys can not be told from accounts by the time that they take', () => {
  let server: TestServer;
  let accounts: Identifier[];
  beforeAll(async () => {
    server = await TestServer.start({ ACCOUNT_ENUMERATION: 'decoy', LOG_LEVEL: 'silent', RATE_LIMIT: 'off' });
    accounts = [];
    for (let index = 0; index < 20; index += 1) {
      const identifier = freshUsername();
      accounts.push(identifier);
      await new Browser(server, new SoftwareAuthenticator({ algorithms: [-7] })).register(identifier);
    }
  }, 60_000);
  afterAll(() => server.stop());

  const real = () => accounts[randomInt(accounts.length)]!;
  /** As long as a real name, with letters where that has its number. */
  const unknown = (): Identifier => {
    const letters = randomBytes(2).map((byte) => 0x67 + (byte % 20));
    return { type: 'username', value: real().value.replace(/\d+$/, Buffer.from(letters).toString()) };
  };

  /** Milliseconds of each kind, measured in turns, in an order that is tossed up anew each time. */
  const measure = async (kinds: (() => Promise<number>)[]) => {
    const times: number[][] = kinds.map(() => []);
    for (const kind of kinds) for (let warmUp = 0; warmUp < 20; warmUp += 1) await kind();
    for (let call = 0; call < CALLS; call += 1) {
      const first = randomInt(2);
      for (const index of [first, 1 - first]) times[index]!.push(await kinds[index]!());
    }
    return times as [number[], number[]];
  };

  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };

  const report = (what: string, [ofAccounts, ofDecoys]: [number[], number[]]) => {
    const chance = areaUnderTheCurve(ofAccounts, ofDecoys);
    console.log(
      `${what}: ${CALLS} calls of each kind in turns, median ${median(ofAccounts).toFixed(3)} ms of accounts, ` +
        `${median(ofDecoys).toFixed(3)} ms of decoys, chance ${chance.toFixed(3)}, bound 0.5 ± ${BOUND.toFixed(3)}`,
    );
    expect(Math.abs(chance - 0.5)).toBeLessThan(BOUND);
  };

  it('in the options', async () => {
    const browser = new Browser(server);
    const ask = (identifier: Identifier) =>
      timed(async () => expectStatus(200, await browser.authenticationOptions(identifier)));
    await browser.discoverableOptions();
    report('options', await measure([() => ask(real()), () => ask(unknown())]));
  }, 900_000);

  it('in the answer to a forged assertion', async () => {
    const browser = new Browser(server);
    const forger = new SoftwareAuthenticator({ algorithms: [-7] });
    await new Browser(server, forger).register(freshUsername());
    const [held] = forger.credentials;
    const attempt = async (identifier: Identifier) => {
      const created = expectStatus(200, await browser.authenticationOptions(identifier));
      const [offered] = created.authenticationOptions.allowCredentials!;
      const payload = forger.authenticate(created.authenticationOptions, {
        credential: { ...held!, credentialId: offered!.id },
        userHandle: 'omit',
      });
      return timed(async () => {
        expect(await browser.verifyAuthentication(created.verificationId, payload)).toMatchObject(FAILED);
      });
    };
    report('forged assertions', await measure([() => attempt(real()), () => attempt(unknown())]));
  }, 900_000);
});

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
