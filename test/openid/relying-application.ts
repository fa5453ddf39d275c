import * as client from 'openid-client';
import { Browser, expectStatus } from '../support/browser';
import { send } from '../support/send';
import { ORIGIN } from '../support/test-server';

export const CALLBACK = 'https://shop.example/callback';

/** A browser that goes from address to address. */
export class Traveller extends Browser {
  private readonly ofPaths = new Map<string, Map<string, string>>();

  /** Where it is led on from there; throws where there is a page. */
  async goTo(url: string): Promise<string> {
    const address = new URL(url, ORIGIN);
    const { status, headers, body } = await this.raw(address);
    const location = headers.get('location');
    if (location === null) throw new Error(`${url}: ${status} ${body}`);
    return new URL(location, ORIGIN).href;
  }

  /** The page that is there. */
  async open(url: string): Promise<{ status: number; body: string; headers: Headers }> {
    return this.raw(new URL(url, ORIGIN));
  }

  /** What is there once the form is sent. */
  async openForm(path: string, fields: Record<string, string>) {
    return this.raw(new URL(path, ORIGIN), new URLSearchParams(fields));
  }

  /** Where sending the form leads. */
  async submitForm(path: string, fields: Record<string, string>): Promise<string | null> {
    return (await this.openForm(path, fields)).headers.get('location');
  }

  /** Answers the page that asks for consent. @returns where that leads */
  async consent(approve: boolean): Promise<string> {
    const answer = await this.post<{ redirectTo: string }>('/api/experience/consent', { approve });
    return expectStatus(200, answer).redirectTo;
  }

  /** Signs a device in, as its user. */
  async approve(device: { verification_uri: string; user_code: string }): Promise<void> {
    const xsrfOf = (page: { body: string }) => /name="xsrf" value="([^"]+)"/.exec(page.body)![1]!;
    const form = { user_code: device.user_code };
    const page = await this.open(device.verification_uri);
    const confirmation = await this.openForm('/oidc/device', { ...form, xsrf: xsrfOf(page) });
    await this.openForm('/oidc/device', { ...form, xsrf: xsrfOf(confirmation), confirm: 'yes' });
  }

  private async raw({ pathname, search }: URL, form?: URLSearchParams) {
    const { status, headers, text } = await send(new URL(this.url).origin + pathname + search, {
      method: form ? 'POST' : 'GET',
      body: form?.toString(),
      headers: {
        accept: 'text/html',
        ...(form && { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }),
        cookie: [...this.cookies, ...(this.ofPaths.get(pathname) ?? [])]
          .map((pair) => pair.join('='))
          .join('; '),
      },
    });
    for (const cookie of headers.getSetCookie()) {
      const path = /; path=([^;]+)/i.exec(cookie)?.[1] ?? '/';
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      // Of an authorization that is under way: each tab has its own.
      if (/\/auth\/|\/device\//.test(path)) {
        this.ofPaths.set(path, new Map([...(this.ofPaths.get(path) ?? []), [name, value]]));
      } else this.keep(cookie);
    }
    return { status, headers, body: text };
  }
}

/** An application that signs people in, by a stock OpenID Connect client. */
export class RelyingApplication {
  private constructor(
    readonly id: string,
    readonly configuration: client.Configuration,
    private readonly secret: string | undefined,
  ) {}

  /** For calls that a stock client would not make. */
  raw() {
    return { clientId: this.id, clientSecret: this.secret ?? '' };
  }

  static async start(
    server: { url: string },
    more: Record<string, unknown> = {},
    authentication?: client.ClientAuth,
  ): Promise<RelyingApplication> {
    const { origin, pathname } = new URL(server.url);
    const body = {
      ...{ name: 'Shop', type: 'web', postLogoutRedirectUris: ['https://shop.example/bye'] },
      ...(more['type'] !== 'machine' && more['type'] !== 'device' && { redirectUris: [CALLBACK] }),
      ...more,
    };
    const { id, secret } = expectStatus(
      201,
      await new Browser(server).manage<{ id: string; secret?: string }>('POST', '/api/applications', body),
    );
    const configuration = await client.discovery(
      new URL(`${ORIGIN}${pathname.replace(/\/$/, '')}/oidc`),
      id,
      secret,
      authentication ?? (secret === undefined ? client.None() : undefined),
      {
        // By the signature of an ID token too, and not only by whence it comes.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be seen: the issuer is on localhost
        execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
        // The issuer's origin is where the pages are; here the server has any port that was free.
        [client.customFetch]: (url, options) => fetch(url.replace(ORIGIN, origin), options as RequestInit),
      },
    );
    return new RelyingApplication(id, configuration, secret);
  }

  /** A request for a user, and what finishes it with the address to which the browser came back. */
  async ask(parameters: Record<string, string> = {}) {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(this.configuration, {
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...{ state, nonce },
      ...parameters,
    }).href;
    const finish = (callback: string | Request, options?: { DPoP: client.DPoPHandle }) =>
      client.authorizationCodeGrant(
        this.configuration,
        typeof callback === 'string' ? new URL(callback) : callback,
        {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          ...(parameters['max_age'] !== undefined && { maxAge: Number(parameters['max_age']) }),
        },
        undefined,
        options,
      );
    return { url, finish, verifier };
  }
}
