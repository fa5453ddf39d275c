import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultTextMapGetter, defaultTextMapSetter } from '@opentelemetry/api';

export interface SpanBeginning {
  kind?: SpanKind;
  attributes?: Attributes;
  links?: Link[];
}

/** Spans, and the context in which they are made: of this server, and not of its process, which may have several. */
export class Tracing {
  readonly contexts = new AsyncLocalStorage<Context>();
  private readonly propagator = new W3CTraceContextPropagator();

  constructor(private readonly tracer: Tracer) {}

  get context(): Context {
    return this.contexts.getStore() ?? ROOT_CONTEXT;
  }

  /** The span of the present context, unless it has ended or is not sampled. */
  get span(): Span | undefined {
    const span = trace.getSpan(this.context);
    return span?.isRecording() ? span : undefined;
  }

  begin(name: string, { kind, attributes, links }: SpanBeginning, parent: Context = this.context): Context {
    return trace.setSpan(parent, this.tracer.startSpan(name, { kind, attributes, links }, parent));
  }

  /** @param carrier headers, or what else has `traceparent` and `tracestate` */
  extract(carrier: object): Context {
    return this.propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
  }

  inject(carrier: object, context: Context = this.context): void {
    this.propagator.inject(context, carrier, defaultTextMapSetter);
  }

  /** Members of a log line. */
  readonly logFields = (): object => {
    const { traceId, spanId } = trace.getSpanContext(this.context) ?? {};
    return traceId === undefined ? {} : { trace_id: traceId, span_id: spanId };
  };
}

export const spanOf = (context: Context): Span | undefined => trace.getSpan(context);

/** @param type what went wrong, as one of few words: an error's message may hold what somebody sent */
export function endSpan(span: Span | undefined, type?: string): void {
  if (type !== undefined) {
    span?.setAttribute('error.type', type);
    span?.setStatus({ code: SpanStatusCode.ERROR });
  }
  span?.end();
}

/** The code that the API, PostgreSQL or Node.js gives it, or its class. */
export function typeOfError(error: unknown): string {
  const { code, driverError, constructor } = error as {
    code?: unknown;
    driverError?: unknown;
    constructor?: unknown;
  };
  if (driverError !== undefined) return typeOfError(driverError);
  if (typeof code === 'string') return code;
  return typeof constructor === 'function' ? constructor.name : '_OTHER';
}
