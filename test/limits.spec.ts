import { setTimeout } from 'node:timers/promises';
import { sharedKey } from '../libs/experience-verification/src/limits/limit-key';
import { Lockouts } from '../libs/experience-verification/src/limits/lockouts.service';
import { ProcessorShares } from '../libs/experience-verification/src/limits/processor-shares';
import { RateLimits } from '../libs/experience-verification/src/limits/rate-limits.service';
import { StoreAccess } from '../libs/experience-verification/src/limits/store-access';
import { Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { holdTurnsOf } from './support/held-turns';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { statementsOf } from './support/statements-of';
import { TestServer } from './support/test-server';

const EXPERIENCE = '/api/experience';
const PREFLIGHT = `${EXPERIENCE}/preflight/sign-in-web-authn/authentication`;
const RECOVERY_CODE = `${EXPERIENCE}/verification/recovery-code/verify`;

/** A browser behind the proxy that the test itself is. */
class BrowserAt extends Browser {
  constructor(
    server: { url: string },
    readonly address: string,
    authenticator?: SoftwareAuthenticator,
  ) {
    super(server, authenticator);
    const call = this.call;
    this.call = (method, path, body, headers) =>
      call(method, path, body, { 'x-forwarded-for': address, ...headers });
  }
}

let addresses = 0;
const freshAddress = () => `10.${process.pid % 250}.${++addresses >> 8}.${addresses & 255}`;

const ON = {
  RATE_LIMIT: 'on',
  TRUSTED_PROXIES: '127.0.0.1',
  RATE_LIMIT_PER_ADDRESS: '1000',
  RATE_LIMIT_PER_IDENTIFIER: '1000',
  RATE_LIMIT_PER_INTERACTION: '1000',
};

const untilRefused = async (ask: () => Promise<{ status: number }>, most = 100) => {
  for (let admitted = 0; admitted < most; admitted += 1) if ((await ask()).status === 429) return admitted;
  return most;
};

/** As on an idle machine: on a busy one a slow store is left alone for a second. */
function waitForTheStoreOf(server: TestServer): void {
  const access = server.app.get(StoreAccess, { strict: false });
  jest.spyOn(access, 'within').mockImplementation((answer) => answer);
}

/** The shortest lock lasts for a second, which a busy machine may need for less than one call. */
const standStill = () => {
  const now = performance.now();
  return jest.spyOn(performance, 'now').mockImplementation(() => now);
};

const SMALL = {
  ...ON,
  RATE_LIMIT_PER_ADDRESS: '20',
  RATE_LIMIT_PER_IDENTIFIER: '10',
  RATE_LIMIT_PER_INTERACTION: '10',
};

it('an address is admitted exactly as often as it may be, among thousands of others', async () => {
  const rates = new RateLimits({ isResting: true } as StoreAccess);
  const ask = (address: string) =>
    rates.admit([{ key: `address ${address}`, limit: 50, window: 60_000 }]).then(
      () => ({ status: 200 }),
      () => ({ status: 429 }),
    );
  const asking = async () => {
    for (let other = 0; other < 100; other += 1) expect(await ask(freshAddress())).toEqual({ status: 200 });
    return ask('203.0.113.9');
  };
  expect(await untilRefused(asking)).toBe(50);
});

describe('small limits', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start(SMALL);
    waitForTheStoreOf(server);
  });
  afterAll(() => server.stop());

  it('refuse an address that asks too often, and say when to come back', async () => {
    const address = freshAddress();
    expect(await untilRefused(() => new BrowserAt(server, address).post(PREFLIGHT, {}))).toBe(20);
    const answer = await new BrowserAt(server, address).post(PREFLIGHT, {});
    expect(answer).toMatchObject({ status: 429, body: { code: 'request.too_many' } });
    expect(Object.keys(answer.body)).toEqual(['code', 'message']);
    const retryAfter = answer.headers.get('retry-after')!;
    expect(retryAfter).toMatch(/^\d+$/);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    expect((await new BrowserAt(server, freshAddress()).post(PREFLIGHT, {})).status).toBe(200);
  });

  it('admit an address again once its window has passed', async () => {
    const address = freshAddress();
    const ask = () => new BrowserAt(server, address).post(PREFLIGHT, {});
    expect(await untilRefused(ask)).toBe(20);
    const now = jest.spyOn(performance, 'now').mockImplementation(() => 1e12);
    try {
      await server.query(`UPDATE passkey.rate_limits SET expires_at = now()`);
      expect((await ask()).status).toBe(200);
    } finally {
      now.mockRestore();
    }
  });

  it('count an IPv6 network of one customer as one address', async () => {
    let host = 0;
    const ask = () => new BrowserAt(server, `2001:db8:1:2::${(++host).toString(16)}`).post(PREFLIGHT, {});
    expect(await untilRefused(ask)).toBe(20);
    expect((await new BrowserAt(server, '2001:db8:1:3::1').post(PREFLIGHT, {})).status).toBe(200);
  });

  it('count an identifier together with the address, so that strangers do not use up its owner’s', async () => {
    const identifier = freshUsername();
    const stranger = freshAddress();
    const owner = new BrowserAt(server, freshAddress());
    await owner.register(identifier);
    const ask = (at: string, value: Identifier) => new BrowserAt(server, at).authenticationOptions(value);
    expect(await untilRefused(() => ask(stranger, identifier))).toBe(10);
    expect((await ask(stranger, freshUsername())).status).toBe(404);
    await owner.signIn(identifier);
  });

  it('count an identifier in all its spellings as one', async () => {
    const browser = new BrowserAt(server, freshAddress());
    const spellings = ['a@example.com', 'A@Example.com', ' a@EXAMPLE.COM'];
    let turn = 0;
    const ask = () => browser.authenticationOptions({ type: 'email', value: spellings[++turn % 3]! });
    expect(await untilRefused(ask)).toBe(10);
  });

  it('count what other servers have admitted', async () => {
    const address = freshAddress();
    const ask = () => new BrowserAt(server, address).post(PREFLIGHT, {});
    for (let index = 0; index < 12; index += 1) expect((await ask()).status).toBe(200);
    const key = Buffer.from(sharedKey(`address ${address}`), 'base64url');
    await server.query(
      `INSERT INTO passkey.rate_limits (key, count, expires_at) VALUES ($1, 20, now() + interval '1 minute')
       ON CONFLICT (key) DO UPDATE SET count = 20`,
      [key],
    );
    // By itself this server admits 8 more.
    expect(await untilRefused(ask, 7)).toBeLessThan(7);
  });

  it('count an interaction, from whichever address', async () => {
    const browser = new BrowserAt(server, freshAddress());
    await browser.start('SignIn');
    const ask = () => browser.call('POST', PREFLIGHT, {}, { 'x-forwarded-for': freshAddress() });
    expect(await untilRefused(ask)).toBe(10);
    expect((await new BrowserAt(server, browser.address).post(PREFLIGHT, {})).status).toBe(200);
  });

  it.each([
    'verification/sign-in-web-authn/authentication',
    'verification/sign-in-web-authn/authentication/verify',
    'verification/sign-in-passkey/authentication',
    'verification/sign-in-passkey/authentication/verify',
    'preflight/sign-in-web-authn/authentication',
    'preflight/sign-in-passkey/authentication',
    'verification/web-authn/authentication',
    'verification/web-authn/authentication/verify',
    'verification/web-authn/registration',
    'verification/web-authn/registration/verify',
    'verification/recovery-code/verify',
    'verification/verification-code',
    'verification/verification-code/verify',
  ])('hold for %s, whatever the body', async (path) => {
    const address = freshAddress();
    const bodies = [{}, { identifier: { type: 'username', value: 7 } }];
    let turn = 0;
    const ask = () => new BrowserAt(server, address).post(`${EXPERIENCE}/${path}`, bodies[++turn % 2]);
    expect(await untilRefused(ask)).toBe(20);
  });

  it('leave other calls alone', async () => {
    const browser = new BrowserAt(server, freshAddress());
    await untilRefused(() => browser.post(PREFLIGHT, {}));
    expect((await browser.get('/health/ready')).status).toBe(200);
    expect((await browser.call('DELETE', '/api/experience')).status).toBe(204);
  });
});

