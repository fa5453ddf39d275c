import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiExceptionFilter, ExperienceVerificationModule } from '@passkey/experience-verification';
import { type Configuration, isPageOrigin } from './configuration';
import { Database } from './database/database';
import { HealthController } from './health/health.controller';
import { Metrics } from './metrics/metrics';
import { MetricsController } from './metrics/metrics.controller';
import { WELL_KNOWN_ORIGINS, WellKnownController } from './well-known/well-known.controller';

/** Closes the database once no request needs it any more. */
@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

@Module({})
export class AppModule {
  static with(configuration: Configuration, database: Database, metrics: Metrics): DynamicModule {
    const { rpId, rpName, rpOrigins, rpRelatedOrigins } = configuration;
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => database.dataSource.options,
          dataSourceFactory: () => Promise.resolve(database.dataSource),
        }),
        ExperienceVerificationModule.forRoot({
          relyingParty: {
            id: rpId,
            name: rpName,
            origins: [...rpOrigins, ...rpRelatedOrigins],
          },
          accountEnumeration: configuration.accountEnumeration,
          secret: configuration.secret,
          challengeTtl: configuration.challengeTtlSeconds,
          managementApiToken: configuration.managementApiToken,
        }),
      ],
      controllers: [HealthController, MetricsController, WellKnownController],
      providers: [
        { provide: APP_FILTER, useClass: ApiExceptionFilter },
        { provide: Database, useValue: database },
        {
          provide: WELL_KNOWN_ORIGINS,
          useValue: [...rpOrigins, ...rpRelatedOrigins.filter(isPageOrigin)],
        },
        { provide: Metrics, useValue: metrics },
        DatabaseShutdown,
      ],
    };
  }
}
