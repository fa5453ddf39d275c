import { Webhook } from 'standardwebhooks';
import { inTime } from '../database/in-time';

const TIMEOUT_MS = 10_000;

/** What a receiver of Standard Webhooks is sent. */
export interface WebhookMessage {
  /** The same at each try. */
  id: string;
  type: string;
  /** ISO 8601. */
  timestamp: string;
  data: object;
}

/**
 * Sends a message as Standard Webhooks says, for at most 10 seconds.
 * @param secret `whsec_…`; of several each signs: a receiver verifies what it has one of
 * @returns the response's status
 * @throws Error when there is no response, or a redirect
 */
export async function postWebhook(
  { url, secret }: { url: string; secret: string | string[] },
  { id, ...message }: WebhookMessage,
  stop: AbortSignal,
): Promise<number> {
  const body = JSON.stringify(message);
  const now = new Date();
  return inTime(TIMEOUT_MS, stop, async (signal) => {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': [secret]
          .flat()
          .map((one) => new Webhook(one).sign(id, now, body))
          .join(' '),
      },
      body,
    });
    await response.body?.cancel();
    return response.status;
  });
}

/** Whether messages can be signed with a secret: base64url, for one, is refused. */
export function canSign(secret: string): boolean {
  try {
    return new Webhook(secret) instanceof Webhook;
  } catch {
    return false;
  }
}
