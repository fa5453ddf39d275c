import { chooseLanguage } from 'nestjs-passkey-openid-provider';
import type { AccountMessage, RelyingParty } from 'nestjs-passkey-sign-in';
import { type Configuration, relyingPartiesOf } from '../configuration';
import type { Channel } from './channel';
import { type MailLanguage, type Product, toMail } from './mail';
import { english } from './message-texts';
import { MessageWebhook } from './message-webhook';
import { Smtp } from './smtp';

/** Mail for email addresses, the webhook for all else. */
export function channelsOf(configuration: Configuration): Channel[] {
  const { mail, messageWebhook } = configuration;
  return [
    ...(mail ? [new Smtp(mail, (message) => writeMail(configuration, message))] : []),
    ...(messageWebhook ? [new MessageWebhook(messageWebhook)] : []),
  ];
}

function writeMail(configuration: Configuration, message: AccountMessage) {
  const { all, own } = relyingPartiesOf(configuration);
  const product = productOf(all.find(({ id }) => id === message.rpId) ?? own);
  return { ...toMail(message, product, languageOf(configuration, message)), fromName: product.name };
}

const productOf = ({ name, branding, origins, basePath }: RelyingParty): Product => ({
  name: branding?.name || name,
  url: `${origins[0]}${basePath}`,
});

function languageOf(
  { messageLanguages, messageLanguage }: Configuration,
  message: AccountMessage,
): MailLanguage {
  const wanted = message.kind === 'verification-code' ? message.locales : [];
  const available = Object.keys(messageLanguages);
  const { language } = chooseLanguage([...wanted, messageLanguage], ['en', ...available]);
  return { tag: language, ...(messageLanguages[language] ?? { direction: 'ltr', texts: english }) };
}
