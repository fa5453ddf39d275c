import {
  type AccountMessage,
  type MessageTry,
  postWebhook,
  UndeliverableError,
} from 'nestjs-passkey-sign-in';
import type { MessageWebhookConfiguration } from '../configuration/messages';
import type { Channel } from './channel';

/** Somebody else's service, which sends text messages or mails in words of its own (Standard Webhooks). */
export class MessageWebhook implements Channel {
  constructor(private readonly webhook: MessageWebhookConfiguration) {}

  reaches(): boolean {
    return true;
  }

  async send(message: AccountMessage, { id, signal }: MessageTry): Promise<void> {
    const { url, secrets: secret } = this.webhook;
    const timestamp = new Date().toISOString();
    const type = `message.${message.kind}`;
    const status = await postWebhook({ url, secret }, { id, type, timestamp, data: message }, signal);
    if (status >= 200 && status < 300) return;
    const problem = `the receiver of messages answered ${status}`;
    if (status === 400 || status === 422) throw new UndeliverableError(problem);
    throw new Error(problem);
  }
}
