import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** What the module needs of a request: both a Fastify and an Express request have it. */
export interface HttpRequest {
  headers: IncomingHttpHeaders;
}

/** What the module needs of a response: Fastify keeps Node's response in `raw`, Express extends it. */
export interface HttpResponse {
  status(code: number): unknown;
  raw?: ServerResponse;
}

/** Node's own response under either framework. */
export const nodeResponse = (response: HttpResponse): ServerResponse =>
  response.raw ?? (response as unknown as ServerResponse);
