import { readCertificates } from './certificates';
import { isLocalhost } from './domains';
import { isWebhookSecret, WEBHOOK_SECRET_RULE } from './events';
import type { RelyingPartyConfiguration } from './relying-party';
import { ConfigurationError, decoded, type Variables } from './variables';

/** A mail server, and whose mails they are. */
export interface MailConfiguration {
  host: string;
  port: number;
  /** `starttls`: without it nothing is said to the server. */
  tls: 'from-the-start' | 'starttls' | 'off';
  auth?: { user: string; pass: string };
  /** PEM: authorities that alone vouch for the server. Left out: those of Node.js. */
  ca?: string;
  /** Without a name the product's is used. */
  from: { name?: string; address: string };
}

/** A receiver of messages, which sends them on. */
export interface MessageWebhookConfiguration {
  url: string;
  /** Each signs. */
  secrets: string[];
}

/** How owners of accounts are reached. */
export interface MessageConfiguration {
  /** `print`: codes and notices go to the log, for development. */
  messenger: 'send' | 'print' | 'off';
  mail?: MailConfiguration;
  messageWebhook?: MessageWebhookConfiguration;
  /** BCP 47: of notices, and of codes where a browser's languages are not there. */
  messageLanguage: string;
}

/** In development, codes and notices are printed unless they can be sent. */
export function readMessages(
  variables: Variables,
  { isDevelopment }: Pick<RelyingPartyConfiguration, 'isDevelopment'>,
): MessageConfiguration {
  const server = variables.parsed('SMTP_URL', toMailServer);
  const from = variables.parsed('MAIL_FROM', toSender);
  if (server && !from) throw new ConfigurationError('MAIL_FROM', 'is needed with SMTP_URL');
  const ca = variables.parsed('SMTP_CA', toCertificates);
  const messageWebhook = readMessageWebhook(variables);
  const canSend = server !== undefined || messageWebhook !== undefined;
  const usual = canSend ? 'send' : isDevelopment ? 'print' : 'off';
  const messenger = variables.oneOf('MESSENGER', usual, ['send', 'print', 'off']);
  if (messenger === 'send' && !canSend) {
    throw new ConfigurationError('MESSENGER', 'send needs SMTP_URL or MESSAGE_WEBHOOK_URL');
  }
  return {
    messenger,
    ...(server && from && { mail: { ...server, from, ...(ca && { ca }) } }),
    ...(messageWebhook && { messageWebhook }),
    messageLanguage: variables.parsed('MESSAGE_LANGUAGE', toLanguage) ?? 'en',
  };
}

const PORTS = { 'smtp:': 587, 'smtps:': 465 };

/** @throws Error that repeats nothing of the URL, which may have a password */
function toMailServer(text: string): Omit<MailConfiguration, 'from'> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const port = PORTS[url?.protocol as keyof typeof PORTS] as number | undefined;
  if (!url?.hostname || port === undefined) {
    throw new Error('must be smtp://user:password@host:port, or smtps:// for TLS from the start');
  }
  const isOff = url.search === '?tls=off';
  if ((url.search && !isOff) || !['', '/'].includes(url.pathname) || url.hash) {
    throw new Error('may have nothing after host and port but ?tls=off');
  }
  if (isOff && url.protocol === 'smtps:') throw new Error('smtps:// is TLS: ?tls=off contradicts it');
  const [user, pass] = [url.username, url.password].map(decoded);
  if (isOff && pass) throw new Error('a password needs TLS, and ?tls=off takes it away');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port ? Number(url.port) : port,
    tls: url.protocol === 'smtps:' ? 'from-the-start' : isOff ? 'off' : 'starttls',
    ...(user && { auth: { user, pass: pass ?? '' } }),
  };
}

/** @param path of a PEM file */
const toCertificates = (path: string): string => readCertificates(path).join('');

/** `Acme <no-reply@example.com>`, or the address alone. */
function toSender(text: string): MailConfiguration['from'] {
  const [, name, inBrackets] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? [];
  const address = (inBrackets ?? text).trim();
  if (/\p{Cc}/u.test(text) || !/^[^\s@<>,;:"()[\]]+@[^\s@<>,;:"()[\]]+$/.test(address)) {
    throw new Error('must be an email address, or Name <address>');
  }
  const display = name?.trim().replace(/^"(.*)"$/, '$1');
  return { address, ...(display && { name: display }) };
}

function readMessageWebhook(variables: Variables): MessageWebhookConfiguration | undefined {
  const url = variables.parsed('MESSAGE_WEBHOOK_URL', toReceiver);
  const secrets = variables.parsed('MESSAGE_WEBHOOK_SECRET', (text) => text.split(/\s+/));
  if (url === undefined) return undefined;
  if (!secrets?.every(isWebhookSecret)) {
    throw new ConfigurationError('MESSAGE_WEBHOOK_SECRET', WEBHOOK_SECRET_RULE);
  }
  return { url, secrets };
}

/** Codes are secrets: they go over http to this machine alone. */
function toReceiver(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url && (isLocalhost(url.hostname) || url.hostname === '127.0.0.1');
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    throw new Error('must be an https URL');
  }
  if (url.username || url.password) throw new Error('must have no credentials in it');
  return url.href;
}

function toLanguage(text: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? 'en';
  } catch {
    throw new Error(`must be a language tag (BCP 47), is "${text}"`);
  }
}
