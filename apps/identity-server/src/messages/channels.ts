import { chooseLanguage, providerTexts } from 'nestjs-passkey-openid-provider';
import { type AccountMessage, brandingOf, type RelyingParty } from 'nestjs-passkey-sign-in';
import { type Configuration, relyingPartiesOf } from '../configuration';
import type { Channel } from './channel';
import { type Product, toMail } from './mail';
import { english, type MailLanguage, type MessageLanguages } from './message-texts';
import { MessageWebhook } from './message-webhook';
import { Smtp } from './smtp';

/**
 * Mail for email addresses, the webhook for all else.
 * @param languages of the built pages
 */
export function channelsOf(configuration: Configuration, languages: MessageLanguages = {}): Channel[] {
  const { mail, messageWebhook } = configuration;
  return [
    ...(mail ? [new Smtp(mail, (message) => writeMail(configuration, languages, message))] : []),
    ...(messageWebhook ? [new MessageWebhook(messageWebhook)] : []),
  ];
}

function writeMail(configuration: Configuration, languages: MessageLanguages, message: AccountMessage) {
  const { all, own } = relyingPartiesOf(configuration);
  const product = productOf(all.find(({ id }) => id === message.rpId) ?? own);
  return {
    ...toMail(message, product, languageOf(configuration, languages, message)),
    fromName: product.name,
  };
}

function productOf(relyingParty: RelyingParty): Product {
  const { name, origins, basePath } = relyingParty;
  const branding = brandingOf(relyingParty);
  return { name: branding.name || name, url: `${origins[0]}${basePath}`, branding };
}

function languageOf(
  { messageLanguage }: Configuration,
  languages: MessageLanguages,
  message: AccountMessage,
): MailLanguage {
  const wanted = message.kind === 'verification-code' ? message.locales : [];
  const available = Object.keys(languages);
  const { language } = chooseLanguage([...wanted, messageLanguage], ['en', ...available]);
  const known = languages[language] ?? { direction: 'ltr', texts: english, links: providerTexts };
  return { tag: language, ...known };
}
