import { randomBytes } from 'node:crypto';
import { encodeCBOR, type CBORType } from '@levischuck/tiny-cbor';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';

/** Milliseconds of processor, of this process: the test's own share is in it. */
const MOST = 50;

const FAILED = 'session.mfa.webauthn_verification_failed';

describe('whatever is sent, an answer costs little', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** The least of some tries, so that garbage collection, compilation and a busy machine do not count. */
  const costOf = async (ask: () => Promise<unknown>): Promise<number> => {
    let least = Infinity;
    for (let tries = 0; tries < 20 && least >= MOST; tries += 1) {
      const began = process.cpuUsage();
      await ask();
      const { user, system } = process.cpuUsage(began);
      least = Math.min(least, (user + system) / 1000);
    }
    return least;
  };

  const fill = (text: string, length: number) =>
    text.repeat(Math.ceil(length / text.length)).slice(0, length);
  const OPTIONS = '/api/experience/verification/sign-in-web-authn/authentication';
  const REGISTRATION = '/api/experience/verification/web-authn/registration';

  it.each([
    ['letters', 'a'],
    ['combining marks', 'a\u0300\u0301\u0302\u0303'],
    ['letters of three code points each', '\ufb2c'],
    ['digits of many scripts', '\u0661\u06f1\u0967\uff11'],
    ['the last digits of their runs', '\u{1d7ff}'],
    ['look-alikes', '\u{1d41a}\u0430\u2170'],
    ['letters of all scripts', '\u0430\u03b1\u05d0\u0627\u0905\u0e01\uac00\u4e00\u3042'],
    ['emoji with joiners', '\u{1f469}\u200d\u{1f4bb}'],
    ['spaces and hyphens', ' -\u2010\u2011'],
    ['at signs', '@'],
    ['dots', 'a.'],
    ['an address', 'a@a.a.'],
    ['a Unicode domain', 'a@\u00fc.'],
    ['a number', '+1 (2) '],
    ['a link of a number', 'tel:+1;phone-context=+'],
    ['backslashes and quotes', '\\"'],
  ])('identifiers of %s', async (_name, pattern) => {
    for (const type of ['username', 'email', 'phone'] as const) {
      for (const value of [
        fill(pattern, 512),
        `x@${fill(pattern, 500)}`,
        `${fill(pattern, 60)}@example.com`,
      ]) {
        for (const path of [OPTIONS, REGISTRATION]) {
          const browser = new Browser(server);
          if (path === REGISTRATION) await browser.start('Register');
          const cost = await costOf(() => browser.post(path, { identifier: { type, value } }));
          expect([type, path, cost < MOST, cost]).toEqual([type, path, true, cost]);
        }
      }
    }
  });

  const SIZE = 64_000;
  it.each([
    ['arrays', `{"identifier":${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2 - 20)}`],
    ['numbers', `{"identifier":[${fill('1,', SIZE - 40)}1]}`],
    ['exponents', `{"identifier":[${fill('1e308,', SIZE - 40 - (SIZE % 6))}1]}`],
    ['members', `{${Array.from({ length: 5_000 }, (_, index) => `"m${index}":0`).join()}}`],
    ['members of one name', `{${fill('"identifier":0,', SIZE - 100 - (SIZE % 15))}"x":0}`],
    ['escapes', `{"identifier":{"type":"username","value":"${fill('\\u0061', 60_000)}"}}`],
    ['objects', `{"identifier":${fill('{"type":', SIZE / 2)}`],
  ])('bodies of %s', async (_name, body) => {
    for (const path of [OPTIONS, `${OPTIONS}/verify`, REGISTRATION, '/api/experience/identification']) {
      const cost = await costOf(() => new Browser(server).post(path, body));
      expect([path, cost < MOST, cost]).toEqual([path, true, cost]);
    }
  });

  it.each([
    ['many cookies', 'cookie', fill('a=b; ', 12_000)],
    ['a long cookie', 'cookie', `experience_session=${fill('%41', 12_000)}`],
    ['quoted cookies', 'cookie', fill('a="\\""; ', 12_000)],
    ['a long token', 'authorization', `Bearer ${fill('x', 12_000)}`],
    ['spaces for a token', 'authorization', `Bearer ${fill(' ', 12_000)}x x`],
    ['a long origin', 'origin', `http://${fill('a.', 12_000)}`],
    ['a long user agent', 'user-agent', fill('Mozilla/5.0 (X11; Linux) ', 12_000)],
    ['many forwarded addresses', 'x-forwarded-for', fill('[::1]:1, ', 12_000)],
    ['languages', 'accept-language', fill('en;q=0.1,', 12_000)],
  ])('headers of %s', async (_name, header, value) => {
    for (const path of ['/api/my-account', '/api/users']) {
      const browser = new Browser(server, undefined, null);
      const cost = await costOf(() => browser.call('GET', path, undefined, { [header]: value }));
      expect([path, cost < MOST, cost]).toEqual([path, true, cost]);
    }
  });

  const map = (...entries: [string, CBORType][]) => Buffer.from(encodeCBOR(new Map(entries)));
  const bytes = (length: number) => new Uint8Array(randomBytes(length));

  it.each<[string, string, (authData: Uint8Array) => Map<string, CBORType>]>([
    [
      'six certificates that are none',
      'packed',
      () =>
        new Map<string, CBORType>([
          ['alg', -7],
          ['sig', bytes(72)],
          ['x5c', Array.from({ length: 6 }, () => bytes(2_600))],
        ]),
    ],
    [
      'sequences in sequences for a certificate',
      'packed',
      () =>
        new Map<string, CBORType>([
          ['alg', -7],
          ['sig', bytes(72)],
          ['x5c', [new Uint8Array(Buffer.alloc(15_000, 0x30))]],
        ]),
    ],
    [
      'a large signature of itself',
      'packed',
      () =>
        new Map<string, CBORType>([
          ['alg', -7],
          ['sig', bytes(40_000)],
        ]),
    ],
    [
      'a TPM',
      'tpm',
      () =>
        new Map<string, CBORType>([
          ['ver', '2.0'],
          ['alg', -7],
          ['sig', bytes(72)],
          ['certInfo', bytes(15_000)],
          ['pubArea', bytes(15_000)],
          ['x5c', [bytes(5_000)]],
        ]),
    ],
    [
      'a token of SafetyNet',
      'android-safetynet',
      () =>
        new Map<string, CBORType>([
          ['ver', '1'],
          ['response', new Uint8Array(Buffer.from(`${fill('e30', 20_000)}.${fill('e30', 20_000)}.AA`))],
        ]),
    ],
    ['compound statements', 'compound', () => new Map<string, CBORType>()],
  ])('attestation of %s', async (_name, format, statement) => {
    const ready: (() => Promise<unknown>)[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const browser = new Browser(server);
      await browser.start('Register');
      const options = expectStatus(200, await browser.registrationOptions(freshUsername()));
      const payload = browser.authenticator.register(options.registrationOptions);
      const authData = new Uint8Array(Buffer.from(payload.response.authenticatorData!, 'base64url'));
      const attStmt: CBORType =
        format === 'compound'
          ? Array.from(
              { length: 400 },
              () =>
                new Map<string, CBORType>([
                  ['fmt', 'none'],
                  ['attStmt', new Map()],
                ]),
            )
          : statement(authData);
      payload.response.attestationObject = map(
        ['fmt', format],
        ['attStmt', attStmt],
        ['authData', authData],
      ).toString('base64url');
      ready.push(async () => {
        const answer = await browser.verifyRegistration(options.verificationId, payload);
        expect(
          answer.status === 200 || answer.body['code' as never] === FAILED || answer.status === 400,
        ).toBe(true);
      });
    }
    const cost = await costOf(() => ready.pop()!());
    expect([cost < MOST, cost]).toEqual([true, cost]);
  });
});
