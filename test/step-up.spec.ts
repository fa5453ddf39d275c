import { Body, Controller, Get, Inject, Module, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  CurrentExchange,
  type CurrentSession,
  Exchange,
  ExchangeGuard,
  ExperienceVerificationModule,
  INTERACTION_PROVIDER,
  type InteractionProvider,
  RequireRecentVerification,
  SESSION_PROVIDER,
  type SessionProvider,
  SignedIn,
  type UserId,
} from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';
import type { Database } from '../apps/identity-server/src/database/database';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { signedIn, userIdOf } from './support/signed-in';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { ORIGIN, TestServer } from './support/test-server';
import { emptyDatabase } from './support/worker-database';

const FAILED = 'session.mfa.webauthn_verification_failed';

describe('step-up: a signed-in user proves presence again', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  /** As if the user had signed in long ago, by another way than a passkey. */
  const age = async (browser: Browser) =>
    server.query(
      `UPDATE passkey.sessions SET authenticated_at = now() - interval '1 hour', amr = '{otp}' WHERE user_id = $1`,
      [await userIdOf(browser)],
    );

  it('offers the user’s own passkeys, and gives the session a fresh time, further methods and a new cookie', async () => {
    const { browser } = await signedIn(server);
    await age(browser);
    expect((await browser.registrationOptions()).body).toMatchObject({
      code: 'session.verification_required',
    });
    const { authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    expect(authenticationOptions.allowCredentials).toMatchObject([
      { id: browser.authenticator.credentials[0]!.credentialId },
    ]);
    const cookie = browser.cookies.get('experience_session');
    await browser.stepUp();
    expect(browser.cookies.get('experience_session')).not.toBe(cookie);
    const thief = new Browser(server);
    thief.cookies.set('experience_session', cookie!);
    expect((await thief.get('/api/my-account')).status).toBe(401);
    expectStatus(200, await browser.registrationOptions());
    const account = expectStatus(
      200,
      await browser.get<{ amr: string[]; authenticatedAt: string }>('/api/my-account'),
    );
    expect(account.amr).toEqual(['otp', 'pop', 'swk', 'user']);
    expect(Date.now() - Date.parse(account.authenticatedAt)).toBeLessThan(60_000);
  });

  it('is for those who are signed in', async () => {
    const browser = new Browser(server);
    expect(await browser.stepUpOptions()).toMatchObject({ status: 401, body: { code: 'auth.unauthorized' } });
    const { browser: other } = await signedIn(server);
    const { verificationId, authenticationOptions } = expectStatus(200, await other.stepUpOptions());
    const payload = other.authenticator.authenticate(authenticationOptions);
    other.cookies.delete('experience_session');
    expect((await other.verifyStepUp(verificationId, payload)).status).toBe(401);
  });

  it('leaves the session as it was when the assertion is wrong', async () => {
    const { browser } = await signedIn(server);
    await age(browser);
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions, { uv: false });
    expect((await browser.verifyStepUp(verificationId, payload)).body).toMatchObject({ code: FAILED });
    expect((await browser.registrationOptions()).status).toBe(403);
  });

  it('takes no passkey of another user, and no challenge made for one', async () => {
    const { browser } = await signedIn(server);
    const { browser: other } = await signedIn(server);
    await age(browser);
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    const [credential] = other.authenticator.credentials;
    const foreign = other.authenticator.authenticate(authenticationOptions, { credential });
    expect(await browser.verifyStepUp(verificationId, foreign)).toMatchObject({
      status: 409,
      body: { code: 'session.identity_conflict' },
    });
    const again = expectStatus(200, await browser.stepUpOptions());
    const own = browser.authenticator.authenticate(again.authenticationOptions);
    const crossed = new Browser(server);
    crossed.cookies.set('experience_interaction', browser.cookies.get('experience_interaction')!);
    crossed.cookies.set('experience_session', other.cookies.get('experience_session')!);
    expect((await crossed.verifyStepUp(again.verificationId, own)).status).toBe(409);
    expect((await browser.registrationOptions()).status).toBe(403);
  });

  it('is no sign-in, and a sign-in is no step-up', async () => {
    const { browser, identifier } = await signedIn(server);
    await age(browser);
    const signIn = expectStatus(200, await browser.authenticationOptions(identifier));
    const assertion = browser.authenticator.authenticate(signIn.authenticationOptions);
    expect((await browser.verifyStepUp(signIn.verificationId, assertion)).status).toBe(404);
    const up = expectStatus(200, await browser.stepUpOptions());
    const proof = browser.authenticator.authenticate(up.authenticationOptions);
    expect((await browser.verifyAuthentication(up.verificationId, proof)).status).toBe(404);
    expectStatus(200, await browser.verifyStepUp(up.verificationId, proof));
    expect((await browser.identify(up.verificationId)).body).toMatchObject({
      code: 'session.invalid_interaction_type',
    });
  });

  it('tells a user without a passkey', async () => {
    const { browser } = await signedIn(server);
    await server.query('DELETE FROM passkey.credential_records WHERE user_id = $1', [
      await userIdOf(browser),
    ]);
    expect((await browser.stepUpOptions()).body).toMatchObject({
      code: 'session.mfa.webauthn_verification_not_found',
    });
  });
});

