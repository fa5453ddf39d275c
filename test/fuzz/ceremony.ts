import { type Browser, expectStatus } from '../support/browser';
import type { Outcome } from './campaign';
import { mutate, type Mutation } from './mutations';

/** What is changed of an authenticator's answer in a whole ceremony. */
export interface Change {
  registration: boolean;
  part: number;
  changes: Mutation[];
}

const ASSERTION_PARTS = ['clientDataJSON', 'authenticatorData', 'signature'] as const;

/** Runs a ceremony of a signed-in user over HTTP, whose changed answer must be refused. */
export async function attemptCeremony(browser: Browser, change: Change): Promise<Outcome> {
  return change.registration ? register(browser, change) : authenticate(browser, change);
}

const changed = (text: string, { changes }: Change) =>
  mutate(Buffer.from(text, 'base64url'), changes.map(revived)).toString('base64url');

/** A kept case has its bytes as JSON has them. */
const revived = (mutation: Mutation): Mutation => ({
  ...mutation,
  value: Uint8Array.from(Object.values(mutation.value)),
});

async function register(browser: Browser, change: Change): Promise<Outcome> {
  const { authenticator } = browser;
  const created = expectStatus(200, await browser.registrationOptions());
  authenticator.attestation = 'packed-self';
  const payload = authenticator.register({ ...created.registrationOptions, excludeCredentials: [] });
  authenticator.credentials.pop();
  const name = change.part === 0 ? 'clientDataJSON' : 'attestationObject';
  const text = changed(payload.response[name], change);
  if (text === payload.response[name]) return 'same';
  payload.response[name] = text;
  const { status } = await browser.verifyRegistration(created.verificationId, payload);
  // Bytes after the object, or another spelling of it, may be taken: in process it is seen what for.
  if (status === 200 && name === 'attestationObject') return 'same';
  expect(status).toBe(400);
  return 'bad';
}

async function authenticate(browser: Browser, change: Change): Promise<Outcome> {
  const created = expectStatus(200, await browser.discoverableOptions());
  const payload = browser.authenticator.authenticate(created.authenticationOptions);
  const name = ASSERTION_PARTS[change.part]!;
  const text = changed(payload.response[name], change);
  if (text === payload.response[name]) return 'same';
  payload.response[name] = text;
  expect((await browser.verifyAuthentication(created.verificationId, payload)).status).toBe(400);
  return 'bad';
}
