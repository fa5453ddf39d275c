import { setMaxListeners } from 'node:events';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  Optional,
} from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { DIAGNOSTICS } from '../diagnostics/diagnostics';
import {
  MODULE_OPTIONS,
  type ResolvedOptions,
  type WebhookOptions,
} from '../experience-verification.options';
import type { RpId } from '../webauthn/webauthn-types';
import { toAuditEvent } from './audit-event';
import { endUnderWay, STOPPED } from '../database/end-under-way';
import { OutboxWorker } from '../database/outbox-worker';
import { postWebhook } from './post-webhook';
import { WebhookDeliveries, type DueDelivery } from './webhook-deliveries.repository';

/** Seconds between attempts (Standard Webhooks); after the last one a delivery is given up. */
const BACK_OFF = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 86_400];

/** Seconds that a delivery may take before another server makes the next. */
const LEASE = 15;

const GONE = 'answered 410';

/** Sends the outbox to the configured webhooks. Any server of the database does; each delivery is leased to one. */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WebhookSender.name);
  /** By URL: none waits for another. */
  private readonly workers: Map<string, OutboxWorker>;
  /** Gives up what is under way. */
  private readonly stopping = new AbortController();
  private readonly rpId: RpId;

  constructor(
    @Inject(MODULE_OPTIONS) { webhooks, relyingParties }: ResolvedOptions,
    private readonly deliveries: WebhookDeliveries,
    @Optional() private readonly emitter?: EventEmitter2,
  ) {
    this.workers = new Map(webhooks.map((webhook) => [webhook.url, this.workerOf(webhook)]));
    this.rpId = relyingParties.own.id;
    // One for each webhook that is under way.
    setMaxListeners(0, this.stopping.signal);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.workers.size === 0) return;
    for (const worker of this.workers.values()) worker.start();
    for (const url of await this.deliveries.ended([...this.workers.keys()])) {
      this.logger.warn({ problem: 'nothing is sent to a webhook that answered 410', webhook: hostOf(url) });
    }
  }

  async onModuleDestroy(): Promise<void> {
    const stopped = Promise.all([...this.workers.values()].map((worker) => worker.stop()));
    await endUnderWay(() => stopped, this.stopping);
  }

  /** Looks at the outbox, as there may be something in it; resolves once all that is due has been tried. */
  async wake(): Promise<void> {
    await Promise.all([...this.workers.values()].map((worker) => worker.wake()));
  }

  private workerOf(webhook: WebhookOptions): OutboxWorker {
    return new OutboxWorker(
      async () => {
        const due = await this.deliveries.lease(webhook.url, LEASE);
        await Promise.all(due.map((delivery) => this.deliver(delivery, webhook)));
        return due.length;
      },
      (error) => {
        this.logger.warn({ problem: 'the webhook outbox could not be read', cause: String(error) });
      },
    );
  }

  private deliver(delivery: DueDelivery, webhook: WebhookOptions): Promise<void> {
    const { webhookTried } = DIAGNOSTICS;
    if (!webhookTried.hasSubscribers) return this.tryOnce(delivery, webhook);
    const { type, attempts, data } = delivery;
    return webhookTried.tracePromise(() => this.tryOnce(delivery, webhook), {
      type,
      attempts,
      details: data.details,
    });
  }

  private async tryOnce(delivery: DueDelivery, webhook: WebhookOptions): Promise<void> {
    const problem = await this.post(delivery, webhook);
    const { eventId, url, attempts } = delivery;
    if (problem === null) {
      await this.deliveries.delete(delivery);
      return;
    }
    if (problem === GONE) {
      await this.end(url);
      return;
    }
    if (problem === STOPPED) {
      await this.deliveries.giveBack(delivery);
      return;
    }
    const seconds = BACK_OFF[attempts - 1] ?? null;
    this.logger.warn({ problem, webhook: hostOf(url), eventId, attempts, givenUp: seconds === null });
    await this.deliveries.postpone(delivery, seconds);
  }

  /** The receiver wants no more (Standard Webhooks: 410). */
  private async end(url: string): Promise<void> {
    const details = { webhook: hostOf(url) };
    const event = toAuditEvent({ type: 'webhook.ended', rpId: this.rpId, userId: null, details });
    if (!(await this.deliveries.end(url, event))) return;
    this.logger.warn({ event: event.type, ...details });
    this.emitter?.emit(event.type, event);
  }

  /** Null when the receiver took it. */
  private async post(
    { eventId: id, type, createdAt: timestamp, data }: DueDelivery,
    webhook: WebhookOptions,
  ): Promise<string | null> {
    const { signal } = this.stopping;
    try {
      const status = await postWebhook(webhook, { id, type, timestamp, data }, signal);
      return status >= 200 && status < 300 ? null : `answered ${status}`;
    } catch (error) {
      if (signal.aborted) return STOPPED;
      return error instanceof Error ? error.message : String(error);
    }
  }
}

const hostOf = (url: string): string => new URL(url).host;
