import { Browser, expectStatus } from '../support/browser';
import { TestServer } from '../support/test-server';

describe('usernames in Unicode', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    const browser = new Browser(server);
    for (const value of ['alice', 'Zo\u00eb', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645']) {
      await browser.register({ type: 'username', value });
    }
  });
  afterAll(() => server.stop());

  const ask = (value: string) => new Browser(server).authenticationOptions({ type: 'username', value });
  const registering = async (value: string) => {
    const browser = new Browser(server);
    await browser.start('Register');
    return browser.registrationOptions({ type: 'username', value });
  };

  it('in either normalisation are the same user, to sign in and to be taken', async () => {
    for (const value of ['Zo\u00eb', 'Zoe\u0308']) {
      expectStatus(200, await ask(value));
      expect(await registering(value)).toMatchObject({
        status: 422,
        body: { code: 'user.username_already_in_use' },
      });
    }
  });

  it.each([
    ['Cyrillic', '\u0430lice'],
    ['Greek', 'al\u03b9ce'],
    ['full-width', '\uff41\uff4c\uff49\uff43\uff45'],
    ['mathematical', '\u{1d41a}\u{1d425}\u{1d422}\u{1d41c}\u{1d41e}'],
    ['another case', 'Alice'],
    ['dotless', 'al\u0131ce'],
    ['a ligature', 'al\u0133ce'],
    ['combining marks', 'a\u0301lice'],
  ])('that look alike (%s) are somebody else, whom no passkey of alice signs in', async (_name, value) => {
    expect(await ask(value)).toMatchObject({ status: 404, body: { code: 'user.user_not_exist' } });
  });

  it.each([
    ['zero-width space', 'ali\u200bce'],
    ['zero-width joiner', 'ali\u200dce'],
    ['zero-width non-joiner', 'ali\u200cce'],
    ['soft hyphen', 'ali\u00adce'],
    ['word joiner', 'ali\u2060ce'],
    ['byte order mark', '\ufeffalice'],
    ['right-to-left override', '\u202eecila'],
    ['Arabic letter mark', 'alice\u061c'],
    ['variation selector', 'alice\ufe0f'],
    ['tag characters', 'alice\u{e0061}\u{e007f}'],
    ['Hangul filler', 'alice\u3164'],
    ['combining grapheme joiner', 'ali\u034fce'],
    ['invisible separator', 'ali\u2063ce'],
    ['interlinear annotation', 'ali\ufff9ce'],
    ['no-break space', 'alice\u00a0b'],
    ['ideographic space', 'alice\u3000b'],
    ['line separator', 'alice\u2028'],
    ['NUL', 'alice\u0000'],
    ['lone surrogate', 'alice\ud800'],
    ['space at the end', 'alice '],
  ])('with what nobody sees (%s) are refused', async (_name, value) => {
    for (const answer of [await ask(value), await registering(value)]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    }
  });

  it('keep joiners where letters need them, and emoji', async () => {
    expectStatus(200, await ask('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'));
    for (const value of ['\u{1f469}\u200d\u{1f4bb}', '\u2764\ufe0f', 'क्\u200dष']) {
      expectStatus(200, await registering(value));
    }
  });

  it('that grow when they are normalised stay within the length', async () => {
    expect((await registering('\ufb2c'.repeat(128))).status).toBe(400);
    expect((await registering('e\u0301'.repeat(128))).status).toBe(200);
    expect((await registering('e\u0301'.repeat(129))).status).toBe(400);
  });
});
