import * as client from 'openid-client';
import { type RelyingApplication, Traveller } from '../../openid/relying-application';
import { freshUsername } from '../../support/browser';
import { until } from '../../support/until';
import { Crowd } from './crowd';

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
  private readonly people: Crowd;

  constructor(
    private readonly server: { url: string },
    private readonly application: RelyingApplication,
    count = 4,
  ) {
    const take = async (turn: number) => {
      this.acknowledged.push(await this.signIn(turn % 2 === 1));
    };
    this.people = new Crowd(count, take, (error) => {
      if ((error as Error).name !== 'TypeError') this.wrong.push(error);
    });
  }

  async until(count: number): Promise<void> {
    const failure = () => `no ${count} sign-ins: ${this.wrong.join()}`;
    await until(() => this.acknowledged.length >= count, failure, 60);
  }

  stop(): Promise<void> {
    return this.people.stop();
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
