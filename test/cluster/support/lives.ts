import { Browser, type Answer, type Identifier } from '../../support/browser';
import { Registrations } from '../../faults/support/registrations';

/**
 * People who register and sign in, of whom the operator then suspends one, and takes the passkey of the next; the third
 * stays signed in.
 */
export class Lives extends Registrations {
  /** User names, once the server has acknowledged it. */
  readonly suspended: string[] = [];
  readonly revoked: string[] = [];
  /** Browsers whose whole sign-in was acknowledged, of accounts that were left alone. */
  readonly signedIn: Browser[] = [];
  private turns = 0;

  protected override async steps(browser: Browser, value: string): Promise<boolean> {
    if (!(await super.steps(browser, value))) return false;
    const userId = await this.userOf(browser);
    if (userId === null) return true;
    const elsewhere = this.newBrowser(browser.authenticator);
    if (!(await this.signIn(elsewhere, { type: 'username', value }))) return true;
    const turn = this.turns++ % 3;
    if (turn === 0) this.signedIn.push(elsewhere);
    else if (turn === 1) await this.suspend(userId, value);
    else await this.revoke(userId, value);
    return true;
  }

  private async suspend(userId: string, value: string): Promise<void> {
    const path = `/api/users/${userId}`;
    const suspended = await this.note(this.newBrowser().manage('PATCH', path, { suspended: true }));
    if (suspended) this.suspended.push(value);
  }

  private async revoke(userId: string, value: string): Promise<void> {
    const operator = this.newBrowser();
    const path = `/api/users/${userId}/passkeys`;
    const listed = await this.note(operator.manage<{ id: string }[]>('GET', path));
    const [passkey] = listed?.body ?? [];
    if (passkey && (await this.note(operator.manage('DELETE', `${path}/${passkey.id}`)))) {
      this.revoked.push(value);
    }
  }

  private async signIn(browser: Browser, identifier: Identifier): Promise<boolean> {
    if (!(await this.note(browser.start('SignIn')))) return false;
    const created = await this.note(browser.authenticationOptions(identifier));
    if (!created) return false;
    const { verificationId, authenticationOptions } = created.body;
    const payload = browser.authenticator.authenticate(authenticationOptions);
    if (!(await this.note(browser.verifyAuthentication(verificationId, payload)))) return false;
    if (!(await this.note(browser.identify(verificationId)))) return false;
    return (await this.note(browser.submit())) !== null;
  }

  private async userOf(browser: Browser): Promise<string | null> {
    if (!(await this.note(browser.submit()))) return null;
    const account: { body: Answer['body'] } | null = await this.note(browser.get('/api/my-account'));
    return account === null ? null : String(account.body['id']);
  }
}
