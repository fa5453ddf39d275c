import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiExceptionFilter, ExperienceVerificationModule } from '@passkey/experience-verification';
import type { Configuration } from './configuration';
import { Database } from './database/database';
import { HealthController } from './health/health.controller';
import { Metrics } from './metrics/metrics';
import { MetricsController } from './metrics/metrics.controller';

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
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => database.dataSource.options,
          dataSourceFactory: () => Promise.resolve(database.dataSource),
        }),
        ExperienceVerificationModule.forRoot({
          relyingParty: {
            id: configuration.rpId,
            name: configuration.rpName,
            origins: configuration.rpOrigins,
          },
          accountEnumeration: configuration.accountEnumeration,
          secret: configuration.secret,
          challengeTtl: configuration.challengeTtlSeconds,
          managementApiToken: configuration.managementApiToken,
        }),
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: APP_FILTER, useClass: ApiExceptionFilter },
        { provide: Database, useValue: database },
        { provide: Metrics, useValue: metrics },
        DatabaseShutdown,
      ],
    };
  }
}
