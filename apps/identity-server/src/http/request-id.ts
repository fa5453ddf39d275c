import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The caller's X-Request-Id where it is a plain token, such as base64 or `Root=1-…`, else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:;@~/+=-]{1,128}$/.test(given) ? given : randomUUID();
}
