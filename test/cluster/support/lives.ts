import { Browser, type Answer } from '../../support/browser';
import { Registrations } from '../../faults/support/registrations';

/** People who register, of whom the operator then suspends one, and takes the passkey of the next. */
export class Lives extends Registrations {
  /** User names, once the server has acknowledged it. */
  readonly suspended: string[] = [];
  readonly revoked: string[] = [];
  private turns = 0;

  protected override async steps(browser: Browser, value: string): Promise<boolean> {
    if (!(await super.steps(browser, value))) return false;
    const userId = await this.userOf(browser);
    if (userId === null) return true;
    if (this.turns++ % 2 === 0) {
      const suspended = await this.note(browser.manage('PATCH', `/api/users/${userId}`, { suspended: true }));
      if (suspended) this.suspended.push(value);
      return true;
    }
    const listed = await this.note(browser.manage<{ id: string }[]>('GET', `/api/users/${userId}/passkeys`));
    const [passkey] = listed?.body ?? [];
    if (!passkey) return true;
    const path = `/api/users/${userId}/passkeys/${passkey.id}`;
    if (await this.note(browser.manage('DELETE', path))) this.revoked.push(value);
    return true;
  }

  private async userOf(browser: Browser): Promise<string | null> {
    if (!(await this.note(browser.submit()))) return null;
    const account: { body: Answer['body'] } | null = await this.note(browser.get('/api/my-account'));
    return account === null ? null : String(account.body['id']);
  }
}