describe('limits', () => {
  it('believe X-Forwarded-For of configured proxies only', async () => {
    const server = await TestServer.start({ ...SMALL, TRUSTED_PROXIES: '' });
    expect(await untilRefused(() => new BrowserAt(server, freshAddress()).post(PREFLIGHT, {}))).toBe(20);
    await server.stop();
  });

  it('can be turned off', async () => {
    const server = await TestServer.start({ ...SMALL, RATE_LIMIT: 'off' });
    expect(await untilRefused(() => new BrowserAt(server, '10.0.0.1').post(PREFLIGHT, {}), 25)).toBe(25);
    await server.stop();
  });
});

describe('the processor', () => {
  it('is charged to who used it, however short each of their requests is', () => {
    let used = 0;
    let clock = 0;
    const usage = jest
      .spyOn(process, 'cpuUsage')
      .mockImplementation(() => ({ user: used * 1_000, system: 0 }));
    const now = jest.spyOn(performance, 'now').mockImplementation(() => clock);
    try {
      const shares = new ProcessorShares(0.05);
      // Of a neighbour, and long: it is under way whatever the other does.
      const upload = shares.begin('neighbour');
      shares.isHere('neighbour');
      for (let requests = 0; requests < 6_000; requests += 1) {
        const end = shares.begin('busy');
        shares.isHere('busy');
        clock += 2;
        used += 2;
        end();
        clock += 2;
      }
      upload();
      expect(shares.isSpent('busy')).toBe(true);
    } finally {
      usage.mockRestore();
      now.mockRestore();
    }
  });

  it('is an address’s to use as long as it is alone, and once others are there no more than a share', async () => {
    const server = await TestServer.start({ ...ON, RATE_LIMIT_PROCESSOR_PERCENT: '2' });
    /** Microseconds: as if each request needed much. */
    const usage = jest
      .spyOn(process, 'cpuUsage')
      .mockImplementation(() => ({ user: performance.now() * 400_000, system: 0 }));
    const busy = new BrowserAt(server, freshAddress());
    const owner = new BrowserAt(server, freshAddress());
    try {
      // What is used within 3 ms is charged to one request, at most 50 ms of it.
      const ask = async () => {
        await setTimeout(4);
        return busy.get('/api/my-account');
      };
      expect(await untilRefused(ask, 100)).toBe(100);
      // Who watches the server is there always.
      expect((await owner.get('/health/ready')).status).toBe(200);
      expect((await ask()).status).toBe(401);
      const identifier = freshUsername();
      await owner.register(identifier);

      const paths = ['/', '/openapi.json', '/oidc/jwks', '/nowhere', PREFLIGHT, '/health/live'];
      const refused = await Promise.all(paths.map((path) => busy.post(path, '{')));
      for (const answer of refused) {
        expect(answer).toMatchObject({ status: 429, body: { code: 'request.too_many' } });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(4);
      }
      expect((await busy.get('/health/live')).status).toBe(200);
      expect((await busy.get('/health/ready')).status).toBe(200);
      // Not without end, nor whatever bears the name.
      const more = await Promise.all(Array.from({ length: 30 }, () => busy.get('/health/live')));
      expect(more.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(17);
      expect(more.at(-1)?.status).toBe(429);
      expect((await busy.get('/api/my-account?/health/live')).status).toBe(429);
      await owner.signIn(identifier);
      const events = await server.query(
        `SELECT details->>'ip' AS ip FROM passkey.audit_events WHERE type = 'limit.reached'`,
      );
      expect(events).toEqual([{ ip: busy.address }]);

      const clock = performance.now.bind(performance);
      const now = jest.spyOn(performance, 'now').mockImplementation(() => clock() + 90_000);
      try {
        expect((await owner.get('/api/my-account')).status).toBe(200);
        expect((await ask()).status).toBe(401);
      } finally {
        now.mockRestore();
      }
    } finally {
      usage.mockRestore();
      await server.stop();
    }
  }, 60_000);
});

describe('large limits', () => {
  let server: TestServer;
  let lockouts: Lockouts;
  beforeAll(async () => {
    server = await TestServer.start(ON);
    waitForTheStoreOf(server);
    lockouts = holdTurnsOf(server, Lockouts);
  });
  afterAll(() => server.stop());

  it('cost a sign-in no statement', async () => {
    const browser = new BrowserAt(server, freshAddress());
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.start('SignIn');
    const signIn = async () => {
      const options = expectStatus(200, await browser.authenticationOptions(identifier));
      const payload = browser.authenticator.authenticate(options.authenticationOptions);
      expectStatus(200, await browser.verifyAuthentication(options.verificationId, payload));
    };
    // The options, the challenge that is spent, and what comes of it.
    expect(await statementsOf(signIn)).toBe(3);
  });

  describe('of failures in a row', () => {
    const failOnce = async (browser: Browser, identifier: Identifier) => {
      const options = await browser.authenticationOptions(identifier);
      if (options.status === 429) return options;
      const { verificationId, authenticationOptions } = expectStatus(200, options);
      const payload = browser.authenticator.authenticate(authenticationOptions, { up: false });
      return browser.verifyAuthentication(verificationId, payload);
    };

    const account = async () => {
      const owner = new BrowserAt(server, freshAddress());
      const identifier = freshUsername();
      await owner.register(identifier);
      const stranger = new BrowserAt(server, freshAddress(), owner.authenticator);
      return { owner, identifier, stranger };
    };

    it('lock that identifier for that address, longer each time, and nobody else', async () => {
      const { owner, identifier, stranger } = await account();
      const still = standStill();
      for (let index = 0; index < 20; index += 1) {
        expect((await failOnce(stranger, identifier)).status).toBe(400);
      }
      const refused = await failOnce(stranger, identifier);
      still.mockRestore();
      expect(refused).toMatchObject({ status: 429, body: { code: 'request.too_many' } });
      expect(refused.headers.get('retry-after')).toBe('1');
      // The owner elsewhere, another identifier, and the passkey button go on.
      await owner.signIn(identifier);
      expect((await stranger.authenticationOptions(freshUsername())).status).toBe(404);
      await new BrowserAt(server, stranger.address, owner.authenticator).signIn();

      const waits: string[] = [];
      for (let round = 0; round < 11; round += 1) {
        const later = performance.now() + 1e6 * (round + 1);
        const now = jest.spyOn(performance, 'now').mockImplementation(() => later);
        expect((await failOnce(stranger, identifier)).status).toBe(400);
        waits.push((await failOnce(stranger, identifier)).headers.get('retry-after')!);
        now.mockRestore();
      }
      expect(waits).toEqual(['2', '4', '8', '16', '32', '64', '128', '256', '512', '900', '900']);
    });

    it('are forgotten after a success', async () => {
      const { owner, identifier } = await account();
      for (let round = 0; round < 2; round += 1) {
        for (let index = 0; index < 19; index += 1) {
          expect((await failOnce(owner, identifier)).status).toBe(400);
        }
        await owner.signIn(identifier);
        await lockouts.poll();
        expect(await server.query('SELECT FROM passkey.failed_attempts WHERE count = 19')).toEqual([]);
      }
    });

    it('lock also who collected challenges before', async () => {
      const { identifier, stranger } = await account();
      const kept = new BrowserAt(server, stranger.address, stranger.authenticator);
      const options = expectStatus(200, await kept.authenticationOptions(identifier));
      const still = standStill();
      for (let index = 0; index < 20; index += 1) await failOnce(stranger, identifier);
      const payload = kept.authenticator.authenticate(options.authenticationOptions);
      expect((await kept.verifyAuthentication(options.verificationId, payload)).status).toBe(429);
      still.mockRestore();
    });

    it('have so many codes sent to whomever in an hour', async () => {
      const browser = new BrowserAt(server, freshAddress());
      const path = `${EXPERIENCE}/verification/verification-code`;
      const ask = () => browser.post(path, { identifier: freshUsername() });
      expect(await untilRefused(ask, 200)).toBe(120);
      expect(Number((await ask()).headers.get('retry-after'))).toBeGreaterThan(3_000);
    });

    it('of recovery codes lock after five, alike for a user who does not exist', async () => {
      const { identifier } = await account();
      for (const target of [identifier, freshUsername()]) {
        const browser = new BrowserAt(server, freshAddress());
        const ask = () => browser.post(RECOVERY_CODE, { identifier: target, code: 'AAAA-BBBB-CCCC-DDDD' });
        const still = standStill();
        expect(await untilRefused(ask)).toBe(5);
        expect((await ask()).headers.get('retry-after')).toBe('1');
        still.mockRestore();
      }
    });

    it('of recovery codes, from however many addresses, keep the owner from nothing', async () => {
      const { owner, identifier } = await account();
      const { codes } = expectStatus(
        201,
        await owner.post<{ codes: string[] }>('/api/my-account/recovery-codes'),
      );
      for (let index = 0; index < 60; index += 1) {
        const stranger = new BrowserAt(server, freshAddress());
        const answer = await stranger.post(RECOVERY_CODE, {
          identifier,
          code: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF',
        });
        expect(answer.status).toBe(400);
      }
      const lost = new BrowserAt(server, freshAddress());
      expectStatus(200, await lost.post(RECOVERY_CODE, { identifier, code: codes[0] }));
    });
  });
});

// The embedded database takes one server.
const onTwoServers = process.env['TEST_DATABASE_URL'] ? describe : () => undefined;
onTwoServers('the limits of two servers on one database', () => {
  let pair: [TestServer, TestServer];
  const bothWith = async (env: Record<string, string>) => {
    pair = [await TestServer.start({ ...ON, ...env }), await TestServer.start({ ...ON, ...env })];
    pair.forEach(waitForTheStoreOf);
    return pair;
  };
  afterEach(async () => {
    await Promise.all(pair.map((server) => server.stop()));
  });

  it('hold for both together, but for a tenth of the limit each', async () => {
    const servers = await bothWith({ RATE_LIMIT_PER_ADDRESS: '100' });
    const address = freshAddress();
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        new BrowserAt(servers[index % 2]!, address).post(PREFLIGHT, {}),
      ),
    );
    const admitted = answers.filter(({ status }) => status === 200).length;
    expect(admitted).toBeGreaterThanOrEqual(100);
    expect(admitted).toBeLessThanOrEqual(122);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(400 - admitted);
    for (const server of servers) {
      expect((await new BrowserAt(server, address).post(PREFLIGHT, {})).status).toBe(429);
    }
  });

  it('lock out at both whoever failed at one', async () => {
    const [one, other] = await bothWith({});
    const browser = new BrowserAt(one, freshAddress());
    const identifier = freshUsername();
    const code = 'AAAA-BBBB-CCCC-DDDD';
    for (let index = 0; index < 8; index += 1) {
      await browser.post(RECOVERY_CODE, { identifier, code });
      await one.query(
        `UPDATE passkey.failed_attempts SET count = 12, locked_until = now() + interval '2 minutes'`,
      );
    }
    await holdTurnsOf(other, Lockouts).poll();
    const answer = await new BrowserAt(other, browser.address).post(RECOVERY_CODE, { identifier, code });
    expect(answer.status).toBe(429);
  });
});
