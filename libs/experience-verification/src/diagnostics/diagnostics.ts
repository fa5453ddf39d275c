import { channel, tracingChannel } from 'node:diagnostics_channel';

/** A statement that calls of a ceremony share has been sent: how many calls. */
export interface SharedStatementSent {
  calls: number;
}

/** A statement is run for these calls, each an object that `statementAwaited` has told of where the call had to wait. */
export interface StatementShared {
  calls: object[];
}

/** A table has been rid of expired rows: how many, in how many seconds. */
export interface TableSwept {
  table: string;
  rows: number;
  seconds: number;
}

/** A step of a ceremony is taken, named as in docs/conformance.md: `7.2 step 12`. */
export interface CeremonyStepTaken {
  step: string;
}

/** What a trace goes on by (W3C Trace Context): members of the details of an audit event. */
export interface TraceContext {
  traceparent?: string;
  tracestate?: string;
}

/** A webhook is sent an event, for the `attempts`th time. */
export interface WebhookTried {
  type: string;
  attempts: number;
  /** Of the event. */
  details: TraceContext;
}

/** What the module tells of its work, by node:diagnostics_channel, to whoever measures: nothing is made where nobody listens. */
export const DIAGNOSTICS = {
  sharedStatementSent: channel('nestjs-passkey-sign-in:shared-statement-sent'),
  tableSwept: channel('nestjs-passkey-sign-in:table-swept'),
  /** A call waits to share a statement; the message is the call, an object without meaning. */
  statementAwaited: channel('nestjs-passkey-sign-in:statement-awaited'),
  statementShared: tracingChannel<unknown, StatementShared>('nestjs-passkey-sign-in:statement-shared'),
  ceremonyStep: tracingChannel<unknown, CeremonyStepTaken>('nestjs-passkey-sign-in:ceremony-step'),
  /** An audit event is about to be written; who listens may add a TraceContext to its details. */
  auditEvent: channel('nestjs-passkey-sign-in:audit-event'),
  webhookTried: tracingChannel<unknown, WebhookTried>('nestjs-passkey-sign-in:webhook-tried'),
} as const;
