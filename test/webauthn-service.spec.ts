import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import {
  type InteractionId,
  RELYING_PARTY_PROVIDER,
  type RelyingPartyProvider,
  WebAuthnService,
} from 'nestjs-passkey-sign-in';
import { Browser } from './support/browser';
import { TestServer } from './support/test-server';

const SOURCE = join(__dirname, '../libs/experience-verification/src/webauthn.service.ts');

/** The code of the class's @example. */
const example = readFileSync(SOURCE, 'utf8')
  .replace(/^[^]*?@example\n/, '')
  .replace(/\n \*\/[^]*$/, '')
  .replace(/^ \* ?/gm, '');

describe('WebAuthnService, called by a host', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('does what its example says', async () => {
    const browser = new Browser(server);
    await browser.register({ type: 'username', value: 'alice' });
    const { authenticator } = browser;
    const relyingParties = server.app.get<RelyingPartyProvider>(RELYING_PARTY_PROVIDER);
    const context = {
      webAuthn: server.app.get(WebAuthnService),
      relyingParty: await relyingParties.forRequest({ headers: {} }),
      interactionId: randomBytes(32) as InteractionId,
      startAuthentication: (input: { optionsJSON: PublicKeyCredentialRequestOptionsJSON }) =>
        authenticator.authenticate(input.optionsJSON),
    };
    const proof: unknown = await runInNewContext(`(async () => {${example}\n})()`, context);
    expect(proof).toEqual({
      verificationId: expect.any(String),
      amr: ['swk', 'pop', 'user'],
      passkeyId: expect.any(String),
      authenticatedAt: expect.any(Date),
    });
    expect(
      await server.query(`SELECT type, details FROM passkey.audit_events ORDER BY id DESC LIMIT 1`),
    ).toEqual([
      {
        type: 'authentication.succeeded',
        details: expect.objectContaining({ ip: '203.0.113.7', amr: ['swk', 'pop', 'user'] }),
      },
    ]);
  });

  it('refuses an answer for an interaction that is none', async () => {
    const relyingParties = server.app.get<RelyingPartyProvider>(RELYING_PARTY_PROVIDER);
    const relyingParty = await relyingParties.forRequest({ headers: {} });
    const verifying = server.app
      .get(WebAuthnService)
      .verifyRegistrationResponse({ relyingParty, interactionId: null, payload: {}, caller: {} });
    await expect(verifying).rejects.toMatchObject({ code: 'session.verification_session_not_found' });
  });
});
