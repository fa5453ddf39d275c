import type { Configuration } from '../configuration';
import { reasonOf } from '../reason';
import { type Finding, Findings } from './finding';

/** Asks the Redis in which servers share their limits whether it is there, and changes nothing in it. */
export async function examineRedis({ limits }: Pick<Configuration, 'limits'>): Promise<Finding[]> {
  const findings = new Findings('limits');
  if (limits === 'off' || limits.redisUrl === undefined) return findings.list;
  const { createClient } = await import('@redis/client');
  const client = createClient({
    url: limits.redisUrl,
    socket: { connectTimeout: 1_000, socketTimeout: 5_000, reconnectStrategy: false },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    findings.ok('Redis answers, and shares the limits');
  } catch (error) {
    findings.problem(`REDIS_URL: ${reasonOf(error)}`);
  } finally {
    if (client.isOpen) client.destroy();
  }
  return findings.list;
}
