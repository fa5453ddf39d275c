import type { Browser, Page } from 'playwright-core';
import { freePort } from '../support/free-port';
import { TestServer } from '../support/test-server';
import { closeProfile, launchChromium, openPage, VirtualAuthenticator } from './chromium';

/** What the pages of these tests put on `window`: calls of the API and of the browser, and no library. */
declare const native: {
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }>;
  create(options: object): Promise<object>;
  get(options: object): Promise<object>;
};

const EXPERIENCE = '/api/experience';
const SIGN_IN = `${EXPERIENCE}/verification/sign-in-web-authn/authentication`;
const PREFLIGHT = `${EXPERIENCE}/preflight/sign-in-web-authn/authentication`;
const REGISTRATION = `${EXPERIENCE}/verification/web-authn/registration`;
const STEP_UP = `${EXPERIENCE}/verification/web-authn/authentication`;

/** Runs in the page. */
function useTheBrowserAlone(): void {
  const toJson = (credential: Credential | null) => JSON.parse(JSON.stringify(credential)) as object;
  Object.assign(window, {
    native: {
      call: async (method: string, path: string, body?: unknown) => {
        const headers = new Headers(body === undefined ? {} : { 'content-type': 'application/json' });
        const answer = await fetch(path, { method, headers, body: JSON.stringify(body) });
        const text = await answer.text();
        return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
      },
      create: async (options: PublicKeyCredentialCreationOptionsJSON) =>
        toJson(
          await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
          }),
        ),
      get: async (options: PublicKeyCredentialRequestOptionsJSON) =>
        toJson(
          await navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
          }),
        ),
    },
  });
}

describe("the browser's own JSON, with no library", () => {
  let browser: Browser;
  let server: TestServer;
  let url: string;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    const port = String(await freePort());
    url = `http://localhost:${port}`;
    server = await TestServer.start({ PORT: port, RP_ORIGINS: url });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  beforeEach(async () => {
    ({ page, complaints } = await openPage(browser));
    await page.addInitScript(useTheBrowserAlone);
    await page.goto(`${url}/health/live`);
  });
  afterEach(async () => {
    await closeProfile(page);
    expect(complaints).toEqual([]);
  });

  const call = (method: string, path: string, body?: unknown) =>
    page.evaluate(([method, path, body]) => native.call(method, path, body), [
      method,
      path,
      body,
    ] as const) as Promise<{
      status: number;
      body: { verificationId: string; registrationOptions: object; authenticationOptions: object };
    }>;

  const register = async (identifier: object) => {
    await call('PUT', EXPERIENCE, { interactionEvent: 'Register' });
    const { body } = await call('POST', REGISTRATION, { identifier });
    const payload = await page.evaluate((options) => native.create(options), body.registrationOptions);
    const { verificationId } = body;
    const verified = await call('POST', `${REGISTRATION}/verify`, { verificationId, payload });
    const identified = await call('POST', `${EXPERIENCE}/identification`, { verificationId });
    const submitted = await call('POST', `${EXPERIENCE}/submit`);
    expect([verified, identified, submitted].map(({ status }) => status)).toEqual([200, 201, 200]);
    return payload as { response: { transports: string[] } };
  };

  /** Answers options of these paths, and what becomes of it. */
  const answer = async (optionsPath: string, verifyPath: string, body: object) => {
    const options = await call('POST', optionsPath, body);
    const payload = await page.evaluate((one) => native.get(one), options.body.authenticationOptions);
    const { verificationId } = options.body;
    const verified = await call('POST', verifyPath, { verificationId, payload });
    return { status: verified.status, verificationId };
  };

  it.each([
    ['internal', 'native-synced'],
    ['usb', 'native-key'],
  ] as const)(
    'registers, signs in both ways, and proves presence with a passkey on %s',
    async (transport, value) => {
      await VirtualAuthenticator.in(page, transport);
      const identifier = { type: 'username', value };
      const { response } = await register(identifier);
      expect(response.transports).toContain(transport);
      const ways = [
        [SIGN_IN, { identifier }],
        [PREFLIGHT, {}],
      ] as const;
      for (const [path, body] of ways) {
        await call('DELETE', '/api/session');
        await call('PUT', EXPERIENCE, { interactionEvent: 'SignIn' });
        const { status, verificationId } = await answer(path, `${SIGN_IN}/verify`, body);
        const identified = await call('POST', `${EXPERIENCE}/identification`, { verificationId });
        const submitted = await call('POST', `${EXPERIENCE}/submit`);
        expect([status, identified.status, submitted.status]).toEqual([200, 204, 200]);
      }
      expect(await answer(STEP_UP, `${STEP_UP}/verify`, {})).toMatchObject({ status: 200 });
    },
  );

  it('understands options with outputs of extensions, and leaves out the authenticators that are registered', async () => {
    await VirtualAuthenticator.in(page, 'internal', { hasPrf: true, hasLargeBlob: true });
    await register({ type: 'username', value: 'native-extensions' });
    const salt = Buffer.alloc(32, 7).toString('base64url');
    const extensions = { prf: { eval: { first: salt } }, largeBlob: { read: true } };
    expect(await answer(STEP_UP, `${STEP_UP}/verify`, { extensions })).toMatchObject({ status: 200 });
    const { body } = await call('POST', REGISTRATION, {});
    const again = page.evaluate((options) => native.create(options), body.registrationOptions);
    await expect(again).rejects.toThrow(/InvalidStateError/);
  });
});
