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
}

export function callerOf({ headers, ip, id, [MANAGER]: manager }: HttpRequest): Caller {
  const userAgent = headers['user-agent'];
  return {
    ...(ip !== undefined && { ip }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, 256) }),
    ...(typeof id === 'string' && { requestId: id }),
    ...(manager && { by: 'management' as const, ...manager }),
  };
}

/** What the module needs of a response: Fastify keeps Node's response in `raw`, Express extends it. */
export interface HttpResponse {
  status(code: number): unknown;
  raw?: ServerResponse;
}

/** Node's own response under either framework. */
export const nodeResponse = (response: HttpResponse): ServerResponse =>
  response.raw ?? (response as unknown as ServerResponse);
