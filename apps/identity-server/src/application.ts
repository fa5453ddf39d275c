import { type IncomingMessage, maxHeaderSize } from 'node:http';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import {
  ExperienceException,
  LimitEvents,
  type RelyingParties,
  type RelyingParty,
  Sweeper,
} from 'nestjs-passkey-sign-in';
import { OpenIdProvider } from 'nestjs-passkey-openid-provider';
import { AppModule } from './app.module';
import { type Configuration, relyingPartiesOf, relyingPartyOf } from './configuration';
import { originsPassedOver } from './configuration/domains';
import type { Database } from './database/database';
import { keepToBasePath, withoutBasePath } from './http/base-path';
import { normaliseForwardedAddresses } from './http/forwarded-addresses';
import { answerBrokenRequest, answerFrameworkError } from './http/framework-errors';
import { acceptJsonOnly, BODY_LIMIT } from './http/json-body';
import { pageOriginsOf } from './http/page-origins';
import { ANSWERED_HERE, answerPreflights } from './http/preflights';
import { OpenIdProviderRoutes } from './http/openid-provider';
import { letBodiesEnd } from './http/unread-bodies';
import { logRequests } from './http/request-log';
import { ProcessorSharesOfAddresses } from './http/processor-shares';
import { requestIdOf } from './http/request-id';
import { HTTP_TIMEOUTS } from './http/timeouts';
import { ResponseHeaders } from './http/response-headers';
import { NestLogger } from './logging/nest-logger';
import { Metrics } from './metrics/metrics';
import { serveOpenApi } from './openapi/openapi-document';
import type { PageLanguages, Pages } from './pages/page-languages';
import { servePages } from './pages/serve-pages';
import type { Telemetry } from './telemetry/telemetry';

/** Pages of a relying party may call it with their cookies, and no others. */
const corsOf = (origin: string[]) => ({
  origin,
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: ['X-Request-Id', 'Retry-After'],
  maxAge: 600,
  ...ANSWERED_HERE,
});

const corsByHost =
  (relyingParties: RelyingParties) =>
  ({ headers: { host } }: FastifyRequest, done: (error: null, options: object) => void) => {
    done(null, corsOf(pageOriginsOf(relyingParties.forHost(host))));
  };

function warnOfPassedOver(relyingParty: RelyingParty, logger: Logger): void {
  const origins = originsPassedOver(pageOriginsOf(relyingParty));
  if (origins.length === 0) return;
  const problem = 'browsers look at the first five domains of related origins, and these come after them';
  logger.warn({ problem, rpId: relyingParty.id, origins });
}

const NOT_ONE_HOST = { data: { host: ['must be named once'] } };

/** RFC 9112, section 3.2: such a request is answered 400; of several hosts, servers in front may have gone by any. */
function namesOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const named = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  return named === 1 || (named === 0 && httpVersion === '1.0');
}

/** The languages of the built pages, for the pages of the OpenID Provider itself. */
const withLanguages = (configuration: Configuration, { provider }: PageLanguages): Configuration => ({
  ...configuration,
  openIdProvider: configuration.openIdProvider && { ...configuration.openIdProvider, languages: provider },
});

/**
 * What servers do of themselves from their start on, and a command leaves to them: they make applications what their file
 * says, sweep, seal anew, and send what others have written. What a command writes itself is sent all the same.
 */
function leaveToServers(app: NestFastifyApplication): void {
  for (const { providers } of app.get(ModulesContainer).values()) {
    for (const { instance } of providers.values()) {
      const provider = instance as Partial<OnApplicationBootstrap> | null | undefined;
      if (provider?.onApplicationBootstrap) provider.onApplicationBootstrap = () => undefined;
    }
  }
}

/**
 * The identity server, ready to listen.
 * @param serves whether it is a server, and not a command that calls its API
 */
export async function createApplication(
  given: Configuration,
  database: Database,
  logger: Logger,
  pages?: Pages,
  telemetry?: Telemetry,
  serves = true,
): Promise<NestFastifyApplication> {
  const configuration = pages ? withLanguages(given, pages.languages) : given;
  const relyingParties = relyingPartiesOf(configuration);
  for (const relyingParty of new Set(relyingParties.all)) warnOfPassedOver(relyingParty, logger);
  if (configuration.conformanceTools) {
    logger.warn({
      problem: 'whoever reaches the server may give any account a passkey',
      variable: 'CONFORMANCE_TOOLS',
    });
  }
  if (serves && configuration.openIdProviderLacksSecret) {
    logger.warn({
      problem:
        'no application signs people in here: that needs a secret, which all servers share; OIDC=off says that it is meant',
      variable: 'SECRET',
    });
  }
  const headers = new ResponseHeaders(relyingParties);
  const adapter = new FastifyAdapter({
    ...HTTP_TIMEOUTS,
    // What comes on an open connection during a shutdown is answered too.
    return503OnClosing: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: configuration.trustedProxies ?? false,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: maxHeaderSize },
    rewriteUrl: ({ url = '/' }) => withoutBasePath(url, configuration.basePath),
    frameworkErrors: answerFrameworkError(headers),
    clientErrorHandler: answerBrokenRequest,
  });
  const server = adapter.getInstance();
  // RFC 9110, section 10.1.1: what else is expected may be passed over.
  server.server.on('checkExpectation', (request, response) =>
    server.server.emit('request', request, response),
  );
  const { dataSource } = database;
  const metrics = new Metrics(
    dataSource,
    configuration.webhooks.map(({ url }) => url),
  );
  telemetry?.observe({ server, dataSource, figures: metrics.registry, logger });
  headers.addTo(server);
  server.addHook('onRequest', (request, _reply, done) => {
    if (configuration.trustedProxies) normaliseForwardedAddresses(request.raw);
    done(
      namesOneHost(request.raw) ? undefined : new ExperienceException('guard.invalid_input', NOT_ONE_HOST),
    );
  });
  const { limits, processorPercent, trustedProxies } = configuration;
  const shares =
    limits === 'off'
      ? null
      : new ProcessorSharesOfAddresses(processorPercent, relyingParties, trustedProxies);
  shares?.addTo(server);
  letBodiesEnd(server);
  const openIdProvider = new OpenIdProviderRoutes();
  answerPreflights(server, openIdProvider.areFor);
  logRequests(server, logger);
  metrics.observe(server);
  openIdProvider.addTo(server);
  if (configuration.basePath) keepToBasePath(server, configuration.basePath);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(configuration, database, metrics, pages?.languages.messages),
    adapter,
    { logger: new NestLogger(logger), bodyParser: false, abortOnError: false },
  );
  metrics.count(app.get(EventEmitter2));
  shares?.recordWith(app.get(LimitEvents, { strict: false }));
  if (configuration.openIdProvider) openIdProvider.answerWith(app.get(OpenIdProvider));
  acceptJsonOnly(server);
  app.enableCors(
    configuration.tenants.length > 0
      ? { delegator: corsByHost(relyingParties) }
      : corsOf(relyingPartyOf(configuration).origins),
  );
  if (configuration.docs) serveOpenApi(app, configuration.basePath);
  const shown = {
    docs: configuration.docs,
    sendsCodes: configuration.messenger !== 'off',
    nationalNumbers: configuration.phoneRegion !== undefined,
  };
  if (pages) await servePages(server, pages, configuration.basePath, relyingParties, shown);
  if (!serves) leaveToServers(app);
  await app.init();
  metrics.expectSweepsOf(app.get(Sweeper).swept);
  return app;
}
