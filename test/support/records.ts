import { Browser, type CreatedAuthentication, expectStatus, freshUsername, type Identifier } from './browser';
import { signedIn } from './signed-in';
import { SoftwareAuthenticator } from './software-authenticator';

/** Somebody signed in who signs in again, up to the answer to the options for the identifier. */
export async function pendingSignIn(server: { url: string }) {
  const person = await signedIn(server);
  const { browser, identifier } = person;
  await browser.start('SignIn');
  const created = expectStatus(200, await browser.authenticationOptions(identifier));
  return { ...person, ...answerTo(browser, created) };
}

/** What the browser's authenticator answers. */
export const answerTo = (
  browser: Browser,
  { verificationId, authenticationOptions }: CreatedAuthentication,
) => ({ verificationId, payload: browser.authenticator.authenticate(authenticationOptions) });

/** The same, to options for whichever passkey it has. */
export const pickedPasskey = async (browser: Browser) =>
  answerTo(browser, expectStatus(200, await browser.discoverableOptions()));

/** A verified sign-in record of the browser. */
export async function verifiedSignIn(browser: Browser): Promise<string> {
  const { verificationId, payload } = await pickedPasskey(browser);
  expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
  return verificationId;
}

/** Somebody new, up to the options of a first passkey. */
export async function pendingRegistration(
  server: { url: string },
  authenticator = new SoftwareAuthenticator(),
) {
  const browser = new Browser(server, authenticator);
  await browser.start('Register');
  const identifier = freshUsername();
  const options = expectStatus(200, await browser.registrationOptions(identifier));
  return { browser, identifier, ...options };
}

/** A verified registration record of the browser: for a new user in `Register`, else for who is signed in. */
export async function verifiedRegistration(
  browser: Browser,
  { identifier, invitation, authenticator = new SoftwareAuthenticator() }: VerifiedRegistration = {},
) {
  const options = expectStatus(200, await browser.registrationOptions(identifier, invitation));
  const { verificationId, registrationOptions } = options;
  const payload = authenticator.register(registrationOptions);
  expectStatus(200, await browser.verifyRegistration(verificationId, payload));
  return { verificationId, registrationOptions, authenticator };
}

/** Somebody new, whose verified passkey waits to be identified. */
export async function almostIn(
  server: { url: string },
  { identifier = freshUsername(), invitation }: Pick<VerifiedRegistration, 'identifier' | 'invitation'> = {},
) {
  const browser = new Browser(server);
  await browser.start('Register');
  const { authenticator } = browser;
  const { verificationId } = await verifiedRegistration(browser, { identifier, invitation, authenticator });
  return { browser, identifier, verificationId };
}

/** The user's passkeys, as the database has them. */
export const passkeysOf = (
  server: { query<T>(sql: string, parameters: unknown[]): Promise<T[]> },
  userId: string,
) =>
  server.query<{ id: string; credential_id: Buffer; public_key: Buffer }>(
    `SELECT id, credential_id, public_key FROM passkey.credential_records WHERE user_id = $1`,
    [userId],
  );

interface VerifiedRegistration {
  /** Of a new user. */
  identifier?: Identifier;
  /** Its secret. */
  invitation?: string;
  /** Another one than the browser's own, unless it is given. */
  authenticator?: SoftwareAuthenticator;
}
