import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { closeProfile, openPage, untilAutofillListens, VirtualAuthenticator } from './chromium';

let names = 0;

/** A person in a browser of their own, with a device that keeps passkeys. */
export class Visitor {
  private constructor(
    readonly page: Page,
    readonly device: VirtualAuthenticator,
    readonly complaints: string[],
    private readonly url: string,
    readonly name = `visitor-${++names}`,
  ) {}

  static async at(
    browser: Browser,
    url: string,
    transport?: 'internal' | 'usb',
    options?: BrowserContextOptions,
  ): Promise<Visitor> {
    const { page, complaints } = await openPage(browser, options);
    return new Visitor(page, await VirtualAuthenticator.in(page, transport), complaints, url);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  field(name = 'Username, email or phone'): Locator {
    return this.page.getByRole('textbox', { name, exact: true });
  }

  passkeys(): Locator {
    return this.page.locator('#passkeys').getByRole('listitem');
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async isTold(text: string): Promise<void> {
    await this.page.getByRole('alert').getByText(text).waitFor();
  }

  async createAccount(name = this.name): Promise<void> {
    await this.page.goto(`${this.url}/#create`);
    // Where the page was there already, its view changes a moment later.
    await this.button('Create a passkey').waitFor();
    await this.field().fill(name);
    await this.button('Create a passkey').click();
    await this.isOnAccountPage(name);
  }

  async isOnAccountPage(name = this.name): Promise<void> {
    await this.page.waitForURL(/\/account(#.*)?$/);
    await this.page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
    await this.page.locator('#account:not([aria-busy])').waitFor();
  }

  /** Signs out with nobody at the device: autofill would sign in at once. */
  async signOut(): Promise<void> {
    await this.device.setPresent(false);
    await this.button('Sign out').click();
    await this.page.waitForURL(`${this.url}/`);
    await untilAutofillListens(this.page);
  }

  async leave(): Promise<void> {
    await closeProfile(this.page);
    expect(this.complaints).toEqual([]);
  }
}
