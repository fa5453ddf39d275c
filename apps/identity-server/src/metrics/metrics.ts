import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { EventEmitter2 } from '@nestjs/event-emitter';
import type { FastifyInstance } from 'fastify';
import { AUDIT_EVENTS, DIAGNOSTICS, type SharedStatementSent, type TableSwept } from 'nestjs-passkey-sign-in';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { measureCeremonies } from './ceremony-metrics';
import { measurePool } from './pool-metrics';
import { measureOutbox } from './outbox-metrics';

/** Figures for Prometheus: the process's own, and those of docs/operations.md. */
export class Metrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];

  private readonly duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: this.registers,
  });

  private readonly events = new Counter({
    name: 'passkey_audit_events_total',
    help: 'Audit events that this server has recorded, by type.',
    labelNames: ['type'],
    registers: this.registers,
  });

  private readonly batches = new Histogram({
    name: 'passkey_statement_calls',
    help: 'Calls that have shared one statement.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers: this.registers,
  });

  private readonly sweeps = new Histogram({
    name: 'passkey_sweep_duration_seconds',
    help: 'Duration of the sweeps of a table for expired rows.',
    labelNames: ['table'],
    buckets: [0.01, 0.1, 1, 10, 60],
    registers: this.registers,
  });

  private readonly swept = new Counter({
    name: 'passkey_swept_rows_total',
    help: 'Expired rows that this server has removed, by table.',
    labelNames: ['table'],
    registers: this.registers,
  });

  /** @param receivers of webhooks */
  constructor(dataSource: DataSource, receivers: string[]) {
    collectDefaultMetrics({ register: this.registry });
    measureCeremonies(this.duration, this.registers);
    measurePool(dataSource, this.registers);
    measureOutbox(dataSource, receivers, this.registers);
    for (const type of Object.keys(AUDIT_EVENTS)) this.events.inc({ type }, 0);
    subscribe(DIAGNOSTICS.sharedStatementSent.name, this.onSharedStatement);
    subscribe(DIAGNOSTICS.tableSwept.name, this.onSwept);
  }

  /** Several servers of one process, as in tests, would else be told for ever. */
  close(): void {
    unsubscribe(DIAGNOSTICS.sharedStatementSent.name, this.onSharedStatement);
    unsubscribe(DIAGNOSTICS.tableSwept.name, this.onSwept);
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  observe(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      this.duration.observe(
        { method: request.method, route, status: reply.statusCode },
        reply.elapsedTime / 1000,
      );
      done();
    });
  }

  count(emitter: EventEmitter2): void {
    emitter.onAny((type) => {
      if (typeof type === 'string' && Object.hasOwn(AUDIT_EVENTS, type)) this.events.inc({ type });
    });
  }

  /** Has the figures of tables that will be swept begin at 0: of what first appears as 1 Prometheus sees no increase. */
  expectSweepsOf(tables: string[]): void {
    for (const table of tables) {
      this.swept.inc({ table }, 0);
      this.sweeps.zero({ table });
    }
  }

  private readonly onSharedStatement = (message: unknown): void => {
    this.batches.observe((message as SharedStatementSent).calls);
  };

  private readonly onSwept = (message: unknown): void => {
    const { table, rows, seconds } = message as TableSwept;
    this.swept.inc({ table }, rows);
    this.sweeps.observe({ table }, seconds);
  };
}
