import * as client from 'openid-client';
import { type RelyingApplication, Traveller } from '../../openid/relying-application';
import { expectStatus, freshUsername, type Identifier } from '../../support/browser';

/**
 * All that an account goes through: registration, the account page, a sign-in, a sign-in to an application whose tokens are refreshed
 * and given up, the end of its passkey, which is then refused, and its own end.
 */
export async function live(server: { url: string }, shop: RelyingApplication): Promise<void> {
  const identifier = freshUsername();
  const person = new Traveller(server);
  await person.register(identifier);
  const { id } = expectStatus(200, await person.get('/api/my-account'));
  const passkeys = `/api/users/${String(id)}/passkeys`;

  const again = new Traveller(server, person.authenticator);
  await again.signIn(identifier);
  expectStatus(200, await again.get('/api/my-account/passkeys'));
  await signInToApplication(again, shop);

  const [passkey] = expectStatus(200, await again.manage<{ id: string }[]>('GET', passkeys));
  expectStatus(204, await again.manage('DELETE', `${passkeys}/${passkey!.id}`));
  await expectRefused(new Traveller(server, person.authenticator), identifier);
  expectStatus(204, await again.manage('DELETE', `/api/users/${String(id)}`));
}

async function signInToApplication(browser: Traveller, shop: RelyingApplication): Promise<void> {
  const request = await shop.ask({ scope: 'openid offline_access' });
  const given = await request.finish(await browser.goTo(request.url));
  const { configuration } = shop;
  const refreshed = await client.refreshTokenGrant(configuration, given.refresh_token!);
  await client.tokenRevocation(configuration, refreshed.refresh_token!);
}

async function expectRefused(browser: Traveller, identifier: Identifier): Promise<void> {
  await browser.start('SignIn');
  const { body } = await browser.authenticationOptions(identifier);
  const { code } = body as { code?: unknown };
  if (code !== 'session.mfa.webauthn_verification_not_found') {
    throw new Error(`a passkey that was revoked: ${JSON.stringify(body)}`);
  }
}

/** Accounts' lives, as many at a time, or a second, as is asked for. */
export class WholeLives {
  lived = 0;
  /** Why a life went no further, and when it began and ended, in milliseconds. */
  readonly failed: { began: number; ended: number; error: Error }[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly begin: () => Promise<void>) {}

  /** So many at a time for so long. @returns how many a second, over the second half */
  async capacity(people: number, seconds: number): Promise<number> {
    const until = performance.now() + seconds * 1000;
    let atHalf = 0;
    const half = setTimeout(() => (atHalf = this.lived), seconds * 500);
    await Promise.all(
      Array.from({ length: people }, async () => {
        while (performance.now() < until) await this.one();
      }),
    );
    clearTimeout(half);
    return (this.lived - atHalf) / (seconds / 2);
  }

  /** So many a second, whatever becomes of them, but no more than `most` at a time. */
  async keepUp(perSecond: number, seconds: number, most = 60): Promise<void> {
    const began = performance.now();
    for (let count = 0; performance.now() - began < seconds * 1000; count += 1) {
      const due = began + (count / perSecond) * 1000 - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      if (this.underWay.size >= most) continue;
      const life = this.one();
      this.underWay.add(life);
      void life.then(() => this.underWay.delete(life));
    }
    await Promise.all(this.underWay);
  }

  private async one(): Promise<void> {
    const began = performance.now();
    try {
      await this.begin();
      this.lived += 1;
    } catch (error) {
      this.failed.push({ began, ended: performance.now(), error: error as Error });
    }
  }
}
