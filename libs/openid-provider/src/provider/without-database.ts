import type { ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';

/** RFC 6749, section 4.1.2.1; to all who ask while the database is away, or others are in the way there. */
export const UNAVAILABLE = {
  error: 'temporarily_unavailable',
  error_description: 'the database can not be reached, or can not do it now',
};

/** Seconds. */
export const RETRY_AFTER = '1';

const logger = new Logger('OpenIdProvider');

/** Without a stack: it is away for each request alike, and where that was noticed tells nothing. */
export function tellOfDatabase(
  { message }: Error,
  { method, path, res }: { method?: string; path: string; res: ServerResponse },
): void {
  const requestId = String(res.getHeader('x-request-id') ?? '');
  logger.warn({ code: 'database.unavailable', reason: message, method, path, requestId });
}
