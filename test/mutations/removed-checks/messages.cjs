const { removed, body, text } = require('../removals.cjs');

const SERVER = 'apps/identity-server/src';
const CONFIGURATION = `${SERVER}/configuration/messages.ts`;
const SMTP = `${SERVER}/messages/smtp.ts`;
const MESSAGES = 'messages/messages.service.ts';
const BRANDING = 'relying-party/branding.options.ts';

/** What is sent to owners of accounts, and what stands in it and on the pages of an operator's making. */
module.exports = [
  removed(
    'messages: TLS before anything is said',
    text(SMTP, "requireTLS: tls === 'starttls'", 'requireTLS: false'),
    'messages',
    'is told neither password nor mail without STARTTLS',
  ),
  removed(
    'messages: TLS for a password',
    text(CONFIGURATION, 'if (isOff && pass)', 'if (false)'),
    'messages',
    'refuses a wrong SMTP_URL',
  ),
  removed(
    'messages: codes over https',
    text(CONFIGURATION, "(url.protocol === 'http:' && isLocal)", "url.protocol === 'http:'"),
    'messages',
    'refuses a wrong MESSAGE_WEBHOOK_URL',
  ),
  removed(
    'messages: the signature is of what is sent',
    text('audit/post-webhook.ts', 'sign(id, now, body)', "sign(id, now, '')"),
    'messages',
    'are signed, and come again with the same id',
  ),
  removed(
    'messages: what waits is sealed',
    text(
      MESSAGES,
      'this.sealing.seal(message.message, Buffer.from(id))',
      'Buffer.from(JSON.stringify(message.message))',
    ),
    'messages',
    'is told by any server what waits, sealed',
  ),
  removed(
    'messages: a code that has expired is not sent',
    text('messages/waiting-messages.repository.ts', ' AND expires_at > now()', ''),
    'messages',
    'and none that has expired',
  ),
  removed(
    'messages: a code to nobody is over at once',
    text(MESSAGES, 'if (message.to === null) return 0;', ''),
    'messages',
    'hides from who asks for a code whether there is an account',
  ),
  removed(
    'messages: as much is written for nobody',
    text(MESSAGES, 'if (this.messenger?.retries) {', 'if (this.messenger?.retries && message.message.to) {'),
    'messages',
    'hides from who asks for a code whether there is an account',
  ),
  removed(
    'messages: what waits ends with the account',
    text('management/users.service.ts', 'await this.messages.endAll(userId, transaction);', ''),
    'messages',
    'what waits ends with that',
  ),
  removed(
    'messages: a notice is in the language of the server',
    text(
      `${SERVER}/messages/channels.ts`,
      "message.kind === 'verification-code' ? message.locales : []",
      'message.locales ?? []',
    ),
    'messages',
    'is the server’s for a notice',
  ),
  removed(
    'messages: a name ends no header',
    body(`${SERVER}/messages/mail.ts`, 'onOneLine', 'return text;'),
    'messages',
    'has nothing of a name but the name',
  ),
  removed(
    'messages: a name is no HTML',
    body('relying-party/branding-html.ts', 'escapeHtml', 'return text;'),
    'messages',
    'has nothing of a name but the name',
  ),
  removed(
    'branding: a name is no HTML',
    body('relying-party/branding-html.ts', 'escapeHtml', 'return text;'),
    'branding',
    'stands on pages as text',
  ),
  removed(
    'branding: CSS ends no style',
    text(BRANDING, '/<\\/style/i.test(css)', 'false'),
    'branding',
    'may not end the style that its CSS stands in',
  ),
  removed(
    'branding: links lead to https',
    text(BRANDING, " && new URL(value).protocol === 'https:'", ''),
    'branding',
    'names a wrong privacyUri',
  ),
  removed(
    'branding: a colour is a colour',
    body(BRANDING, 'isColor', 'return true;'),
    'branding',
    'names a wrong colors.dark.text',
  ),
];
