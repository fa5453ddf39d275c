import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import { Secrets } from '../../libs/experience-verification/src/database/secrets/secrets.service';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { codesSentTo, freshEmail } from '../support/sent-codes';
import { TestServer } from '../support/test-server';
import { RelyingApplication, Traveller } from './relying-application';

const OLD = 'old-secret-of-the-tests-0123456789abcdef';
const NEW = 'new-secret-of-the-tests-0123456789abcdef';
const VERIFICATION = '/api/experience/verification/verification-code';

/** One address, behind which is now this server and now that one. */
class Front {
  private constructor(
    private readonly listener: Server,
    public server: TestServer,
  ) {
    listener.on('request', (asked: IncomingMessage, answer: ServerResponse) => {
      const { method, url: path, headers } = asked;
      const onward = request(this.server.url + path!, { method, headers }, (came) => {
        answer.writeHead(came.statusCode!, { ...came.headers, connection: 'close' });
        came.pipe(answer);
      });
      asked.pipe(onward);
    });
  }

  static async before(server: TestServer): Promise<Front> {
    const listener = createServer();
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
    return new Front(listener, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  close(): void {
    this.listener.close();
  }
}

describe('a secret that is changed', () => {
  let running: (() => unknown)[] = [];
  /** Nest's own logger is one for the process. */
  let latest: TestServer;
  afterEach(async () => {
    for (const end of running.toReversed()) await end();
    running = [];
  });

  const start = async (SECRET: string): Promise<TestServer> => {
    const server = await TestServer.start({ SECRET, ACCOUNT_ENUMERATION: 'decoy' });
    running.push(() => server.stop());
    latest = server;
    return server;
  };

  /** All that a secret has a part in, as a server has made it. */
  const made = async (front: Front) => {
    const shop = await RelyingApplication.start(front, { subjectType: 'pairwise' });
    const browser = new Traveller(front);
    const identifier = freshUsername();
    await browser.register(identifier);
    const asked = await shop.ask({ scope: 'openid offline_access' });
    const tokens = await asked.finish(await browser.goTo(asked.url));
    const underWay = new Traveller(front, browser.authenticator);
    const waiting = await shop.ask();
    expect(await underWay.goTo(waiting.url)).toContain('/?authorization=');
    const email = freshEmail();
    expectStatus(201, await browser.manage('POST', '/api/users', { primaryEmail: email.value }));
    const reader = new Browser(front);
    const { verificationId } = expectStatus(
      200,
      await reader.post<{ verificationId: string }>(VERIFICATION, { identifier: email }),
    );
    const code = codesSentTo(latest, email)[0]!;
    return { shop, browser, identifier, tokens, underWay, waiting, reader, verificationId, code };
  };

  const decoyOf = async (front: Front, identifier: ReturnType<typeof freshUsername>) =>
    expectStatus(200, await new Browser(front).authenticationOptions(identifier)).authenticationOptions
      .allowCredentials;
  const kids = async ({ url }: { url: string }) =>
    ((await (await fetch(`${url}/oidc/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(
      ({ kid }) => kid,
    );

  /** Sees all of it go on, at the server that is behind its front now. */
  const goesOn = async (what: Made) => {
    const { shop, browser, identifier, tokens, underWay, waiting, reader, verificationId, code } = what;
    expectStatus(200, await browser.get('/api/my-account'));
    expect(await client.tokenIntrospection(shop.configuration, tokens.access_token)).toMatchObject({
      active: true,
    });
    const next = await client.refreshTokenGrant(shop.configuration, tokens.refresh_token!);
    expect(next.claims()!.sub).toBe(tokens.claims()!.sub);
    await underWay.signIn(identifier);
    const { redirectTo } = expectStatus(
      200,
      await underWay.get<{ redirectTo: string }>('/api/experience/authorization'),
    );
    const came = await waiting.finish(await underWay.goTo(redirectTo));
    expect(came.claims()!.sub).toBe(tokens.claims()!.sub);
    expectStatus(200, await reader.post(`${VERIFICATION}/verify`, { verificationId, code }));
  };
  type Made = Awaited<ReturnType<typeof made>>;

  it('leaves all as it was: side by side at each step, and once the old one is gone', async () => {
    const one = await start(OLD);
    const front = await Front.before(one);
    running.push(() => {
      front.close();
    });
    const ghost = freshUsername();
    const decoy = await decoyOf(front, ghost);
    const first = await made(front);
    const published = await kids(one);
    const steps = [OLD, `${OLD},${NEW}`, `${NEW},${OLD}`];
    let server = one;
    for (const SECRET of steps.slice(1)) {
      const next = await start(SECRET);
      for (const [before, after] of [
        [server, next],
        [next, server],
      ] as const) {
        front.server = before;
        const what = await made(front);
        expect(await decoyOf(front, ghost)).toEqual(decoy);
        expect(await kids(front)).toEqual(published);
        front.server = after;
        await goesOn(what);
      }
      server = next;
    }
    expect(await server.app.get(Secrets).sealAnew()).toEqual({
      oidc_signing_keys: expect.any(Number) as number,
      oidc_payloads: expect.any(Number) as number,
    });
    expect(await server.app.get(Secrets).sealAnew()).toEqual({ oidc_signing_keys: 0, oidc_payloads: 0 });
    const alone = await start(NEW);
    front.server = alone;
    expect(await decoyOf(front, ghost)).toEqual(decoy);
    expect(await kids(front)).toEqual(published);
    const later = await made(front);
    const { sub } = first.tokens.claims()!;
    await expect(claimsLater(first)).resolves.toMatchObject({ sub });
    await goesOn(later);
    await expect(start(OLD)).rejects.toThrow(/^is not what the database was sealed under/);
  }, 240_000);

  /** By a refresh token from before the change. */
  const claimsLater = async ({ shop, tokens }: Made) =>
    (await client.refreshTokenGrant(shop.configuration, tokens.refresh_token!)).claims()!;

  it('is refused at the start when it is wrong, or gone too early, or new together with another', async () => {
    await expect(start(`${NEW},${OLD}`)).rejects.toThrow(/^is a list, and the database has not been used/);
    await start(OLD);
    await expect(start(NEW)).rejects.toThrow(/^is not what the database was sealed under/);
  });
});
