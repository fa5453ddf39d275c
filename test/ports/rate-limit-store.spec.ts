import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Database } from '../../apps/identity-server/src/database/database';
import { PostgresRateLimitStore } from '../../libs/experience-verification/src/limits/postgres-rate-limit-store';
import { RedisRateLimitStore } from '../../libs/experience-verification/src/limits/redis-rate-limit-store';
import { freePort } from '../support/free-port';
import { describeWithRedis, startRedis } from '../support/redis-server';
import { emptyDatabase } from '../support/worker-database';
import { describeRateLimitStoreContract } from './rate-limit-store.contract';

describe('limits shared in the database', () => {
  let database: Database;
  let stores: [PostgresRateLimitStore, PostgresRateLimitStore];
  beforeAll(async () => {
    database = await (await emptyDatabase()).open();
    const open = () => new PostgresRateLimitStore(database.dataSource, 'passkey.');
    stores = [open(), open()];
  });
  afterAll(() => database.close());

  describeRateLimitStoreContract(() => stores);
});

describeWithRedis('limits shared in Redis', () => {
  let redis: ChildProcess;
  let stores: [RedisRateLimitStore, RedisRateLimitStore];
  beforeAll(async () => {
    const port = await freePort();
    redis = startRedis(port);
    const open = () => RedisRateLimitStore.open(`redis://127.0.0.1:${port}`);
    stores = [await open(), await open()];
    for (const store of stores) await untilItAnswers(store);
  });
  afterAll(async () => {
    for (const store of stores) store.onModuleDestroy();
    redis.kill('SIGKILL');
    await once(redis, 'exit');
  });

  describeRateLimitStoreContract(() => stores);
});

async function untilItAnswers(store: RedisRateLimitStore): Promise<void> {
  while (!(await store.locks().catch(() => null))) await new Promise(setImmediate);
}
