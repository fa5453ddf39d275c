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

/** The same, with a user name from before such names were refused. */
export async function signedInAs(
  server: { url: string; query(sql: string, parameters: unknown[]): Promise<unknown> },
  formerName: string,
) {
  const person = await signedIn(server);
  await server.query(
    `UPDATE passkey.user_identifiers SET value = $2, skeleton = NULL WHERE user_id = $1 AND type = 'username'`,
    [person.userId, formerName],
  );
  return { ...person, identifier: { type: 'username', value: formerName } as const };
}

export const userIdOf = async (browser: Browser): Promise<string> =>
  expectStatus(200, await browser.get<{ id: string }>('/api/my-account')).id;
