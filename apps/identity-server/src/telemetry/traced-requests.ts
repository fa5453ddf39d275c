import { type Context, SpanKind } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ceremonyOf } from '../metrics/ceremony';
import { endSpan, spanOf, type Tracing } from './tracing';

/** Asked every few seconds, and by nobody who wants to know more. */
const NOT_TRACED = /^\/(health\/|metrics$)/;

/**
 * A span for each request, of its caller's trace where it names one. It has no path, query, address or user agent: in
 * them are identifiers of people, and secrets.
 */
export function traceRequests(server: FastifyInstance, tracing: Tracing): void {
  const contexts = new WeakMap<FastifyRequest, Context>();
  const within = (request: FastifyRequest, done: () => void) => {
    const context = contexts.get(request);
    if (context) tracing.contexts.run(context, done);
    else done();
  };
  server.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? '';
    if (!NOT_TRACED.test(route)) {
      const attributes = {
        'http.request.method': request.method,
        'http.route': route || undefined,
        'url.scheme': request.protocol,
        'server.address': request.hostname,
        'network.protocol.version': request.raw.httpVersion,
        ...namesOf(route),
      };
      const parent = tracing.extract(request.headers);
      const name = route ? `${request.method} ${route}` : request.method;
      contexts.set(request, tracing.begin(name, { kind: SpanKind.SERVER, attributes }, parent));
    }
    within(request, done);
  });
  // The body has been read by now, in no request's context.
  server.addHook('preValidation', (request, _reply, done) => {
    within(request, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = spanOf(contexts.get(request) ?? tracing.extract({}));
    span?.setAttribute('http.response.status_code', reply.statusCode);
    endSpan(span, reply.statusCode >= 500 ? String(reply.statusCode) : undefined);
    within(request, done);
  });
}

function namesOf(route: string) {
  const { ceremony, step } = ceremonyOf(route) ?? {};
  return ceremony === undefined ? {} : { 'passkey.ceremony': ceremony, 'passkey.ceremony.step': step };
}
