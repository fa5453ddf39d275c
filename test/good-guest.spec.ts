import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  Controller,
  Delete,
  type ExceptionFilter,
  type ExecutionContext,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  Module,
  Param,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, HttpAdapterHost, RouterModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import {
  type AuditEvent,
  type CurrentSession,
  CurrentUser,
  ExperienceVerificationModule,
  type ExperienceVerificationOptions,
  isPasskeyRoute,
  OnAuditEvent,
  RequireRecentVerification,
  RequireSession,
  type RouteGroup,
  SignedIn,
} from 'nestjs-passkey-sign-in';
import { TestBrowser } from 'nestjs-passkey-sign-in/testing';
import { freshUsername } from './support/browser';
import { type HostOptions, MountedHosts } from './support/mounted-host';
import { MANAGEMENT_TOKEN, ORIGIN } from './support/test-server';

const OPTIONS: ExperienceVerificationOptions = {
  relyingParty: { id: 'localhost', name: 'Host', origins: [ORIGIN] },
  managementApiToken: MANAGEMENT_TOKEN,
};

const guest = (options: Partial<ExperienceVerificationOptions> = {}) =>
  ExperienceVerificationModule.forRoot({ ...OPTIONS, ...options });

@Controller('orders')
class OrdersController {
  @Get()
  @RequireSession()
  list(@SignedIn() { userId }: CurrentSession, @CurrentUser() user: CurrentUser) {
    return { userId, user };
  }

  @Delete(':id')
  @RequireRecentVerification({ maxAge: 0 })
  cancel(@Param('id') id: string) {
    return { id };
  }
}

@Controller({ path: 'users', version: '2' })
class VersionedUsersController {
  @Get()
  list() {
    return ['of the host'];
  }
}

