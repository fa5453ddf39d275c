import type { AccountMessage } from 'nestjs-passkey-sign-in';
import { v7 as uuidV7 } from 'uuid';
import { Webhook } from 'standardwebhooks';
import type { MessageWebhookConfiguration } from '../configuration/messages';
import { type Channel, UndeliverableError } from './channel';

const TIMEOUT_MS = 10_000;

/** Somebody else's service, which sends text messages or mails in words of its own (Standard Webhooks). */
export class MessageWebhook implements Channel {
  /** By message, so that a receiver knows one that it has had. */
  private readonly ids = new WeakMap<AccountMessage, string>();

  constructor(private readonly webhook: MessageWebhookConfiguration) {}

  reaches(): boolean {
    return true;
  }

  async send(message: AccountMessage, signal: AbortSignal): Promise<void> {
    const id = this.ids.get(message) ?? uuidV7();
    this.ids.set(message, id);
    const now = new Date();
    const body = JSON.stringify({
      type: `message.${message.kind}`,
      timestamp: now.toISOString(),
      data: message,
    });
    const { url, secrets } = this.webhook;
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), signal]),
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
      },
      body,
    });
    await answer.body?.cancel();
    if (answer.ok) return;
    const problem = `the receiver of messages answered ${answer.status}`;
    if (answer.status === 400 || answer.status === 422) throw new UndeliverableError(problem);
    throw new Error(problem);
  }
}
