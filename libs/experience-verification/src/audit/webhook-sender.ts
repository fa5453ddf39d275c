import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { WebhookDeliveries, type DueDelivery } from './webhook-deliveries.repository';

/** Seconds between attempts (Standard Webhooks); after the last one a delivery is given up. */
const BACK_OFF = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 86_400];

/** How often the outbox is looked at when nothing wakes it: for retries, and for what another server left. */
const POLL_MS = 1_000;

const TIMEOUT_MS = 10_000;

/** Sends the outbox to the configured webhooks. Any server of the database does; each delivery is leased to one. */
@Injectable()
export class WebhookSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WebhookSender.name);
  private readonly receivers: Map<string, Webhook>;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private woken = false;
  private stopped = false;

  constructor(
    @Inject(MODULE_OPTIONS) { webhooks }: ResolvedOptions,
    private readonly deliveries: WebhookDeliveries,
  ) {
    this.receivers = new Map(webhooks.map(({ url, secret }) => [url, new Webhook(secret)]));
  }

  onApplicationBootstrap(): void {
    if (this.receivers.size === 0) return;
    this.timer = setInterval(() => void this.wake(), POLL_MS).unref();
    void this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Looks at the outbox, as there may be something in it; resolves once all that is due has been tried. */
  async wake(): Promise<void> {
    if (this.receivers.size === 0 || this.stopped) return;
    this.woken = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.woken && !this.stopped) {
      this.woken = false;
      try {
        const due = await this.deliveries.lease([...this.receivers.keys()], TIMEOUT_MS / 1000 + 5);
        await Promise.all(due.map((delivery) => this.deliver(delivery)));
        if (due.length > 0) this.woken = true;
      } catch (error) {
        this.logger.warn({ problem: 'the webhook outbox could not be read', cause: String(error) });
      }
    }
  }

  private async deliver(delivery: DueDelivery): Promise<void> {
    const problem = await this.post(delivery);
    if (problem === null) {
      await this.deliveries.delete(delivery);
      return;
    }
    const { eventId, url, attempts } = delivery;
    const delay = BACK_OFF[attempts - 1] ?? null;
    this.logger.warn({ problem, webhook: new URL(url).host, eventId, attempts, givenUp: delay === null });
    await this.deliveries.postpone(delivery, delay);
  }

  /** Null when the receiver took it. */
  private async post({ url, eventId, type, createdAt, data }: DueDelivery): Promise<string | null> {
    const body = JSON.stringify({ type, timestamp: createdAt, data });
    const now = new Date();
    try {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'webhook-id': eventId,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': this.receivers.get(url)?.sign(eventId, now, body) ?? '',
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
