import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Span, SpanKind } from '@opentelemetry/api';
import { endSpan, spanOf, typeOfError, type Tracing } from './tracing';

/** What is used of a request of undici's, which is Node.js's `fetch`. */
interface Request {
  origin: string | URL;
  method: string;
  addHeader(name: string, value: string): void;
}

/** A span for each call by `fetch` that is made for a request, or another span, and its context in the call's headers. */
export function traceCalls(tracing: Tracing): () => void {
  const spans = new WeakMap<object, Span>();
  const listeners: Record<string, (message: never) => void> = {
    'undici:request:create': ({ request }: { request: Request }) => {
      if (!tracing.span) return;
      const { hostname, port, protocol } = new URL(request.origin);
      const attributes = {
        'http.request.method': request.method,
        'server.address': hostname,
        'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
      };
      const context = tracing.begin(request.method, { kind: SpanKind.CLIENT, attributes });
      const span = spanOf(context);
      if (span) spans.set(request, span);
      const headers: Record<string, string> = {};
      tracing.inject(headers, context);
      for (const [name, value] of Object.entries(headers)) request.addHeader(name, value);
    },
    'undici:request:headers': ({
      request,
      response,
    }: {
      request: Request;
      response: { statusCode: number };
    }) => {
      const span = spans.get(request);
      span?.setAttribute('http.response.status_code', response.statusCode);
      endSpan(span, response.statusCode >= 400 ? String(response.statusCode) : undefined);
    },
    'undici:request:error': ({ request, error }: { request: Request; error: unknown }) => {
      endSpan(spans.get(request), typeOfError(error));
    },
  };
  for (const [name, listener] of Object.entries(listeners)) subscribe(name, listener as never);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) unsubscribe(name, listener as never);
  };
}
