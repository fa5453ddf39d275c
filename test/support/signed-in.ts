import { Browser, expectStatus, freshUsername, type Identifier } from './browser';
import type { SoftwareAuthenticator } from './software-authenticator';

/** A new account with a passkey, and its browser, signed in. */
export async function signedIn(
  server: { url: string },
  identifier: Identifier = freshUsername(),
  authenticator?: SoftwareAuthenticator,
): Promise<{ browser: Browser; identifier: Identifier; userId: string }> {
  const browser = new Browser(server, authenticator);
  await browser.register(identifier);
  return { browser, identifier, userId: await userIdOf(browser) };
}

export const userIdOf = async (browser: Browser): Promise<string> =>
  expectStatus(200, await browser.get<{ id: string }>('/api/my-account')).id;
