import type { ExperienceVerificationPorts } from 'nestjs-passkey-sign-in';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { type PortsHost, startHost } from './host';
import { MemoryInteraction, MemorySession } from './in-memory';
import { describeInteractionContract } from './interaction.contract';
import { describeSessionContract } from './session.contract';
import { UserStates } from './user-states';

const IN_MEMORY: ExperienceVerificationPorts = {
  interaction: MemoryInteraction,
  session: MemorySession,
  providers: [UserStates],
};

describe.each([
  { name: 'cookies and tables', ports: {}, account: '/account', recovered: '/account#recovered' },
  { name: 'a memory of the host', ports: IN_MEMORY, account: '/from-memory', recovered: '/from-memory' },
])('interaction and session in $name', ({ ports, account, recovered }) => {
  let host: PortsHost;
  beforeAll(async () => {
    host = await startHost(ports);
  });
  afterAll(() => host.close());

  describe('an interaction', () => {
    describeInteractionContract(() => host.ports);
  });
  describe('a session', () => {
    describeSessionContract(() => host.ports);
  });

  const myAccount = (browser: Browser) => browser.get('/api/my-account');

  it('people register, add a passkey, sign in, prove presence and sign out', async () => {
    const browser = new Browser(host);
    const identifier = freshUsername();
    await browser.register(identifier);
    const { verificationId, registrationOptions } = expectStatus(200, await browser.registrationOptions());
    const payload = new SoftwareAuthenticator().register(registrationOptions);
    expectStatus(200, await browser.verifyRegistration(verificationId, payload));
    expectStatus(201, await browser.post('/api/my-account/passkeys', { verificationId }));
    expect((await browser.get('/api/my-account/passkeys')).body).toHaveLength(2);
    await browser.call('DELETE', '/api/session');
    expect((await myAccount(browser)).status).toBe(401);
    await browser.signIn(identifier);
    await browser.signIn();
    const up = expectStatus(200, await browser.stepUpOptions());
    const proof = browser.authenticator.authenticate(up.authenticationOptions);
    expectStatus(200, await browser.verifyStepUp(up.verificationId, proof));
    expect((await myAccount(browser)).body).toMatchObject({ username: identifier.value });
  });

  it('each request asks once which interaction the browser is in', async () => {
    const browser = new Browser(host);
    const identifier = freshUsername();
    await browser.register(identifier);
    expectStatus(204, await browser.start('SignIn'));
    const asked = jest.spyOn(host.ports.interactions, 'current');
    try {
      await browser.identifyByPasskey(identifier);
      expect(asked).toHaveBeenCalledTimes(3);
    } finally {
      asked.mockRestore();
    }
  });

  it('people recover an account, and a passkey adds to how they came in', async () => {
    const browser = new Browser(host);
    const identifier = freshUsername();
    await browser.register(identifier);
    const { codes } = expectStatus(
      201,
      await browser.post<{ codes: [string] }>('/api/my-account/recovery-codes'),
    );
    await browser.call('DELETE', '/api/session');
    const recovery = await browser.post<{ verificationId: string }>(
      '/api/experience/verification/recovery-code/verify',
      { identifier, code: codes[0] },
    );
    expectStatus(204, await browser.identify(expectStatus(200, recovery).verificationId));
    expect(expectStatus(200, await browser.submit())).toEqual({ redirectTo: recovered });
    expect((await myAccount(browser)).body).toMatchObject({ amr: ['otp'] });
    const up = expectStatus(200, await browser.stepUpOptions());
    const proof = browser.authenticator.authenticate(up.authenticationOptions);
    expectStatus(200, await browser.verifyStepUp(up.verificationId, proof));
    expect((await myAccount(browser)).body['amr']).toEqual(expect.arrayContaining(['otp', 'pop', 'user']));
  });

  it('records follow the browser to the renewed interaction, and end with it', async () => {
    const browser = new Browser(host);
    const identifier = freshUsername();
    await browser.register(identifier);
    const first = expectStatus(200, await browser.authenticationOptions(identifier));
    const second = expectStatus(200, await browser.authenticationOptions(identifier));
    const third = expectStatus(200, await browser.authenticationOptions(identifier));
    const answer = ({ authenticationOptions }: typeof first) =>
      browser.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(first.verificationId, answer(first)));
    expectStatus(204, await browser.identify(first.verificationId));
    expectStatus(200, await browser.verifyAuthentication(second.verificationId, answer(second)));
    expectStatus(204, await browser.identify(second.verificationId));
    const earlier = new Map(browser.cookies);
    expect(expectStatus(200, await browser.submit())).toEqual({ redirectTo: account });
    for (const pair of earlier) browser.cookies.set(...pair);
    expect((await browser.verifyAuthentication(third.verificationId, answer(third))).status).toBe(404);
  });

  it.each(['abandoned', 'begun afresh'])('records of an interaction that is %s are gone', async (how) => {
    const browser = new Browser(host);
    const identifier = freshUsername();
    await browser.register(identifier);
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const earlier = new Map(browser.cookies);
    expectStatus(
      204,
      how === 'abandoned' ? await browser.call('DELETE', '/api/experience') : await browser.start('SignIn'),
    );
    for (const pair of earlier) browser.cookies.set(...pair);
    const answer = browser.authenticator.authenticate(options.authenticationOptions);
    expect((await browser.verifyAuthentication(options.verificationId, answer)).status).toBe(404);
  });
});
