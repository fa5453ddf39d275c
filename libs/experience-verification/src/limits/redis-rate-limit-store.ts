import type { OnModuleDestroy } from '@nestjs/common';
import type { RedisClientType } from '@redis/client';
import type { Hits, Lock, LockPolicy, RateLimitStore, WindowCount } from '../ports/rate-limit-store.port';

const PREFIX = 'passkey:';
const LOCKS = `${PREFIX}locks`;

const NOW = `local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

const ADD = `
  local answer = {}
  for i, key in ipairs(KEYS) do
    redis.call('SET', key, 0, 'PX', ARGV[2 * i], 'NX')
    answer[2 * i - 1] = redis.call('INCRBY', key, ARGV[2 * i - 1])
    answer[2 * i] = redis.call('PTTL', key)
  end
  return answer`;

const FAIL = `
  ${NOW}
  local failures = redis.call('INCR', KEYS[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[3] * 1000)
  local locked = 0
  if failures >= tonumber(ARGV[1]) then
    locked = 1000 * math.min(tonumber(ARGV[2]), 2 ^ math.min(failures - ARGV[1], 20))
    redis.call('ZADD', KEYS[2], now + locked, ARGV[4])
  end
  return { failures, locked }`;

const FETCH_LOCKS = `
  ${NOW}
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
  local answer = redis.call('ZRANGE', KEYS[1], 0, 9999, 'REV', 'WITHSCORES')
  for i = 2, #answer, 2 do answer[i] = tonumber(answer[i]) - now end
  return answer`;

/** Shares the limits in Redis, and nothing else: whatever it has may be lost. */
export class RedisRateLimitStore implements RateLimitStore, OnModuleDestroy {
  private constructor(private readonly client: RedisClientType) {}

  /** Does not wait for a connection. The client is loaded only where it is used: it is large. */
  static async open(url: string): Promise<RedisRateLimitStore> {
    const { createClient } = await import('@redis/client');
    const client: RedisClientType = createClient({
      url,
      disableOfflineQueue: true,
      socket: {
        connectTimeout: 1_000,
        // Something is asked every second.
        socketTimeout: 5_000,
        reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 1_000),
      },
    });
    // A call that fails says so; the client itself goes on connecting.
    client.on('error', () => undefined);
    client.connect().catch(() => undefined);
    return new RedisRateLimitStore(client);
  }

  onModuleDestroy(): void {
    this.client.destroy();
  }

  async add(hits: Hits[]): Promise<WindowCount[]> {
    const answer = await this.run(
      ADD,
      hits.map(({ key }) => PREFIX + key),
      hits.flatMap(({ count, window }) => [count, window]),
    );
    return hits.map((_, index) => ({
      count: Number(answer[2 * index]),
      msLeft: Number(answer[2 * index + 1]),
    }));
  }

  async fail(
    key: string,
    { threshold, longest, memory }: LockPolicy,
  ): Promise<{ failures: number; msLocked: number }> {
    const [failures, msLocked] = await this.run(
      FAIL,
      [`${PREFIX}failures:${key}`, LOCKS],
      [threshold, longest, memory, key],
    );
    return { failures: Number(failures), msLocked: Number(msLocked) };
  }

  async clear(keys: string[]): Promise<void> {
    await Promise.all([
      this.client.del(keys.map((key) => `${PREFIX}failures:${key}`)),
      this.client.zRem(LOCKS, keys),
    ]);
  }

  async locks(): Promise<Lock[]> {
    const answer = await this.run(FETCH_LOCKS, [LOCKS], []);
    const locks: Lock[] = [];
    for (let index = 0; index < answer.length; index += 2) {
      locks.push({ key: String(answer[index]), msLeft: Number(answer[index + 1]) });
    }
    return locks;
  }

  private async run(script: string, keys: string[], values: (string | number)[]): Promise<unknown[]> {
    const answer: unknown = await this.client.eval(script, { keys, arguments: values.map(String) });
    if (!Array.isArray(answer)) throw new Error('Redis answered something else than a list');
    return answer as unknown[];
  }
}
