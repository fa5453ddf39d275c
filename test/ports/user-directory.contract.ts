import type { AccountMessage, UserId } from 'nestjs-passkey-sign-in';
import { Browser, expectStatus, freshUsername, type Identifier } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import type { PortsHost } from './host';

/** A host whose directory is under test, and what is done to its users from outside the module. */
export interface UsersUnderTest {
  host: PortsHost;
  /** What was sent to users. */
  messages: AccountMessage[];
  /** A user whom the module has not met. */
  addUser(username: string, email: string): Promise<UserId>;
  suspend(id: UserId): Promise<void>;
  /** For good; the module is told. */
  remove(id: UserId): Promise<void>;
  /** What a user who goes by this username is called. */
  nameOf(username: string): string;
}

/** What the module, on every UserDirectory, is to people. */
export function describeUserDirectoryContract(underTest: () => UsersUnderTest): void {
  const open = (authenticator?: SoftwareAuthenticator) => new Browser(underTest().host, authenticator);
  const registered = async () => {
    const browser = open();
    const identifier = freshUsername();
    await browser.register(identifier);
    const { id } = expectStatus(200, await browser.get<{ id: UserId }>('/api/my-account'));
    return { browser, identifier, id };
  };
  const verified = async (browser: Browser, identifier: Identifier) => {
    const { verificationId, authenticationOptions } = expectStatus(
      200,
      await browser.authenticationOptions(identifier),
    );
    const payload = browser.authenticator.authenticate(authenticationOptions);
    return { verificationId, answer: await browser.verifyAuthentication(verificationId, payload) };
  };
  const suspended = { body: { code: 'user.suspended' } };

  it('people register, and sign in by identifier and without', async () => {
    const { browser, identifier, id } = await registered();
    await browser.signIn(identifier);
    await browser.signIn();
    expect((await browser.get('/api/my-account')).body).toMatchObject({ id });
    expect((await browser.get('/api/my-account/passkeys')).body).toHaveLength(1);
  });

  it('passkeys carry the name and one user handle', async () => {
    const browser = open();
    const identifier = freshUsername();
    await browser.start('Register');
    const first = expectStatus(200, await browser.registrationOptions(identifier)).registrationOptions;
    expect(first.user).toMatchObject({ name: identifier.value, displayName: identifier.value });
    await browser.register(identifier);
    const [passkey] = browser.authenticator.credentials;
    const further = expectStatus(200, await browser.registrationOptions()).registrationOptions;
    const name = underTest().nameOf(identifier.value);
    expect(further.user).toEqual({ id: passkey!.userHandle, name, displayName: name });
    const signals = expectStatus(200, await browser.get('/api/my-account/passkeys/signals'));
    expect(signals).toMatchObject({ currentUserDetails: { userId: passkey!.userHandle, name } });
  });

  it('an identifier is one user’s, of those who ask at once as well', async () => {
    const { identifier } = await registered();
    const late = open();
    await late.start('Register');
    const taken = { status: 422, body: { code: 'user.username_already_in_use' } };
    expect(await late.registrationOptions(identifier)).toMatchObject(taken);
    const wanted = freshUsername();
    const attempts = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const browser = open();
        await browser.start('Register');
        const created = expectStatus(200, await browser.registrationOptions(wanted));
        const payload = browser.authenticator.register(created.registrationOptions);
        expectStatus(200, await browser.verifyRegistration(created.verificationId, payload));
        return () => browser.identify(created.verificationId);
      }),
    );
    const answers = await Promise.all(attempts.map((identify) => identify()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
    expect(answers.find(({ status }) => status === 422)).toMatchObject(taken);
  });

  it('says that there is no such user, or none with a passkey', async () => {
    expect(await open().authenticationOptions(freshUsername())).toMatchObject({
      body: { code: 'user.user_not_exist' },
    });
    const { value } = freshUsername();
    await underTest().addUser(value, `${value}@example.com`);
    expect(await open().authenticationOptions({ type: 'username', value })).toMatchObject({
      body: { code: 'session.mfa.webauthn_verification_not_found' },
    });
  });

  it('a suspended user is signed out, and does not sign in', async () => {
    const { browser, identifier, id } = await registered();
    await underTest().suspend(id);
    expect((await browser.get('/api/my-account')).status).toBe(401);
    expect((await browser.registrationOptions()).status).toBe(401);
    const other = open(browser.authenticator);
    expect((await verified(other, identifier)).answer).toMatchObject(suspended);
  });

  it('a user who is suspended after the verification is not identified', async () => {
    const { browser, identifier, id } = await registered();
    const other = open(browser.authenticator);
    const { verificationId } = await verified(other, identifier);
    await underTest().suspend(id);
    expect(await other.identify(verificationId)).toMatchObject(suspended);
  });

  it('a user who is suspended after the identification is not signed in', async () => {
    const { browser, identifier, id } = await registered();
    const other = open(browser.authenticator);
    expectStatus(204, await other.identify((await verified(other, identifier)).verificationId));
    await underTest().suspend(id);
    expect((await other.stepUpOptions()).status).toBe(401);
    expect(await other.submit()).toMatchObject(suspended);
    expect((await other.get('/api/my-account')).status).toBe(401);
  });

  it('who was never here comes in by a code that is sent, and makes a passkey', async () => {
    const { value } = freshUsername();
    const email = `${value}@example.com`;
    const id = await underTest().addUser(value, email);
    const identifier: Identifier = { type: 'username', value };
    const browser = open();
    const path = '/api/experience/verification/verification-code';
    const { verificationId } = expectStatus(
      200,
      await browser.post<{ verificationId: string }>(path, { identifier }),
    );
    const sent = () => underTest().messages.filter(({ to }) => to.value === email);
    const [message] = sent();
    expect(message).toMatchObject({ to: { type: 'email', value: email }, kind: 'verification-code' });
    const code = message?.kind === 'verification-code' ? message.code : '';
    expectStatus(200, await browser.post(`${path}/verify`, { verificationId, code }));
    expectStatus(204, await browser.identify(verificationId));
    expectStatus(200, await browser.submit());
    const created = expectStatus(200, await browser.registrationOptions());
    expect(created.registrationOptions.user.name).toBe(underTest().nameOf(value));
    const payload = browser.authenticator.register(created.registrationOptions);
    expectStatus(200, await browser.verifyRegistration(created.verificationId, payload));
    const added = await browser.post('/api/my-account/passkeys', { verificationId: created.verificationId });
    expectStatus(201, added);
    await browser.signIn(identifier);
    expect((await browser.get('/api/my-account')).body).toMatchObject({ id });
    expect(sent().map(({ kind }) => kind)).toContain('passkey-added');
    const before = underTest().messages.length;
    expectStatus(200, await open().post(path, { identifier: freshUsername() }));
    expect(underTest().messages).toHaveLength(before);
  });

  it('of a user who is gone nothing is left', async () => {
    const { browser, identifier, id } = await registered();
    await underTest().remove(id);
    expect((await browser.get('/api/my-account')).status).toBe(401);
    expect((await open().authenticationOptions(identifier)).status).toBe(404);
    const { verificationId, authenticationOptions } = expectStatus(200, await open().discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expect((await open().verifyAuthentication(verificationId, payload)).status).toBe(404);
    const again = open();
    await again.register(identifier);
    expect((await again.get('/api/my-account')).body).not.toMatchObject({ id });
  });
}
