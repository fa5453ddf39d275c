import { Browser, expectStatus } from '../support/browser';
import { signedIn, signedInAs } from '../support/signed-in';
import { TestServer } from '../support/test-server';

const NOT_ALLOWED = { status: 422, body: { code: 'user.username_not_allowed' } };

describe('a user name', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    for (const value of ['alice', 'modern', 'bill', '\u0441\u043e\u0441\u043e\u0440']) {
      await signedIn(server, { type: 'username', value });
    }
  });
  afterAll(() => server.stop());

  let imports = 0;
  const registering = async (value: string) => {
    const browser = new Browser(server);
    await browser.start('Register');
    return browser.registrationOptions({ type: 'username', value });
  };
  const importing = async (username: string) => {
    const browser = new Browser(server);
    await signedIn(server);
    const { passkeys } = expectStatus(
      200,
      await browser.manage<{ passkeys: object[] }>('GET', '/api/passkeys/export?limit=1'),
    );
    const passkey = {
      ...passkeys[0],
      user: { username },
      userHandle: null,
      credentialId: Buffer.from(`imported-${++imports}`).toString('base64url'),
    };
    const { results } = expectStatus(
      200,
      await browser.manage<{ results: { code?: string }[] }>('POST', '/api/passkeys/import', {
        passkeys: [passkey],
      }),
    );
    return results[0]!.code;
  };

  it.each([
    ['an email address', 'alice@example.com'],
    ['an email address, full-width', 'alice\uff20example.com'],
    ['an email address, small', 'alice\ufe6bexample.com'],
    ['a phone number', '+44 20 7183 8750'],
    ['a phone number, full-width', '\uff0b\uff14\uff14\uff12\uff10\uff17\uff11\uff18\uff13'],
    ['Latin and Cyrillic', '\u0430lice'],
    ['Latin and Greek', 'al\u03b9ce'],
    ['Greek and Cyrillic', '\u03b1\u0431\u0433'],
    ['Hebrew and Arabic', '\u05d0\u0628'],
    ['digits of two scripts', '1\u0661'],
    ['one that is taken, full-width', '\uff41\uff4c\uff49\uff43\uff45'],
    ['one that is taken, mathematical', '\u{1d41a}\u{1d425}\u{1d422}\u{1d41c}\u{1d41e}'],
    ['one that is taken, dotless', 'al\u0131ce'],
    ['one that is taken, in another script as a whole', 'cocop'],
    ['one that is taken, with r and n for m', 'rnodern'],
    ['one that is taken, with digits for letters', 'bi11'],
    ['one that is taken, with capitals for letters', 'biIl'],
  ])('that reads as %s is refused at every way in', async (_, value) => {
    expect(await registering(value)).toMatchObject(NOT_ALLOWED);
    const manager = new Browser(server);
    expect(await manager.manage('POST', '/api/users', { username: value })).toMatchObject(NOT_ALLOWED);
    const { userId } = await signedIn(server);
    const renamed = await manager.manage('PATCH', `/api/users/${userId}`, { username: value });
    expect(renamed).toMatchObject(NOT_ALLOWED);
    expect(await importing(value)).toBe('user.username_not_allowed');
  });

  it.each([
    ['Japanese', '\u7530\u4e2d\u3055\u3093\u30bf\u30ed\u30a6Taro'],
    ['Korean', '\uae40\u6c11 Kim'],
    ['Chinese with Bopomofo', '\u5c0f\u660e\u3105'],
    ['Cyrillic', '\u041c\u0430\u0440\u0438\u044f'],
    ['Greek', '\u0391\u03bb\u03ad\u03be\u03b7\u03c2'],
    ['Arabic with its digits', '\u0639\u0644\u064a\u0661\u0662'],
    ['Persian with a joiner', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ['Hindi', '\u0905\u092e\u093f\u0924'],
    ['Thai', '\u0e2a\u0e21\u0e0a\u0e32\u0e22'],
    ['accents', 'Zo\u00eb-Ren\u00e9e O\u2019Neil'],
    ['emoji', 'rocket\u{1F680}'],
    ['another case', 'Alice'],
    ['digits only', '2024'],
    ['punctuation', 'a.b_c-d'],
  ])('in %s is taken', async (_, value) => {
    expectStatus(200, await registering(value));
  });

  it('that looks like another one is one account’s, also of several that are asked for at once', async () => {
    const names = ['pa\u0131r', 'pair', 'pa\u03b9r', 'p\uff41ir'];
    const answers = await Promise.all(
      names.map((username) => new Browser(server).manage('POST', '/api/users', { username })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(3);
  });

  it('of before stays, signs in, and may be kept in a change', async () => {
    const names = ['old@example.com', '\u0430lex'];
    for (const value of names) {
      const { browser, userId, identifier } = await signedInAs(server, value);
      const again = new Browser(server, browser.authenticator);
      await again.signIn(identifier);
      const kept = await again.manage('PATCH', `/api/users/${userId}`, { username: value, suspended: false });
      expect(kept).toMatchObject({ status: 200, body: { username: value } });
    }
  });
});

describe('a policy of user names', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      USERNAME_PATTERN: '[a-z][a-z0-9]{2,15}',
      RESERVED_USERNAMES: 'admin, root, support',
    });
  });
  afterAll(() => server.stop());

  it.each(['ab', 'Upper', 'with space', '1st', 'x'.repeat(17), 'admin', 'support', 'supp0rt', 'root'])(
    'refuses %s',
    async (username) => {
      const answer = await new Browser(server).manage('POST', '/api/users', { username });
      expect(answer).toMatchObject(NOT_ALLOWED);
      expect(answer.body['data']).toEqual({ username: [expect.any(String)] });
    },
  );

  it('takes what it does not name', async () => {
    expectStatus(201, await new Browser(server).manage('POST', '/api/users', { username: 'administrator' }));
    expectStatus(201, await new Browser(server).manage('POST', '/api/users', { username: 'abc' }));
  });
});
