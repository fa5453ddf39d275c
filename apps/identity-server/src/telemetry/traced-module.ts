import { subscribe, type TracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { type Context, ROOT_CONTEXT, type Span, SpanKind } from '@opentelemetry/api';
import { type AuditEvent, DIAGNOSTICS, type StatementShared } from 'nestjs-passkey-sign-in';
import { endSpan, spanOf, typeOfError, type SpanBeginning, type Tracing } from './tracing';

/** Some work: the context in which it is done, and the spans that end with it. */
interface Work {
  within: Context;
  spans: Span[];
}

/** A call that waits for others: its span, and the context that it came from. */
interface Waiting {
  span: Span;
  from: Context;
}

/**
 * Spans of what the module tells: steps, statements that requests share, deliveries.
 * @returns ends that
 */
export function traceModule(tracing: Tracing): () => void {
  const { ceremonyStep, statementAwaited, statementShared, auditEvent, webhookTried } = DIAGNOSTICS;
  const waiting = new WeakMap<object, Waiting>();

  const begin = (name: string, beginning: SpanBeginning, parent = tracing.context): Work => {
    const within = tracing.begin(name, beginning, parent);
    const span = spanOf(within);
    return { within, spans: span ? [span] : [] };
  };
  const onAwaited = (call: unknown) => {
    if (!tracing.span) return;
    const { spans } = begin('wait for shared statement', {});
    for (const span of spans) waiting.set(call as object, { span, from: tracing.context });
  };
  const onEvent = (event: unknown) => {
    if (tracing.span) tracing.inject((event as AuditEvent).details);
  };
  /** In the trace of the first request that it serves; all, and it, are linked with each other. */
  const share = ({ calls }: StatementShared): Work => {
    const served = calls.map((call) => waiting.get(call)).filter((one) => one !== undefined);
    const spans = served.map(({ span }) => span);
    const from = served[0]?.from;
    if (!from) return { within: calls.length === 1 ? tracing.context : ROOT_CONTEXT, spans };
    if (calls.length === 1) return { within: from, spans };
    const links = spans.map((span) => ({ context: span.spanContext() }));
    const work = begin(
      'shared statement',
      { links, attributes: { 'db.operation.batch.size': calls.length } },
      from,
    );
    const [shared] = work.spans;
    if (shared) for (const span of spans) span.addLink({ context: shared.spanContext() });
    return { within: work.within, spans: [...work.spans, ...spans] };
  };

  subscribe(statementAwaited.name, onAwaited);
  subscribe(auditEvent.name, onEvent);
  const ends = [
    follow(tracing, statementShared, share),
    follow(tracing, ceremonyStep, ({ step }) =>
      tracing.span
        ? begin(step, { attributes: { 'passkey.ceremony.check': step } })
        : { within: tracing.context, spans: [] },
    ),
    follow(tracing, webhookTried, ({ type, attempts, details }) => {
      const attributes = { 'passkey.event.type': type, 'passkey.webhook.attempt': attempts };
      return details.traceparent === undefined
        ? { within: ROOT_CONTEXT, spans: [] }
        : begin(`deliver ${type}`, { kind: SpanKind.PRODUCER, attributes }, tracing.extract(details));
    }),
  ];
  return () => {
    unsubscribe(statementAwaited.name, onAwaited);
    unsubscribe(auditEvent.name, onEvent);
    for (const end of ends) end();
  };
}

/** Does what a channel tells of in the context of its work, and ends its spans once it is done. */
function follow<Message extends object>(
  { contexts }: Tracing,
  channel: TracingChannel<unknown, Message>,
  workOf: (message: Message) => Work,
): () => void {
  const works = new WeakMap<Message, Work>();
  const onEnd = (message: unknown) => {
    const { error } = message as { error?: unknown };
    const type = error === undefined ? undefined : typeOfError(error);
    for (const span of works.get(message as Message)?.spans ?? []) endSpan(span, type);
  };
  channel.start.bindStore(contexts, (message) => {
    const work = workOf(message);
    works.set(message, work);
    return work.within;
  });
  subscribe(channel.asyncEnd.name, onEnd);
  return () => {
    channel.start.unbindStore(contexts);
    unsubscribe(channel.asyncEnd.name, onEnd);
  };
}
