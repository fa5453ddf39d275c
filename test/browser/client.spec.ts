import { readFile } from 'node:fs/promises';
import type { PasskeyClient } from 'passkey-sign-in-client';
import type { Browser, Page } from 'playwright-core';
import { Browser as ApiBrowser } from '../support/browser';
import { freePort } from '../support/free-port';
import type { TestServer } from '../support/test-server';
import { until } from '../support/until';
import {
  closeProfile,
  launchChromium,
  openPage,
  untilAutofillHasEnded,
  untilAutofillListens,
  VirtualAuthenticator,
} from './chromium';
import { Frontend } from './frontend';
import { startPageServer } from './page-server';

/** What the pages of these tests put on `window`. */
declare const passkeys: PasskeyClient;

describe('the client, in a frontend on another origin', () => {
  let browser: Browser;
  let server: TestServer;
  let api: string;
  let frontendPort: number;
  let frontend: Frontend;
  let page: Page;
  let device: VirtualAuthenticator;
  let complaints: string[];
  let sent: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    const port = await freePort();
    frontendPort = await freePort();
    api = `http://localhost:${port}`;
    ({ server } = await startPageServer({
      PORT: String(port),
      RP_ORIGINS: `http://localhost:${frontendPort},${api}`,
    }));
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  beforeEach(async () => {
    ({ page, complaints } = await openPage(browser));
    device = await VirtualAuthenticator.in(page, 'internal', { hasPrf: true, hasLargeBlob: true });
    sent = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
  });
  afterEach(async () => {
    await closeProfile(page);
    await frontend.stop();
    expect(complaints).toEqual([]);
  });

  const open = async (html: string) => {
    frontend = await Frontend.start(frontendPort, html.replaceAll('http://localhost:3000', api));
    await page.goto(frontend.url);
  };

  const BARE = `<script type="module">
    import { createPasskeyClient } from 'passkey-sign-in-client';
    window.passkeys = createPasskeyClient({ baseUrl: 'http://localhost:3000' });
    document.documentElement.dataset.ready = 'true';
  </script>`;

  const openBare = async () => {
    await open(BARE);
    await page.locator('html[data-ready]').waitFor();
  };

  let names = 0;

  /** Creates an account by the client, and signs out. */
  const createAccount = async (): Promise<string> => {
    const name = `frontend-${++names}`;
    await page.evaluate(async (value) => {
      await passkeys.createAccount({ type: 'username', value });
      await passkeys.api.signOut();
    }, name);
    return name;
  };

  const readmeExample = async (heading: string) => {
    const readme = await readFile('libs/passkey-client/README.md', 'utf8');
    const example = /```html\n(.*?)```/s.exec(readme.slice(readme.indexOf(heading)));
    return example![1]!;
  };

  it('signs in as README shows, by the button and by autofill', async () => {
    await openBare();
    const name = await createAccount();
    await device.setPresent(false);
    await frontend.stop();
    await open(await readmeExample('A whole sign-in page'));
    await untilAutofillListens(page);
    await device.setPresent(true);
    await page.getByRole('textbox').fill(name);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${api}/account`);

    await page.goto(frontend.url);
    await page.waitForURL(`${api}/account`);
  });

  it('tells by its code what went wrong, as README shows', async () => {
    await device.setPresent(false);
    await open(await readmeExample('A whole sign-in page'));
    await untilAutofillListens(page);
    await page.getByRole('textbox').fill('nobody-of-this-name');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('user.user_not_exist').waitFor();
  });

  it('signs in with the element, which says how it went', async () => {
    await openBare();
    const name = await createAccount();
    await device.setPresent(false);
    await frontend.stop();
    await open(`${await readmeExample('## The element')}<script>
      for (const event of ['signed-in', 'failed']) addEventListener(event, ({ type, detail }) => {
        document.title = type + ' ' + (detail.error?.code ?? detail.redirectTo);
      });
    </script>`);
    await untilAutofillListens(page);
    await page.getByRole('textbox', { name: 'Username, email or phone' }).fill('nobody-of-this-name');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('alert').getByText('That did not work. Try again.').waitFor();
    expect(await page.title()).toBe('failed user.user_not_exist');
    complaints.length = 0;

    await device.setPresent(true);
    await page.getByRole('textbox').fill(name);
    await page.evaluate(() => {
      addEventListener('signed-in', (event) => {
        event.preventDefault();
      });
    });
    await page.getByRole('button').click();
    await page.waitForFunction((title) => document.title === title, `signed-in ${api}/account`);
    expect(new URL(page.url()).pathname).toBe('/');
  });

  describe('beside the element', () => {
    const preflights = () => asked.filter((path) => path.endsWith('/authentication')).length;
    const itHasListenedAWhile = () =>
      page.evaluate(() => {
        const now = performance.now.bind(performance);
        performance.now = () => now() + 60_000;
      });
    let asked: string[];
    beforeEach(async () => {
      asked = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await device.setPresent(false);
      await open(`${await readmeExample('## The element')}${BARE}`);
      await untilAutofillListens(page);
      await device.setPresent(true);
    });

    it('creates an account, whose dialog the autofill of the element leaves alone', async () => {
      await itHasListenedAWhile();
      await page.evaluate(async (value) => {
        const create = navigator.credentials.create.bind(navigator.credentials);
        // As long as the page asks for something, the person is still at the dialog.
        navigator.credentials.create = async (options) => {
          await fetch('/').then((answer) => answer.text());
          options!.signal!.throwIfAborted();
          return create(options);
        };
        await passkeys.createAccount({ type: 'username', value });
      }, `frontend-${++names}`);
      expect(await page.getByRole('alert').textContent()).toBe('');
      expect(preflights()).toBe(1);
    });

    it('listens again in all clients once a ceremony of one has failed', async () => {
      const created = page.evaluate((value) => passkeys.createAccount({ type: 'username', value }), '');
      await expect(created).rejects.toThrow();
      await until(() => preflights() === 2, 'the element does not listen again');
    });

    const createsAccount = () =>
      page.evaluate((value) => passkeys.createAccount({ type: 'username', value }), `frontend-${++names}`);

    it('signs in by the autofill of the element after another client has succeeded, once somebody comes back to the field', async () => {
      await createsAccount();
      await page.evaluate(() => passkeys.api.signOut());
      expect(preflights()).toBe(1);
      await page.getByRole('textbox').focus();
      await page.waitForURL(`${api}/account`);
    });

    it('leaves a ceremony alone that is none of the client’s, until somebody comes back to the field', async () => {
      await itHasListenedAWhile();
      await page.addScriptTag({
        type: 'module',
        content: `import { WebAuthnAbortService } from '@simplewebauthn/browser';
          WebAuthnAbortService.createNewAbortSignal();`,
      });
      await untilAutofillHasEnded(page, 1);
      await page.evaluate(() => fetch('/'));
      expect(await page.getByRole('alert').textContent()).toBe('');
      expect(preflights()).toBe(1);
      await page.getByRole('textbox').focus();
      await until(() => preflights() === 2, 'the element does not listen again');
    });
  });

  it('gets secrets of the PRF extension, the same at each sign-in, and tells the server none', async () => {
    await openBare();
    const secrets = await page.evaluate(async () => {
      const extensions = { prf: { eval: { first: 'c2FsdC1vbmU', second: 'c2FsdC10d28' } } };
      const hex = (secret?: ArrayBuffer) =>
        [...new Uint8Array(secret!)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      const created = await passkeys.createAccount({ type: 'username', value: 'prf' }, extensions);
      const signIn = async (first: string) => {
        const { extensionResults } = await passkeys.signIn({
          identifier: { type: 'username', value: 'prf' },
          extensions: { prf: { eval: { ...extensions.prf.eval, first } } },
        });
        const { first: one, second: two } = extensionResults.prf!.results!;
        return [hex(one), hex(two)];
      };
      const stepUp = await passkeys.stepUp({ extensions });
      return {
        enabled: created.extensionResults.prf!.enabled,
        once: await signIn('c2FsdC1vbmU'),
        again: await signIn('c2FsdC1vbmU'),
        otherSalt: await signIn('b3RoZXI'),
        stepUp: hex(stepUp.extensionResults.prf!.results!.first),
      };
    });
    const [first, second] = secrets.once;
    expect(secrets.enabled).toBe(true);
    expect(first).toMatch(/^[\da-f]{64}$/);
    expect(second).not.toBe(first);
    expect(secrets.again).toEqual([first, second]);
    expect(secrets.otherSalt).toEqual([expect.not.stringMatching(first!), second]);
    expect(secrets.stepUp).toBe(first);
    const results = sent.filter((body) => body.includes('clientExtensionResults'));
    expect(results).toHaveLength(5);
    for (const body of results) expect(body).not.toContain('prf');
  });

  it('evaluates the PRF by credential', async () => {
    await openBare();
    const [all, one] = await page.evaluate(async () => {
      const identifier = { type: 'username', value: 'prf-by-credential' } as const;
      await passkeys.createAccount(identifier, { prf: { eval: { first: 'c2FsdA' } } });
      const [passkey] = await passkeys.api.listPasskeys();
      const signIn = async (prf: object) =>
        [
          ...new Uint8Array(
            (await passkeys.signIn({ identifier, extensions: { prf } })).extensionResults.prf!.results!.first,
          ),
        ].join();
      return [
        await signIn({ eval: { first: 'c2FsdA' } }),
        await signIn({
          eval: { first: 'b3RoZXI' },
          evalByCredential: { [passkey!.credentialId]: { first: 'c2FsdA' } },
        }),
      ];
    });
    expect(one).toBe(all);
  });

  it('writes a large blob at one sign-in, and reads it at the next', async () => {
    await openBare();
    const kept = await page.evaluate(async () => {
      const identifier = { type: 'username', value: 'blob' } as const;
      const created = await passkeys.createAccount(identifier, { largeBlob: { support: 'required' } });
      const written = await passkeys.signIn({ identifier, extensions: { largeBlob: { write: 'a2VwdA' } } });
      const read = await passkeys.signIn({ identifier, extensions: { largeBlob: { read: true } } });
      return {
        supported: created.extensionResults.largeBlob?.supported,
        written: written.extensionResults.largeBlob?.written,
        blob: new TextDecoder().decode(read.extensionResults.largeBlob?.blob),
      };
    });
    expect(kept).toEqual({ supported: true, written: true, blob: 'kept' });
  });

  it('gives up on a passkey without a prompt when the browser does not answer', async () => {
    await openBare();
    const outcome = await page.evaluate(async () => {
      await passkeys.createAccount({ type: 'username', value: 'patient' });
      return passkeys.addPasskeyQuietly();
    });
    expect(outcome).toBeNull();
  });

  it('does an action again after a step-up, and once only', async () => {
    await openBare();
    await createAccount();
    const age = () =>
      server.query(`UPDATE passkey.sessions SET authenticated_at = authenticated_at - interval '1 hour'`);
    await page.exposeFunction('age', age);
    const outcome = await page.evaluate(async () => {
      await passkeys.signIn();
      await (window as unknown as { age(): Promise<void> }).age();
      let tries = 0;
      const { codes } = await passkeys.withStepUp(() => {
        tries++;
        return passkeys.api.createRecoveryCodes();
      });
      return { tries, codes: codes.length };
    });
    expect(outcome).toEqual({ tries: 2, codes: 10 });
  });

  describe('when a registration fails half way', () => {
    const IDENTIFY = '**/api/experience/identification';
    const VERIFY = '**/web-authn/registration/verify';
    const BIND = '**/api/my-account/passkeys';

    /** What the page has told authenticators to be unknown. */
    const told = () => page.evaluate(() => (window as unknown as { unknown: unknown[] }).unknown);

    const openListening = async () => {
      await page.addInitScript(() => {
        const unknown: unknown[] = [];
        Object.assign(window, { unknown });
        const signal = PublicKeyCredential.signalUnknownCredential.bind(PublicKeyCredential);
        PublicKeyCredential.signalUnknownCredential = (options) => {
          unknown.push(options);
          return signal(options);
        };
      });
      await openBare();
    };

    const creates = (value: string) =>
      page.evaluate(
        (name) =>
          passkeys.createAccount({ type: 'username', value: name }).then(
            ({ redirectTo }) => redirectTo,
            (error: unknown) => (error as Error).name,
          ),
        value,
      );

    const handleOf = (value: string) =>
      page.evaluate(async (name) => {
        await passkeys.api.startInteraction('Register');
        const identifier = { type: 'username' as const, value: name };
        return (await passkeys.api.createRegistration({ identifier })).registrationOptions.user.id;
      }, value);

    /** The request is lost on its way, refused, or done and its answer lost; once, or each time. */
    const lose = (url: string, how: 'request' | 'unavailable' | 'answer', times?: number) =>
      page.route(
        url,
        async (route) => {
          if (how === 'unavailable') {
            await route.fulfill({
              status: 503,
              json: { code: 'database.unavailable', message: 'Away.' },
              headers: {
                'access-control-allow-origin': frontend.url,
                'access-control-allow-credentials': 'true',
              },
            });
            return;
          }
          if (how === 'answer') await route.fetch();
          await route.abort();
        },
        { times },
      );

    it.each([
      ['the connection is cut before the passkey is verified', VERIFY, 'request'],
      ['its verification is lost', VERIFY, 'answer'],
      ['the server is away', IDENTIFY, 'unavailable'],
      ['the connection is cut before the account is made', IDENTIFY, 'request'],
    ] as const)('goes on by itself when %s', async (_what, url, how) => {
      await openListening();
      await lose(url, how, 1);
      expect(await creates(`half-way-${++names}`)).toBe(`${api}/account`);
      expect(await told()).toEqual([]);
      expect(await device.credentials()).toHaveLength(1);
    });

    it.each([
      ['the passkey is never verified', VERIFY, 'request'],
      ['its verification is lost each time', VERIFY, 'answer'],
      ['the server stays away', IDENTIFY, 'unavailable'],
    ] as const)('forgets the passkey when %s, and another try has one', async (_what, url, how) => {
      await openListening();
      const name = `half-way-${++names}`;
      const handle = await handleOf(name);
      await lose(url, how);
      expect(await creates(name)).toBe(how === 'unavailable' ? 'ApiError' : 'ConnectionError');
      await page.unroute(url);
      expect(await told()).toEqual([{ rpId: 'localhost', credentialId: expect.any(String) }]);
      expect(await handleOf(name)).toBe(handle);
      expect(await creates(name)).toBe(`${api}/account`);
      expect(await device.credentials()).toHaveLength(1);
      expect(await told()).toHaveLength(1);
    });

    it('signs in when the account was made and its answer lost', async () => {
      await openListening();
      const name = `half-way-${++names}`;
      await lose(IDENTIFY, 'answer', 1);
      expect(await creates(name)).toBe(`${api}/account`);
      expect(await told()).toEqual([]);
      expect(await page.evaluate(async () => (await passkeys.api.listPasskeys()).length)).toBe(1);
    });

    it('forgets the passkey when the name was taken meanwhile', async () => {
      await openListening();
      const name = `half-way-${++names}`;
      await page.route(
        IDENTIFY,
        async (route) => {
          const other = { username: name };
          await new ApiBrowser({ url: api }, undefined, null).manage('POST', '/api/users', other);
          await route.continue();
        },
        { times: 1 },
      );
      expect(await creates(name)).toBe('ApiError');
      expect(await told()).toHaveLength(1);
    });

    it('asks again later when the server can not be reached', async () => {
      await openListening();
      const name = `half-way-${++names}`;
      let away = false;
      await page.route('**/api/**', (route) => (away ? route.abort() : route.fallback()));
      await page.route(VERIFY, async (route) => {
        away = true;
        await route.abort();
      });
      expect(await creates(name)).toBe('ConnectionError');
      expect(await told()).toEqual([]);
      away = false;
      await page.unroute(VERIFY);
      expect(await creates(name)).toBe(`${api}/account`);
      expect(await told()).toHaveLength(1);
    });

    it.each([
      ['forgets a further passkey that was not bound', 'request', undefined, 1, 1],
      ['binds a further passkey at the second time', 'request', 1, 2, 0],
      ['keeps a further passkey whose answer was lost', 'answer', 1, 2, 0],
    ] as const)('%s', async (_what, how, times, kept, forgotten) => {
      await openListening();
      await creates(`half-way-${++names}`);
      const other = await VirtualAuthenticator.in(page, 'usb');
      await device.setPresent(false);
      let lost = 0;
      await page.route(BIND, async (route) => {
        const passes = route.request().method() !== 'POST' || lost === times;
        if (passes) return route.fallback();
        lost += 1;
        if (how === 'answer') await route.fetch();
        return route.abort();
      });
      const outcome = await page.evaluate(() =>
        passkeys.addPasskey({ name: 'Another' }).then(
          ({ passkey }) => passkey.name,
          (error: unknown) => (error as Error).name,
        ),
      );
      expect(outcome).toBe(times === 1 ? 'Another' : 'ConnectionError');
      expect(await page.evaluate(async () => (await passkeys.api.listPasskeys()).length)).toBe(kept);
      expect(await told()).toHaveLength(forgotten);
      await other.remove();
    });
  });
});
