import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  Optional,
} from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { Webhook } from 'standardwebhooks';
import { DIAGNOSTICS } from '../diagnostics/diagnostics';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { RpId } from '../webauthn/webauthn-types';
import { toAuditEvent } from './audit-event';
import { WebhookDeliveries, type DueDelivery } from './webhook-deliveries.repository';

/** Seconds between attempts (Standard Webhooks); after the last one a delivery is given up. */
const BACK_OFF = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 86_400];

/** How often the outbox is looked at when nothing wakes it: for retries, and for what another server left. */
const POLL_MS = 1_000;

const TIMEOUT_MS = 10_000;

const GONE = 'answered 410';

/** One receiver, and what is under way to it: none waits for another. */
interface Receiver {
  /** One for each secret: a receiver verifies what it has one of. */
  webhooks: Webhook[];
  running: Promise<void> | null;
  woken: boolean;
}

/** Sends the outbox to the configured webhooks. Any server of the database does; each delivery is leased to one. */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WebhookSender.name);
  private readonly receivers: Map<string, Receiver>;
  private readonly rpId: RpId;
  private timer: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();

  constructor(
    @Inject(MODULE_OPTIONS) { webhooks, relyingParties }: ResolvedOptions,
    private readonly deliveries: WebhookDeliveries,
    @Optional() private readonly emitter?: EventEmitter2,
  ) {
    this.receivers = new Map(
      webhooks.map(({ url, secret }) => [
        url,
        { webhooks: [secret].flat().map((one) => new Webhook(one)), running: null, woken: false },
      ]),
    );
    this.rpId = relyingParties.own.id;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.receivers.size === 0) return;
    this.timer = setInterval(() => void this.wake(), POLL_MS).unref();
    void this.wake();
    for (const url of await this.deliveries.ended([...this.receivers.keys()])) {
      this.logger.warn({ problem: 'nothing is sent to a webhook that answered 410', webhook: hostOf(url) });
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.timer);
    await Promise.all([...this.receivers.values()].map(({ running }) => running ?? Promise.resolve()));
  }

  /** Looks at the outbox, as there may be something in it; resolves once all that is due has been tried. */
  async wake(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await Promise.all([...this.receivers].map(([url, receiver]) => this.wakeOne(url, receiver)));
  }

  private async wakeOne(url: string, receiver: Receiver): Promise<void> {
    receiver.woken = true;
    receiver.running ??= this.run(url, receiver).finally(() => {
      receiver.running = null;
    });
    await receiver.running;
  }

  private async run(url: string, receiver: Receiver): Promise<void> {
    while (receiver.woken && !this.stopping.signal.aborted) {
      receiver.woken = false;
      try {
        const due = await this.deliveries.lease(url, TIMEOUT_MS / 1000 + 5);
        await Promise.all(due.map((delivery) => this.deliver(delivery, receiver)));
        if (due.length > 0) receiver.woken = true;
      } catch (error) {
        this.logger.warn({ problem: 'the webhook outbox could not be read', cause: String(error) });
      }
    }
  }

  private deliver(delivery: DueDelivery, receiver: Receiver): Promise<void> {
    const { webhookTried } = DIAGNOSTICS;
    if (!webhookTried.hasSubscribers) return this.tryOnce(delivery, receiver);
    const { type, attempts, data } = delivery;
    return webhookTried.tracePromise(() => this.tryOnce(delivery, receiver), {
      type,
      attempts,
      details: data.details,
    });
  }

  private async tryOnce(delivery: DueDelivery, { webhooks }: Receiver): Promise<void> {
    const problem = await this.post(delivery, webhooks);
    const { eventId, url, attempts } = delivery;
    if (problem === null) {
      await this.deliveries.delete(delivery);
      return;
    }
    if (problem === GONE) {
      await this.end(url);
      return;
    }
    const delay = BACK_OFF[attempts - 1] ?? null;
    this.logger.warn({ problem, webhook: hostOf(url), eventId, attempts, givenUp: delay === null });
    await this.deliveries.postpone(delivery, delay);
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
    { url, eventId, type, createdAt, data }: DueDelivery,
    webhooks: Webhook[],
  ): Promise<string | null> {
    const body = JSON.stringify({ type, timestamp: createdAt, data });
    const now = new Date();
    try {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.stopping.signal]),
        headers: {
          'content-type': 'application/json',
          'webhook-id': eventId,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': webhooks.map((webhook) => webhook.sign(eventId, now, body)).join(' '),
        },
        body,
      });
      await answer.body?.cancel();
      return answer.ok ? null : `answered ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

const hostOf = (url: string): string => new URL(url).host;
