import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventEmitterModule } from '@nestjs/event-emitter';
import {
  ApiExceptionFilter,
  conformanceTools,
  ExperienceVerificationModule,
  type ExperienceVerificationPorts,
  logtoFrontend,
  PrintingMessenger,
} from 'nestjs-passkey-sign-in';
import { openIdProvider } from 'nestjs-passkey-openid-provider';
import { type Configuration, relyingPartyOf } from './configuration';
import { Database } from './database/database';
import { HealthController } from './health/health.controller';
import { Readiness } from './health/readiness';
import { channelsOf } from './messages/channels';
import { CHANNELS, MessageSender } from './messages/message-sender';
import type { MessageLanguages } from './messages/message-texts';
import { Metrics } from './metrics/metrics';
import { METRICS_TOKEN, MetricsController } from './metrics/metrics.controller';
import { WellKnownController } from './well-known/well-known.controller';

function messengerOf(
  configuration: Configuration,
  languages?: MessageLanguages,
): ExperienceVerificationPorts {
  const { messenger } = configuration;
  if (messenger === 'off') return {};
  if (messenger === 'print') return { messenger: PrintingMessenger };
  return {
    messenger: MessageSender,
    providers: [{ provide: CHANNELS, useFactory: () => channelsOf(configuration, languages) }],
  };
}

/** Closes the database once no request needs it any more. */
@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.metrics.close();
    await this.database.close();
  }
}

@Module({})
export class AppModule {
  static with(
    configuration: Configuration,
    database: Database,
    metrics: Metrics,
    messageLanguages?: MessageLanguages,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => database.dataSource.options,
          dataSourceFactory: () => Promise.resolve(database.dataSource),
        }),
        EventEmitterModule.forRoot(),
        ExperienceVerificationModule.forRoot(
          {
            adapters: [
              ...(configuration.openIdProvider ? [openIdProvider(configuration.openIdProvider)] : []),
              ...(configuration.logtoFrontend ? [logtoFrontend()] : []),
              ...(configuration.conformanceTools ? [conformanceTools()] : []),
            ],
            relyingParty: relyingPartyOf(configuration),
            redirectTo: `${configuration.basePath}/account`,
            tenants: configuration.tenants,
            metadata: configuration.metadata,
            attestationRoots: configuration.attestationRoots,
            passkeyProviders: configuration.passkeyProviders,
            webhooks: configuration.webhooks,
            accountEnumeration: configuration.accountEnumeration,
            secret: configuration.secrets,
            challengeTtl: configuration.challengeTtlSeconds,
            discoverableChallengeTtl: configuration.autofillTtlSeconds,
            managementApiToken: configuration.managementApiToken,
            managementTokens: configuration.managementTokens,
            usernames: {
              pattern: configuration.usernamePattern,
              reserved: configuration.reservedUsernames,
            },
            limits: configuration.limits,
            gathering: configuration.gathering,
            maxPasskeys: configuration.maxPasskeys,
            phoneRegion: configuration.phoneRegion,
            sessionTtl: configuration.sessionTtlSeconds,
            sessionIdleTtl: configuration.sessionIdleSeconds,
            auditRetention: configuration.auditRetentionDays && configuration.auditRetentionDays * 86_400,
          },
          messengerOf(configuration, messageLanguages),
        ),
      ],
      controllers: [HealthController, MetricsController, WellKnownController],
      providers: [
        { provide: APP_FILTER, useClass: ApiExceptionFilter },
        { provide: Database, useValue: database },
        { provide: Metrics, useValue: metrics },
        { provide: METRICS_TOKEN, useValue: configuration.metricsToken ?? null },
        DatabaseShutdown,
        Readiness,
      ],
    };
  }
}
