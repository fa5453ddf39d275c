import { chooseLanguage, providerTexts } from 'nestjs-passkey-openid-provider';
import { type AccountMessage, brandingOf, type RelyingParty } from 'nestjs-passkey-sign-in';
import { type Configuration, relyingPartiesOf } from '../configuration';
import type { Channel } from './channel';
import { type Product, toMail } from './mail';
import { english, type MailLanguage } from './message-texts';
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

function productOf(relyingParty: RelyingParty): Product {
  const { name, origins, basePath } = relyingParty;
  const branding = brandingOf(relyingParty);
  return { name: branding.name || name, url: `${origins[0]}${basePath}`, branding };
}

function languageOf(
  { messageLanguages, messageLanguage }: Configuration,
  message: AccountMessage,
): MailLanguage {
  const wanted = message.kind === 'verification-code' ? message.locales : [];
  const available = Object.keys(messageLanguages);
  const { language } = chooseLanguage([...wanted, messageLanguage], ['en', ...available]);
  const known = messageLanguages[language] ?? { direction: 'ltr', texts: english, links: providerTexts };
  return { tag: language, ...known };
}