describe('in a host of its own', () => {
  @Controller('host')
  class HostController {
    constructor(
      @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
      @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
      private readonly dataSource: DataSource,
    ) {}

    @Get('payment')
    @RequireRecentVerification({ maxAge: 60 })
    pay(@SignedIn() { userId }: CurrentSession) {
      return { paidBy: userId };
    }

    @Get('vault')
    @RequireRecentVerification({ methods: ['passkey'] })
    open(@SignedIn() { userId }: CurrentSession) {
      return { openedBy: userId };
    }

    @Get('session')
    @UseGuards(ExchangeGuard)
    session(@CurrentExchange() exchange: Exchange) {
      return this.sessions.current(exchange);
    }

    /** The host's own first factor. */
    @Post('password')
    @UseGuards(ExchangeGuard)
    async password(@CurrentExchange() exchange: Exchange, @Body() { userId }: { userId: UserId }) {
      const id = await this.interactions.currentOrNew(exchange);
      const identification = { userId, amr: [], authenticatedAt: new Date(), passkeyId: null };
      await this.interactions.identify(id, identification, this.dataSource.manager);
    }
  }

  let close: () => Promise<void>;
  let server: { url: string };
  let database: Database;
  beforeAll(async () => {
    database = await (await emptyDatabase()).open();
    @Module({
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => database.dataSource.options,
          dataSourceFactory: () => Promise.resolve(database.dataSource),
        }),
        ExperienceVerificationModule.forRoot({
          relyingParty: { id: 'localhost', name: 'Host', origins: [ORIGIN] },
        }),
      ],
      controllers: [HostController],
    })
    class Host {}
    const app = await NestFactory.create(Host, new FastifyAdapter(), { logger: false, abortOnError: false });
    await app.listen(0, '127.0.0.1');
    server = { url: await app.getUrl() };
    close = async () => {
      await app.close();
      await database.close();
    };
  });
  afterAll(() => close());

  it('one decorator guards a controller of the host', async () => {
    const browser = new Browser(server);
    expect(await browser.get('/host/payment')).toMatchObject({
      status: 401,
      body: { code: 'auth.unauthorized' },
    });
    await browser.register(freshUsername());
    const { paidBy } = expectStatus(200, await browser.get<{ paidBy: string }>('/host/payment'));
    await database.dataSource.query(
      `UPDATE passkey.sessions SET authenticated_at = now() - interval '61 seconds'`,
    );
    expect(await browser.get('/host/payment')).toMatchObject({
      status: 403,
      body: { code: 'session.verification_required' },
    });
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await browser.verifyStepUp(verificationId, payload));
    expect((await browser.get('/host/payment')).body).toEqual({ paidBy });
  });

  it('one decorator asks for a passkey, of whoever came in otherwise', async () => {
    const owner = new Browser(server);
    await owner.register(freshUsername());
    const { id: userId } = expectStatus(200, await owner.get<{ id: string }>('/api/my-account'));
    expect((await owner.get('/host/vault')).body).toEqual({ openedBy: userId });
    const browser = new Browser(server, owner.authenticator);
    expectStatus(201, await browser.post('/host/password', { userId }));
    expectStatus(200, await browser.submit());
    expect((await browser.get('/host/payment')).body).toEqual({ paidBy: userId });
    expect(await browser.get('/host/vault')).toMatchObject({
      status: 403,
      body: { code: 'session.passkey_required' },
    });
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await browser.verifyStepUp(verificationId, payload));
    expect((await browser.get('/host/vault')).body).toEqual({ openedBy: userId });
  });

  it('a passkey is the second factor of a user whom the host has identified', async () => {
    const owner = new Browser(server);
    await owner.register(freshUsername());
    const { id: userId } = expectStatus(200, await owner.get<{ id: string }>('/api/my-account'));
    const browser = new Browser(server, owner.authenticator);
    expectStatus(201, await browser.post('/host/password', { userId }));
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    const stranger = new SoftwareAuthenticator();
    await new Browser(server, stranger).register(freshUsername());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await browser.verifyStepUp(verificationId, payload));
    expectStatus(200, await browser.submit());
    expect((await browser.get('/host/session')).body).toMatchObject({ userId, amr: ['pop', 'swk', 'user'] });
  });
});
