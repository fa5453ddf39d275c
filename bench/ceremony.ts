import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { SoftwareAuthenticator, type StoredCredential } from '../test/support/software-authenticator';
import { APPLICATION, CALLBACK } from './application';
import { type HttpAnswer, toRequest } from './http-connection';
import { ORIGIN } from './people';

/** One browser under way through a flow: who sits there, its cookies, and what it was answered last. */
export class Visit {
  private readonly cookies = new Map<string, string>();
  private head = '';
  private body = '';
  /** Of the record that the flow is about. */
  verificationId = '';

  constructor(
    private readonly url: URL,
    readonly username: string,
    readonly passkey: StoredCredential,
    private readonly address: string,
  ) {}

  /** Another tab of the same browser. */
  tab(): Visit {
    const tab = new Visit(this.url, this.username, this.passkey, this.address);
    for (const [name, value] of this.cookies) tab.cookies.set(name, value);
    return tab;
  }

  take({ head, body }: HttpAnswer): void {
    this.head = head;
    this.body = body;
    for (const [, name = '', value = ''] of head.matchAll(/^set-cookie: ([^=\r\n]+)=([^;\r\n]*)/gim)) {
      this.cookies.set(name, value);
    }
  }

  answer(): unknown {
    return JSON.parse(this.body);
  }

  /** Where it was led by the last answer. */
  location(): URL {
    const [, location] = /^location: (\S+)/im.exec(this.head) ?? [];
    if (location === undefined) throw new Error(`there is no location in ${this.head}`);
    return new URL(location, ORIGIN);
  }

  /** The application's own call, about the browser's user. */
  ofApplication(method: string, path: string, authorization: string, body?: URLSearchParams): Buffer {
    return toRequest(method, this.url, path, body, { 'x-forwarded-for': this.address, authorization });
  }

  request(method: string, path: string, body?: object): Buffer {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    return toRequest(method, this.url, path, body, {
      origin: ORIGIN,
      'x-forwarded-for': this.address,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate, br, zstd',
      ...(cookie && { cookie }),
    });
  }
}

/** Makes the bytes of a call, with its signature, from what was answered before. */
type Step = (visit: Visit) => Buffer;

/** The calls of a flow by their names, in their order. */
export type Flow = Record<string, Step>;

const authenticator = new SoftwareAuthenticator({ origin: ORIGIN });

const EXPERIENCE = '/api/experience';
const AUTHENTICATION = `${EXPERIENCE}/verification/sign-in-web-authn/authentication`;
const REGISTRATION = `${EXPERIENCE}/verification/web-authn/registration`;

const identifier = ({ username: value }: Visit) => ({ identifier: { type: 'username', value } });

const ending: Flow = {
  identification: (visit) => {
    const { verificationId } = visit;
    return visit.request('POST', `${EXPERIENCE}/identification`, { verificationId });
  },
  submit: (visit) => visit.request('POST', `${EXPERIENCE}/submit`),
};

const signIn: Flow = {
  options: (visit) => visit.request('POST', AUTHENTICATION, identifier(visit)),
  verify: (visit) => {
    const { verificationId, authenticationOptions } = visit.answer() as {
      verificationId: string;
      authenticationOptions: PublicKeyCredentialRequestOptionsJSON;
    };
    visit.verificationId = verificationId;
    const payload = authenticator.authenticate(authenticationOptions, { credential: visit.passkey });
    return visit.request('POST', `${AUTHENTICATION}/verify`, { verificationId, payload });
  },
  ...ending,
};

const registration: Flow = {
  interaction: (visit) => visit.request('PUT', EXPERIENCE, { interactionEvent: 'Register' }),
  options: (visit) => visit.request('POST', REGISTRATION, identifier(visit)),
  verify: (visit) => {
    const { verificationId, registrationOptions } = visit.answer() as {
      verificationId: string;
      registrationOptions: PublicKeyCredentialCreationOptionsJSON;
    };
    visit.verificationId = verificationId;
    const payload = authenticator.register(registrationOptions);
    return visit.request('POST', `${REGISTRATION}/verify`, { verificationId, payload });
  },
  ...ending,
};

/** The product, and the floors, which speak alike. */
const floor = {
  signIn,
  registration,
  account: { ...signIn, account: (visit) => visit.request('GET', '/api/my-account') },
} satisfies Record<string, Flow>;

/** RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const AUTHORIZATION = new URLSearchParams({
  client_id: APPLICATION.id,
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'openid profile',
  ...{ state: 'a-state', nonce: 'a-nonce' },
  ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256' },
}).toString();

const BASIC = `Basic ${Buffer.from(`${APPLICATION.id}:${APPLICATION.secret}`).toString('base64')}`;

const authorize: Step = (visit) => visit.request('GET', `/oidc/auth?${AUTHORIZATION}`);

const follow: Step = (visit) => {
  const { pathname, search } = visit.location();
  return visit.request('GET', pathname + search);
};

/** The provider's own part, of a browser that is signed in, and has been to the application before. */
const code: Flow = {
  authorize,
  token: (visit) => {
    const code = visit.location().searchParams.get('code');
    if (code === null) throw new Error(`there is no code in ${visit.location().href}`);
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    return visit.ofApplication('POST', '/oidc/token', BASIC, new URLSearchParams(form));
  },
  userinfo: (visit) => {
    const { access_token: token } = visit.answer() as { access_token: string };
    return visit.ofApplication('GET', '/oidc/userinfo', `Bearer ${token}`);
  },
};

const experience = {
  ...floor,
  session: { ...signIn, authorize },
  code,
} satisfies Record<string, Flow>;

/** Its sign-in asks for nothing: it takes everybody's word. */
const oidcProvider = {
  session: { authorize, interaction: follow, resume: follow },
  code,
} satisfies Record<string, Flow>;

/** better-auth's options are for discoverable credentials: it looks no user up. Its verify makes a session too. */
const betterAuth = {
  signIn: {
    options: (visit) => visit.request('GET', '/api/auth/passkey/generate-authenticate-options'),
    verify: (visit) => {
      const options = visit.answer() as PublicKeyCredentialRequestOptionsJSON;
      const response = authenticator.authenticate(options, { credential: visit.passkey });
      return visit.request('POST', '/api/auth/passkey/verify-authentication', { response });
    },
  },
} satisfies Record<string, Flow>;

export type FlowName = keyof typeof experience;

/** How a server under test is asked. */
export const CEREMONIES: Record<
  'experience' | 'floor' | 'betterAuth' | 'oidcProvider',
  Partial<Record<FlowName, Flow>>
> = { experience, floor, betterAuth, oidcProvider };

/** Flows of browsers that come back, with the flow that they have gone through once before. */
export const AFTER: Partial<Record<FlowName, FlowName>> = { code: 'session' };
