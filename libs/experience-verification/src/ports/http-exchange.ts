import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** In a request, who manages by it: a token, or an administrator. */
export const MANAGER = Symbol('manager');

/** What the module needs of a request: both a Fastify and an Express request have it. */
export interface HttpRequest {
  headers: IncomingHttpHeaders;
  /** Address of the caller, as the host's HTTP adapter knows it (its trusted-proxy setting included). */
  ip?: string;
  id?: unknown;
  [MANAGER]?: Pick<Caller, 'token' | 'administrator'>;
}

/** Who calls, for the audit events. */
export interface Caller {
  ip?: string;
  userAgent?: string;
  requestId?: string;
  /** Who it is, where it is not the user. */
  by?: 'management' | 'configuration';
  /** Name of the management token. */
  token?: string;
  /** Id of the administrator, where it is one. */
  administrator?: string;
  /** Languages that the browser asks for (`Accept-Language`), the best first; no part of audit events. */
  locales?: string[];
}

const MOST_LOCALES = 10;

/** Of `de-AT,de;q=0.9`, the tags in the order of preference (RFC 9110, section 12.5.4). */
const localesOf = (header: string): string[] =>
  header
    .slice(0, 256)
    .split(',')
    .map((item) => {
      const [tag = '', quality] = item.split(';q=');
      return { tag: tag.trim(), quality: Number(quality ?? 1) };
    })
    .filter(({ tag, quality }) => /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(tag) && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .slice(0, MOST_LOCALES)
    .map(({ tag }) => tag);

/** IPv4 as such, where it is mapped into IPv6, as a server that listens to both is told it. */
export const withoutMapping = (address: string): string =>
  /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

export function callerOf({ headers, ip, id, [MANAGER]: manager }: HttpRequest): Caller {
  const userAgent = headers['user-agent'];
  const languages = headers['accept-language'];
  const caller: Caller = {};
  if (ip !== undefined) caller.ip = withoutMapping(ip);
  if (userAgent !== undefined) caller.userAgent = userAgent.slice(0, 256);
  if (typeof id === 'string') caller.requestId = id;
  if (languages !== undefined) caller.locales = localesOf(languages);
  return manager ? { by: 'management', ...caller, ...manager } : caller;
}

/** What the module needs of a response: Fastify keeps Node's response in `raw`, Express extends it. */
export interface HttpResponse {
  status(code: number): unknown;
  raw?: ServerResponse;
}

/** Node's own response under either framework. */
export const nodeResponse = (response: HttpResponse): ServerResponse =>
  response.raw ?? (response as unknown as ServerResponse);
