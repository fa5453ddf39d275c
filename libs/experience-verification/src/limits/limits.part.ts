import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { ModulePart } from '../module-part';
import { TABLES } from '../database/tables';
import { RATE_LIMIT_STORE } from '../ports/rate-limit-store.port';
import { LimitEvents } from './limit-events';
import { Lockouts } from './lockouts.service';
import { PostgresRateLimitStore } from './postgres-rate-limit-store';
import { RateLimits } from './rate-limits.service';
import { RedisRateLimitStore } from './redis-rate-limit-store';
import { StoreAccess } from './store-access';

/** The store is a port: a host's own takes the place of this one. */
export const limitsPart: ModulePart = {
  providers: [
    {
      provide: RATE_LIMIT_STORE,
      inject: [MODULE_OPTIONS, getDataSourceToken(), TABLES],
      useFactory: ({ limits }: ResolvedOptions, dataSource: DataSource, tables: string) =>
        limits?.redisUrl === undefined
          ? new PostgresRateLimitStore(dataSource, tables)
          : RedisRateLimitStore.open(limits.redisUrl),
    },
    StoreAccess,
    RateLimits,
    Lockouts,
    LimitEvents,
  ],
};