describe.each([
  ['Fastify', false],
  ['Express', true],
])('a guest on %s', (_name, express) => {
  const hosts = new MountedHosts();
  beforeAll(() => hosts.open());
  afterEach(() => hosts.closeOne());
  afterAll(() => hosts.close());

  const serve = (options: Partial<ExperienceVerificationOptions> = {}, host: HostOptions = {}) =>
    hosts.serve(guest(options), { express, ...host });

  const statusAt = async (url: string, path: string, init?: RequestInit) =>
    (await fetch(`${url}${path}`, init)).status;

  const signsIn = async (url: string, prefix?: string) => {
    const browser = new TestBrowser(url, { prefix });
    const identifier = freshUsername();
    await browser.signUp(identifier);
    await browser.signOut();
    await browser.signIn(identifier);
    return { browser, identifier };
  };

  const post = async (url: string, path: string, body: string) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  describe('puts its routes', () => {
    it.each([
      ['auth', undefined, '/auth'],
      ['/auth/passkeys/', undefined, '/auth/passkeys'],
      ['', undefined, ''],
      [undefined, 'api', '/api'],
      [undefined, '/rest/api/', '/rest/api'],
      [undefined, 'v1', '/v1/api'],
      ['auth', 'api', '/api/auth'],
    ])('for the prefix %p in the global prefix %p under %p', async (prefix, globalPrefix, expected) => {
      const { url } = await serve(
        { prefix },
        { prepare: (app) => globalPrefix !== undefined && app.setGlobalPrefix(globalPrefix) },
      );
      expect(await statusAt(url, `${expected}/my-account`)).toBe(401);
      if (expected !== '/api') expect(await statusAt(url, '/api/my-account')).toBe(404);
      expect(await statusAt(url, '/api/api/my-account')).toBe(404);
    });

    it('where its client finds them, whatever versions the host has', async () => {
      const { url } = await serve(
        { prefix: 'auth' },
        {
          controllers: [VersionedUsersController],
          prepare: (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
        },
      );
      await signsIn(url, '/auth');
      expect(await (await fetch(`${url}/v2/users`)).json()).toEqual(['of the host']);
    });
  });

  it('refuses a prefix that is no path, and groups that there are not', () => {
    expect(() => guest({ prefix: 'a b' })).toThrow(/^prefix: must be a path/);
    expect(() => guest({ without: ['everything' as RouteGroup] })).toThrow(
      /^without: must be of management, /,
    );
  });

  it('leaves out what the host does without, and nothing else', async () => {
    const without: RouteGroup[] = ['management', 'recovery', 'session', 'sign-up', 'step-up'];
    const { url } = await serve({ without });
    const gone = [
      ['GET', '/api/users'],
      ['GET', '/api/audit-events'],
      ['POST', '/api/experience/verification/recovery-code/verify'],
      ['GET', '/api/my-account/recovery-codes'],
      ['DELETE', '/api/session'],
      ['POST', '/api/experience/verification/web-authn/authentication'],
    ] as const;
    for (const [method, path] of gone) {
      expect([path, await statusAt(url, path, { method })]).toEqual([path, 404]);
    }
    const browser = new TestBrowser(url);
    await expect(browser.signUp(freshUsername())).rejects.toThrow('404');
    const registration = '/api/experience/verification/web-authn/registration';
    expect(await browser.call('POST', registration, { identifier: freshUsername() })).toMatchObject({
      status: 404,
      body: { code: 'request.not_found' },
    });
    expect((await browser.call('POST', registration, {})).status).toBe(401);
    expect((await browser.call('GET', '/api/my-account')).status).toBe(401);
    expect(
      (await browser.call('POST', '/api/experience/preflight/sign-in-web-authn/authentication')).status,
    ).toBe(200);
  });

  describe('refuses at the start, in one line, a host that has a route of its own there', () => {
    @Controller('api/users')
    class UsersController {
      @Get(':name')
      get() {
        return 'of the host';
      }
    }

    @Controller('session')
    class SessionController {
      @Delete()
      signOut() {}
    }

    @Module({ controllers: [SessionController] })
    class SessionModule {}

    it('in a controller, however its parameters are named', async () => {
      const error = serve({}, { controllers: [UsersController] });
      await expect(error).rejects.toThrow(
        /^prefix: GET \/api\/users\/:name is UsersController\.get of the host and UsersController\.get of the passkey module: [^\n]+$/,
      );
    });

    it('under a global prefix, or the path of a module', async () => {
      const prepare: HostOptions['prepare'] = (app) => app.setGlobalPrefix('api');
      await expect(serve({}, { imports: [SessionModule], prepare })).rejects.toThrow(
        /^prefix: DELETE \/api\/session/,
      );
      await hosts.closeOne();
      const imports = [SessionModule, RouterModule.register([{ path: 'api', module: SessionModule }])];
      await expect(serve({}, { imports })).rejects.toThrow(/^prefix: DELETE \/api\/session/);
    });

    it('but not one that leaves the group out, has it elsewhere, or excludes it from its prefix', async () => {
      const first = await serve({ without: ['management'] }, { controllers: [UsersController] });
      expect(await (await fetch(`${first.url}/api/users/alice`)).text()).toBe('of the host');
      await hosts.closeOne();
      const second = await serve({ prefix: 'auth' }, { controllers: [UsersController] });
      expect(await (await fetch(`${second.url}/api/users/alice`)).text()).toBe('of the host');
      await hosts.closeOne();
      const prepare: HostOptions['prepare'] = (app) => app.setGlobalPrefix('api', { exclude: ['session'] });
      const third = await serve({ prefix: 'auth' }, { imports: [SessionModule], prepare });
      expect(await statusAt(third.url, '/session', { method: 'DELETE' })).toBe(200);
    });
  });

  describe('leaves to the host', () => {
    it('its pool of connections, on which nobody listens once the guest is gone', async () => {
      const visited = async () => {
        await signsIn((await serve()).url);
        await hosts.closeOne();
        return hosts.listeners();
      };
      expect(await visited()).toEqual(await visited());
    });

    @Catch()
    @Injectable()
    class TeapotFilter implements ExceptionFilter {
      constructor(private readonly adapterHost: HttpAdapterHost) {}

      catch(error: unknown, host: ArgumentsHost) {
        const status = error instanceof HttpException ? error.getStatus() : 500;
        this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { teapot: status }, 418);
      }
    }
    const filter = { provide: APP_FILTER, useClass: TeapotFilter };

    it('errors of its own routes, and answers a malformed body on the module’s in the module’s shape', async () => {
      const { url } = await serve({}, { controllers: [OrdersController], providers: [filter] });
      const own = await fetch(`${url}/orders`);
      expect([own.status, await own.json()]).toEqual([418, { teapot: 401 }]);
      expect(await post(url, '/orders', '{')).toMatchObject({ status: 418 });
      expect(await post(url, '/api/experience/verification/web-authn/registration', '{')).toEqual({
        status: 400,
        body: {
          code: 'guard.invalid_input',
          message: expect.any(String),
          data: { body: ['must be valid JSON'] },
        },
      });
      expect(await post(url, '/api/users', `{"username":"${'a'.repeat(2 ** 21)}"}`)).toMatchObject({
        status: 413,
        body: { code: 'request.body_too_large' },
      });
    });

    it('its guards and pipes, which can tell the module’s routes from others', async () => {
      @Injectable()
      class NobodyGuard implements CanActivate {
        canActivate(context: ExecutionContext) {
          return isPasskeyRoute(context);
        }
      }
      const { url } = await serve(
        {},
        {
          controllers: [OrdersController],
          providers: [{ provide: APP_GUARD, useClass: NobodyGuard }],
          prepare: (app) => app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true })),
        },
      );
      const { browser } = await signsIn(url);
      expect((await browser.call('GET', '/orders')).status).toBe(403);
    });

    it('a guard’s refusal, told in the module’s shape on the module’s routes', async () => {
      @Injectable()
      class ClosedGuard implements CanActivate {
        canActivate(): boolean {
          throw new ForbiddenException('closed');
        }
      }
      const { url } = await serve({}, { providers: [{ provide: APP_GUARD, useClass: ClosedGuard }] });
      const answer = await fetch(`${url}/api/my-account`);
      expect([answer.status, await answer.json()]).toEqual([
        403,
        { code: 'auth.forbidden', message: expect.any(String) },
      ]);
    });

    it('CORS and the OpenAPI document', async () => {
      const { url } = await serve(
        { prefix: 'auth', without: ['management'] },
        {
          controllers: [OrdersController],
          prepare: (app) => {
            app.setGlobalPrefix('v1');
            app.enableCors({ origin: ORIGIN, credentials: true });
            SwaggerModule.setup('docs', app, () =>
              SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Host').build()),
            );
          },
        },
      );
      const answer = await fetch(`${url}/v1/auth/my-account`, { headers: { origin: ORIGIN } });
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      const { paths } = (await (await fetch(`${url}/docs-json`)).json()) as { paths: object };
      expect(Object.keys(paths)).toEqual(
        expect.arrayContaining(['/v1/orders', '/v1/auth/my-account', '/v1/auth/session']),
      );
      expect(Object.keys(paths).filter((path) => path.includes('/users') || path.includes('/api/'))).toEqual(
        [],
      );
    });
  });

  it('tells its controllers who is signed in, and its listeners what happened', async () => {
    const heard: string[] = [];
    @Injectable()
    class Listener {
      @OnAuditEvent('user.registered', 'user.signed-out')
      heard({ type, userId }: AuditEvent<'user.registered' | 'user.signed-out'>) {
        heard.push(`${type} ${userId ?? ''}`);
      }
    }
    const { url } = await serve(
      {},
      { controllers: [OrdersController], providers: [Listener], imports: [EventEmitterModule.forRoot()] },
    );
    expect(await statusAt(url, '/orders')).toBe(401);
    const { browser, identifier } = await signsIn(url);
    const { body } = await browser.call<{ userId: string }>('GET', '/orders');
    expect(body).toEqual({
      userId: expect.any(String),
      user: { id: body.userId, name: identifier.value, addresses: [], unproven: [] },
    });
    expect(heard).toEqual([`user.registered ${body.userId}`, `user.signed-out ${body.userId}`]);
    expect(await browser.call('DELETE', '/orders/1')).toMatchObject({
      status: 403,
      body: { code: 'session.verification_required' },
    });
  });
});
