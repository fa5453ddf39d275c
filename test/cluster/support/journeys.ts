import { Crowd } from '../../faults/support/crowd';
import { type Answer, Browser, expectStatus, freshUsername, type Identifier } from '../../support/browser';
import { userIdOf } from '../../support/signed-in';
import { until } from '../../support/until';
import type { SoftwareAuthenticator } from '../../support/software-authenticator';

/** What happens to an account in the end, and what its passkey is told then. */
const ENDS = { suspended: 'user.suspended', revoked: 'session.mfa.webauthn_verification_failed' };

/** Throws unless the answer is a refusal with this code. */
function expectRefused(code: string, answer: Answer): void {
  if (answer.body['code'] === code && answer.status >= 400 && answer.status < 500) return;
  throw new Error(`expected ${code}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** People who register, sign in elsewhere, and are suspended or lose their passkey by turns, without pause. */
export class Journeys {
  done = 0;
  /** Each answer that should have been another. */
  readonly wrong: unknown[] = [];
  private readonly people: Crowd;

  constructor(
    private readonly server: { url: string },
    count = 4,
  ) {
    const take = async (turn: number) => {
      await this.journey(turn % 2 === 0 ? 'suspended' : 'revoked');
      this.done += 1;
    };
    this.people = new Crowd(count, take, (error) => this.wrong.push(error));
  }

  /** Resolves once `more` further ones have come to their end. */
  async until(more: number): Promise<void> {
    const goal = this.done + more;
    const failure = () => `no ${more} journeys: ${this.wrong.join()}`;
    await until(() => this.done >= goal, failure, 120);
  }

  stop(): Promise<void> {
    return this.people.stop();
  }

  private async journey(end: keyof typeof ENDS): Promise<void> {
    const identifier = freshUsername();
    const person = new Browser(this.server);
    await person.register(identifier);
    const elsewhere = new Browser(this.server, person.authenticator);
    await elsewhere.signIn(identifier);
    await this.spendTwice(identifier, person.authenticator);
    const userId = await userIdOf(elsewhere);
    if (end === 'suspended') {
      await elsewhere.suspend(userId);
    } else {
      const passkeys = `/api/users/${userId}/passkeys`;
      const [passkey] = expectStatus(200, await elsewhere.manage<{ id: string }[]>('GET', passkeys));
      expectStatus(204, await elsewhere.manage('DELETE', `${passkeys}/${passkey!.id}`));
    }
    expectRefused('auth.unauthorized', await elsewhere.get('/api/my-account'));
    expectRefused(ENDS[end], await this.comeBack(person.authenticator));
  }

  /** A challenge that was spent on one server is spent on the other. */
  private async spendTwice(identifier: Identifier, authenticator: SoftwareAuthenticator): Promise<void> {
    const browser = new Browser(this.server, authenticator);
    await browser.start('SignIn');
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const assertion = authenticator.authenticate(options.authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(options.verificationId, assertion));
    expectRefused(
      'session.mfa.pending_info_not_found',
      await browser.verifyAuthentication(options.verificationId, assertion),
    );
  }

  /** The answer to a sign-in with a discoverable credential. */
  private async comeBack(authenticator: SoftwareAuthenticator): Promise<Answer> {
    const browser = new Browser(this.server, authenticator);
    const options = expectStatus(200, await browser.discoverableOptions());
    const assertion = authenticator.authenticate(options.authenticationOptions);
    return browser.verifyAuthentication(options.verificationId, assertion);
  }
}
