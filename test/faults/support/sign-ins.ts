import * as client from 'openid-client';
import { type RelyingApplication, Traveller } from '../../openid/relying-application';
import { freshUsername } from '../../support/browser';

/** What an application was given for somebody, as it was told so. */
export interface SignIn {
  callback: string;
  redeem: (callback: string) => Promise<unknown>;
  accessTokens: string[];
  refreshToken: string;
  /** The application has given it up. */
  revoked: boolean;
}

const refused = { error: 'invalid_grant' };

/** What was given works, what was given up does not, and what was used stays used. */
export async function expectKept({ configuration }: RelyingApplication, signIn: SignIn): Promise<void> {
  const { accessTokens, refreshToken, revoked, callback, redeem } = signIn;
  const stateOf = async (token: string) => (await client.tokenIntrospection(configuration, token)).active;
  const tokens = [...accessTokens, refreshToken];
  expect(await Promise.all(tokens.map(stateOf))).toEqual(tokens.map(() => !revoked));
  const refresh = client.refreshTokenGrant(configuration, refreshToken);
  if (revoked) await expect(refresh).rejects.toMatchObject(refused);
  else expect((await refresh).access_token).toEqual(expect.any(String));
  await expect(redeem(callback)).rejects.toMatchObject(refused);
}

/** People who sign in to an application without pause; it refreshes what it is given, and gives half of it up. */
export class SignIns {
  /** Whose last call was answered. */
  readonly acknowledged: SignIn[] = [];
  /** Failures that are not of a connection. */
  readonly wrong: unknown[] = [];
  private stopped = false;
  private readonly people: Promise<void>[];

  constructor(
    private readonly server: { url: string },
    private readonly application: RelyingApplication,
    count = 4,
  ) {
    this.people = Array.from({ length: count }, (_, index) => this.goOn(index));
  }

  async until(count: number): Promise<void> {
    for (const deadline = Date.now() + 60_000; this.acknowledged.length < count;) {
      if (Date.now() > deadline) throw new Error(`no ${count} sign-ins in a minute: ${this.wrong.join()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.people);
  }

  private async goOn(index: number): Promise<void> {
    for (let turn = index; !this.stopped; turn += 1) {
      try {
        this.acknowledged.push(await this.signIn(turn % 2 === 1));
      } catch (error) {
        const { name } = error as Error;
        if (name !== 'TypeError') this.wrong.push(error);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  private async signIn(revoked: boolean): Promise<SignIn> {
    const { configuration } = this.application;
    const browser = new Traveller(this.server);
    await browser.register(freshUsername());
    const request = await this.application.ask({ scope: 'openid offline_access' });
    const callback = await browser.goTo(request.url);
    const given = await request.finish(callback);
    const { access_token, refresh_token = '' } = await client.refreshTokenGrant(
      configuration,
      given.refresh_token!,
    );
    if (revoked) await client.tokenRevocation(configuration, refresh_token);
    return {
      ...{ callback, redeem: request.finish, revoked, refreshToken: refresh_token },
      accessTokens: [given.access_token, access_token],
    };
  }
}
