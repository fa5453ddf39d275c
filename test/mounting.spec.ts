import { randomUUID } from 'node:crypto';
import { type DynamicModule, Inject, Injectable, Module } from '@nestjs/common';
import {
  ExperienceVerificationModule,
  type ExperienceVerificationOptions,
  type Identifier,
  logtoFrontend,
  type NewUser,
  type UserDirectory,
  type UserId,
  type UserLookup,
  type UserProfile,
} from 'nestjs-passkey-sign-in';
import { LogtoPages } from './adapters/logto-pages';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { MountedHosts } from './support/mounted-host';
import { MANAGEMENT_TOKEN, ORIGIN } from './support/test-server';

const OPTIONS: ExperienceVerificationOptions = {
  relyingParty: { id: 'localhost', name: 'Host', origins: [ORIGIN] },
  managementApiToken: MANAGEMENT_TOKEN,
};

describe('mounted in a host of its own', () => {
  const hosts = new MountedHosts();

  beforeAll(() => hosts.open());
  afterEach(() => hosts.closeOne());
  afterAll(() => hosts.close());

  const serve = (module: DynamicModule, express = false) => hosts.serve(module, { express });

  describe.each([
    ['Fastify', false],
    ['Express', true],
  ])('on %s', (_name, express) => {
    it("Logto's pages sign people up", async () => {
      const options = {
        ...OPTIONS,
        adapters: [logtoFrontend({ signInExperience: { supportEmail: 'a@b.c' } })],
      };
      const pages = new LogtoPages(await serve(ExperienceVerificationModule.forRoot(options), express));
      expect((await pages.get('/api/.well-known/sign-in-exp')).body).toMatchObject({ supportEmail: 'a@b.c' });
      const { value } = freshUsername();
      expect(await pages.registerUsername(value)).toMatchObject({ status: 422 });
      expect(await pages.createPasskey(await pages.openPasskeySetup())).toMatchObject({ status: 200 });
      expect(await pages.usePasskey(await pages.openSignInPage())).toMatchObject({ status: 200 });
    });

    it('people register, sign in, and manage their passkeys', async () => {
      const server = await serve(ExperienceVerificationModule.forRoot(OPTIONS), express);
      const browser = new Browser(server);
      const identifier = freshUsername();
      await browser.register(identifier);
      await browser.call('DELETE', '/api/session');
      expect((await browser.get('/api/my-account')).status).toBe(401);
      await browser.signIn(identifier);
      expect((await browser.get('/api/my-account')).body).toMatchObject({ username: identifier.value });
      expect((await browser.get('/api/my-account/passkeys')).body).toHaveLength(1);
      await browser.signIn();
      expect((await browser.manage('GET', '/api/users')).status).toBe(200);
    });

    it('errors have the contract’s shape, and answers are not cached', async () => {
      const server = await serve(ExperienceVerificationModule.forRoot(OPTIONS), express);
      const browser = new Browser(server);
      const unknown = await browser.authenticationOptions(freshUsername());
      expect([unknown.status, unknown.body]).toEqual([
        404,
        { code: 'user.user_not_exist', message: expect.any(String) },
      ]);
      expect(unknown.headers.get('cache-control')).toBe('no-store');
      const foreign = await new Browser(server, undefined, 'https://evil.example').discoverableOptions();
      expect(foreign.body).toMatchObject({ code: 'request.cross_origin' });
    });
  });

  it('forRootAsync takes the options from a factory with dependencies', async () => {
    @Injectable()
    class Settings {
      readonly options = { ...OPTIONS, challengeTtl: 7 };
    }
    @Module({ providers: [Settings], exports: [Settings] })
    class SettingsModule {}
    const module = ExperienceVerificationModule.forRootAsync({
      imports: [SettingsModule],
      inject: [Settings],
      useFactory: (settings: Settings) => settings.options,
    });
    const browser = new Browser(await serve(module));
    const { authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    expect(authenticationOptions.timeout).toBe(7000);
  });

  it('options that can not work together stop the start', () => {
    const withoutSecret = { ...OPTIONS, accountEnumeration: 'decoy' } as const;
    expect(() => ExperienceVerificationModule.forRoot(withoutSecret)).toThrow(/^secret: /);
    const withoutOrigin = { relyingParty: { id: 'localhost', name: 'Host', origins: [] } };
    expect(() => ExperienceVerificationModule.forRoot(withoutOrigin)).toThrow(/^relyingParty\.origins: /);
  });

  it('the host’s user directory says who has an identifier, and keeps new users', async () => {
    /** Staff numbers of the host, by the name that people type. */
    const staff = new Map<string, UserId>();
    @Injectable()
    class Staff implements UserDirectory {
      constructor(@Inject('TABLE') private readonly table: Map<string, UserId>) {}

      locate({ value }: Identifier): UserLookup | null {
        const id = this.table.get(value.toLowerCase());
        return id === undefined ? null : { userId: id };
      }

      profileOf(userId: UserId): Promise<UserProfile | null> {
        const name = [...this.table].find(([, id]) => id === userId)?.[0];
        return Promise.resolve(name === undefined ? null : { name, addresses: [] });
      }

      create({ identifier }: NewUser): Promise<UserId> {
        const id = randomUUID() as string as UserId;
        this.table.set(identifier.value.toLowerCase(), id);
        return Promise.resolve(id);
      }
    }
    const server = await serve(
      ExperienceVerificationModule.forRoot(OPTIONS, {
        userDirectory: Staff,
        providers: [{ provide: 'TABLE', useValue: staff }],
      }),
    );
    const browser = new Browser(server);
    await browser.register({ type: 'username', value: 'Nurse' });
    await browser.signIn({ type: 'username', value: 'nurse' });
    expect((await browser.get('/api/my-account')).body).toMatchObject({
      id: staff.get('nurse'),
      username: null,
    });
    const unknown = await browser.authenticationOptions({ type: 'username', value: 'doctor' });
    expect(unknown.body).toMatchObject({ code: 'user.user_not_exist' });
  });
});
