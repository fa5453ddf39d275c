import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { send } from './send';
import { SoftwareAuthenticator } from './software-authenticator';
import { MANAGEMENT_TOKEN, ORIGIN } from './test-server';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
}

export interface CreatedAuthentication {
  verificationId: string;
  authenticationOptions: PublicKeyCredentialRequestOptionsJSON;
}

export interface CreatedRegistration {
  verificationId: string;
  registrationOptions: PublicKeyCredentialCreationOptionsJSON;
}

export type Identifier = { type: 'username' | 'email' | 'phone'; value: string };

const EXPERIENCE = '/api/experience';
const SIGN_IN = `${EXPERIENCE}/verification/sign-in-web-authn/authentication`;
const STEP_UP = `${EXPERIENCE}/verification/web-authn/authentication`;
const REGISTRATION = `${EXPERIENCE}/verification/web-authn/registration`;

/** One browser: cookies of its own, a page at `origin`, and an authenticator. */
export class Browser {
  readonly cookies = new Map<string, string>();

  /** Of the server. It itself is not kept: what Jest tells of a failed test would go through all of it. */
  protected readonly url: string;

  constructor(
    { url }: { url: string },
    readonly authenticator = new SoftwareAuthenticator(),
    protected readonly pageOrigin: string | null = ORIGIN,
  ) {
    this.url = url;
  }

  call = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const answer = await send(this.url + path, {
      method,
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.pageOrigin !== null && { origin: this.pageOrigin }),
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
        ...headers,
      },
    });
    for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
    const { status, text } = answer;
    // Not JSON Lines, which is called application/jsonl.
    const isJson = /^application\/json\b/.test(answer.headers.get('content-type') ?? '');
    return { status, body: (isJson ? JSON.parse(text) : text) as T, headers: answer.headers };
  };

  get = <T = Record<string, unknown>>(path: string) => this.call<T>('GET', path);
  post = <T = Record<string, unknown>>(path: string, body?: unknown) => this.call<T>('POST', path, body);
  manage = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    this.call<T>(method, path, body, { authorization: `Bearer ${MANAGEMENT_TOKEN}` });

  /** As management does. */
  async suspend(userId: string, suspended = true): Promise<void> {
    expectStatus(200, await this.manage('PATCH', `/api/users/${userId}`, { suspended }));
  }

  stepUpOptions = () => this.post<CreatedAuthentication>(STEP_UP);
  verifyStepUp = (verificationId: string | undefined, payload: AuthenticationResponseJSON) =>
    this.post<{ verificationId: string }>(`${STEP_UP}/verify`, { verificationId, payload });

  start = (interactionEvent: 'SignIn' | 'Register') => this.call('PUT', EXPERIENCE, { interactionEvent });
  identify = (verificationId: string) => this.post(`${EXPERIENCE}/identification`, { verificationId });
  submit = () => this.post<{ redirectTo: string }>(`${EXPERIENCE}/submit`);

  authenticationOptions = (identifier: Identifier) =>
    this.post<CreatedAuthentication>(SIGN_IN, { identifier });
  discoverableOptions = () =>
    this.post<CreatedAuthentication>(`${EXPERIENCE}/preflight/sign-in-web-authn/authentication`, {});
  verifyAuthentication = (verificationId: string | undefined, payload: AuthenticationResponseJSON) =>
    this.post<{ verificationId: string }>(`${SIGN_IN}/verify`, { verificationId, payload });

  registrationOptions = (identifier?: Identifier, invitation?: string) =>
    this.post<CreatedRegistration>(REGISTRATION, identifier ? { identifier, invitation } : {});
  verifyRegistration = (verificationId: string | undefined, payload: RegistrationResponseJSON) =>
    this.post<{ verificationId: string }>(`${REGISTRATION}/verify`, { verificationId, payload });

  /** Creates an account with a passkey; the browser is signed in afterwards. */
  async register(identifier: Identifier, invitation?: string): Promise<void> {
    expectStatus(204, await this.start('Register'));
    const { verificationId, registrationOptions } = expectStatus(
      200,
      await this.registrationOptions(identifier, invitation),
    );
    const payload = this.authenticator.register(registrationOptions);
    expectStatus(200, await this.verifyRegistration(verificationId, payload));
    expectStatus(201, await this.identify(verificationId));
    expectStatus(200, await this.submit());
  }

  /** Signs in with the identifier, or with a discoverable credential when there is none. */
  async signIn(identifier?: Identifier): Promise<void> {
    expectStatus(204, await this.start('SignIn'));
    await this.identifyByPasskey(identifier);
    expectStatus(200, await this.submit());
  }

  /** Of a sign-in that has begun, and is yet to be submitted. */
  async identifyByPasskey(identifier?: Identifier): Promise<void> {
    const options = await (identifier ? this.authenticationOptions(identifier) : this.discoverableOptions());
    const { verificationId, authenticationOptions } = expectStatus(200, options);
    const payload = this.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await this.verifyAuthentication(verificationId, payload));
    expectStatus(204, await this.identify(verificationId));
  }

  /** Proves presence again, signed in. */
  async stepUp(): Promise<void> {
    const { verificationId, authenticationOptions } = expectStatus(200, await this.stepUpOptions());
    const payload = this.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await this.verifyStepUp(verificationId, payload));
  }

  protected keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The answer's body, when its status is as expected; an error that shows the answer otherwise. */
export function expectStatus<T>(status: number, answer: Answer<T>): T {
  if (answer.status === status) return answer.body;
  throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}

let names = 0;

/** A username that no other test has. */
export const freshUsername = (): Identifier => ({
  type: 'username',
  value: `user-${process.pid}-${++names}`,
});
