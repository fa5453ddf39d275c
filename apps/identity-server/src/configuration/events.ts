import type { WebhookOptions } from 'nestjs-passkey-sign-in';
import { ConfigurationError, type Variables } from './variables';

/** Who is told what happened. */
export interface EventConfiguration {
  webhooks: WebhookOptions[];
  /** Unset: audit events are kept. */
  auditRetentionDays?: number;
}

export function readEvents(variables: Variables): EventConfiguration {
  return {
    webhooks: readWebhooks(variables.list('WEBHOOK_URLS'), variables.list('WEBHOOK_SECRET')),
    auditRetentionDays: variables.integer('AUDIT_RETENTION_DAYS', 1, 36_500),
  };
}

/** @param secrets for each receiver, in their order: one, or several between which are spaces; one alone signs for all */
function readWebhooks(urls: string[], secrets: string[]): WebhookOptions[] {
  if (secrets.length > 1 && secrets.length !== urls.length) {
    throw new ConfigurationError('WEBHOOK_SECRET', 'must name one secret, or as many as WEBHOOK_URLS');
  }
  return urls.map((url, index) => {
    const secret = secrets[index] ?? secrets[0];
    const parsed = URL.canParse(url) ? new URL(url) : null;
    // A URL may hold a secret: it is never repeated.
    if (!parsed || !/^https?:$/.test(parsed.protocol)) {
      throw new ConfigurationError('WEBHOOK_URLS', `number ${index + 1} is not an http or https URL`);
    }
    if (parsed.username || parsed.password) {
      throw new ConfigurationError('WEBHOOK_URLS', `number ${index + 1} has credentials in its URL`);
    }
    const first = urls.indexOf(url);
    if (first < index) {
      throw new ConfigurationError('WEBHOOK_URLS', `number ${index + 1} is the same as number ${first + 1}`);
    }
    const ofReceiver = (secret ?? '').split(/\s+/);
    if (!ofReceiver.every(isWebhookSecret)) {
      throw new ConfigurationError('WEBHOOK_SECRET', WEBHOOK_SECRET_RULE);
    }
    return { url, secret: ofReceiver };
  });
}

export const WEBHOOK_SECRET_RULE = 'must be whsec_ and 24 to 64 bytes in base64 (with + and /, not - and _)';

/** Libraries of Standard Webhooks take no base64url, which Node.js does. */
export function isWebhookSecret(text: string): boolean {
  const bytes = Buffer.from(/^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1] ?? '', 'base64').length;
  return bytes >= 24 && bytes <= 64;
}
