import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Identifier } from '../identifiers/identifier';
import { SoftwareAuthenticator } from './software-authenticator';

export interface TestAnswer<T = Record<string, unknown>> {
  status: number;
  /** JSON, else text. */
  body: T;
  headers: Headers;
}

export interface TestBrowserOptions {
  /** Origin of the page that calls, one of the relying party's. Default: that of `authenticator`. */
  origin?: string;
  /** What stands before the module's routes. Default `/api`. */
  prefix?: string;
  /** Default: one that makes synced passkeys with user verification. */
  authenticator?: SoftwareAuthenticator;
}

/**
 * One browser of a test: cookies of its own, a page at an origin, and an authenticator. Each sign-in is made by HTTP, as
 * a page makes it.
 *
 * @example
 * const browser = new TestBrowser(await app.getUrl());
 * await browser.signUp({ type: 'username', value: 'alice' });
 * expect((await browser.call('GET', '/orders')).status).toBe(200);
 */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly authenticator: SoftwareAuthenticator;
  private readonly origin: string;
  private readonly prefix: string;

  /** @param url of the server, without a path */
  constructor(
    private readonly url: string,
    { authenticator = new SoftwareAuthenticator(), origin, prefix = '/api' }: TestBrowserOptions = {},
  ) {
    this.authenticator = authenticator;
    if (origin !== undefined) authenticator.origin = origin;
    this.origin = authenticator.origin;
    this.prefix = prefix;
  }

  /** Any call of the server, with the cookies so far; those that it sets are kept. */
  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<TestAnswer<T>> {
    const response = await fetch(new URL(path, this.url), {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: {
        origin: this.origin,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
      },
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : text) as T,
      headers: response.headers,
    };
  }

  /**
   * Creates an account with a passkey, and is signed in to it.
   * @throws Error that shows the answer, where the server refuses
   */
  async signUp(identifier: Identifier): Promise<void> {
    const registration = 'experience/verification/web-authn/registration';
    await this.done('PUT', 'experience', { interactionEvent: 'Register' });
    const { verificationId, registrationOptions } = await this.done<{
      verificationId: string;
      registrationOptions: PublicKeyCredentialCreationOptionsJSON;
    }>('POST', registration, { identifier });
    const payload = this.authenticator.register(registrationOptions);
    await this.done('POST', `${registration}/verify`, { verificationId, payload });
    await this.submit(verificationId);
  }

  /**
   * Signs in with a passkey of the authenticator; without an identifier with whichever it holds, as the passkey button.
   * @throws Error that shows the answer, where the server refuses, or NotAllowedError where no passkey fits
   */
  async signIn(identifier?: Identifier): Promise<void> {
    const authentication = 'sign-in-web-authn/authentication';
    await this.done('PUT', 'experience', { interactionEvent: 'SignIn' });
    const { verificationId, authenticationOptions } = await this.done<{
      verificationId: string;
      authenticationOptions: PublicKeyCredentialRequestOptionsJSON;
    }>(
      'POST',
      `experience/${identifier ? 'verification' : 'preflight'}/${authentication}`,
      identifier ? { identifier } : {},
    );
    const payload = this.authenticator.authenticate(authenticationOptions);
    await this.done('POST', `experience/verification/${authentication}/verify`, { verificationId, payload });
    await this.submit(verificationId);
  }

  async signOut(): Promise<void> {
    await this.done('DELETE', 'session');
  }

  private async submit(verificationId: string): Promise<void> {
    await this.done('POST', 'experience/identification', { verificationId });
    await this.done('POST', 'experience/submit');
  }

  private async done<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, `${this.prefix}/${path}`, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  private keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
