import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OpenIdProvider, openIdProvider } from 'nestjs-passkey-openid-provider';
import { type Exchange, SIGN_IN_DESTINATION, type SignInDestination } from 'nestjs-passkey-sign-in';
import { RelyingApplication, Traveller } from '../openid/relying-application';
import { Browser, expectStatus } from '../support/browser';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { startHost } from './host';
import { type DestinationUnderTest, describeSignInDestinationContract } from './sign-in-destination.contract';

/** Applications that ask for a user, by OpenID Connect. */
const atApplications = async (): Promise<DestinationUnderTest> => {
  const host = await startHost(
    {},
    (app) =>
      app.use((...exchange: Parameters<OpenIdProvider['middleware']>) => {
        app.get(OpenIdProvider).middleware(...exchange);
      }),
    { adapters: [openIdProvider()], managementApiToken: MANAGEMENT_TOKEN, secret: MANAGEMENT_TOKEN },
  );
  const shop = await RelyingApplication.start(host);
  return {
    host,
    open: (authenticator) => new Traveller(host, authenticator),
    waitFor: async (browser) => {
      await (browser as Traveller).goTo((await shop.ask()).url);
      const asked = await browser.get<{ redirectTo: string }>('/api/experience/authorization');
      return expectStatus(200, asked).redirectTo;
    },
  };
};

/** A host's pages, of which each notes in a cookie that somebody came from there to sign in. */
@Injectable()
class Pages implements SignInDestination {
  private readonly pages = new Map<string, string>();

  note(browser: Browser): string {
    const ticket = randomUUID();
    const page = `/pages/${this.pages.size}`;
    this.pages.set(ticket, page);
    browser.cookies.set('came_from', ticket);
    return page;
  }

  of({ cookies }: Exchange): Promise<string | null> {
    return Promise.resolve(this.pages.get(cookies['came_from'] ?? '') ?? null);
  }
}

const atPages = async (): Promise<DestinationUnderTest> => {
  const given = { providers: [{ provide: SIGN_IN_DESTINATION, useClass: Pages }] };
  const host = await startHost({}, undefined, { adapters: [given] });
  return {
    host,
    open: (authenticator) => new Browser(host, authenticator),
    waitFor: (browser) => Promise.resolve(host.app.get<Pages>(SIGN_IN_DESTINATION).note(browser)),
  };
};

describe.each([
  { name: 'at an application', start: atApplications },
  { name: 'at a page of the host', start: atPages },
])('somebody waits $name', ({ start }) => {
  let underTest: DestinationUnderTest;
  beforeAll(async () => {
    underTest = await start();
  });
  afterAll(() => underTest.host.close());

  describeSignInDestinationContract(() => underTest);
});
