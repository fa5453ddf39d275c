/**
 * What messages to owners of accounts say. `{name}` is the product's name, `{site}` its address. Each language of the pages
 * has these texts in its file (apps/sign-in/src/languages).
 */
export const english = {
  codeSubject: 'Your code for {name}',
  codeHow: 'Type this code on {site}. It works once, for 10 minutes.',
  codeNotYou: 'You did not ask for it? Then ignore this message, and give the code to nobody.',
  invitationSubject: 'You are invited to {name}',
  invitationHow: 'You can create an account on {site}. This link lets you in, once:',
  noticeNotYou: 'Was it not you? Then look at your account at once:',
  'passkey-added': 'A passkey was added to your account.',
  'passkey-deleted': 'A passkey of your account was deleted.',
  'recovery-codes-created': 'Your account has new recovery codes. Earlier ones no longer work.',
  'recovery-link-created': 'The people who run this site made a link that gets you back into your account.',
  'account-recovered': 'Somebody got into your account with a code instead of a passkey.',
  'addresses-changed': 'The addresses of your account were changed.',
  'account-claimed':
    'Somebody has proved an address of your account: whoever was in it is signed out, and its passkeys and codes are gone.',
  'passkey-maybe-copied': 'A passkey of your account may have been copied. Delete it, and make a new one.',
  'sessions-ended': 'Your account was signed out on other devices.',
  'account-suspended': 'Your account was suspended.',
  'account-restored': 'Your account is no longer suspended.',
  'account-deleted': 'Your account was deleted.',
};

export type MessageTexts = typeof english;

/** What a message is written in. */
export interface MessageLanguage {
  direction: 'ltr' | 'rtl';
  texts: MessageTexts;
  /** As the provider's pages say them. */
  links: { terms: string; privacy: string };
}

/** By BCP 47 tag. */
export type MessageLanguages = Record<string, MessageLanguage>;

export type MailLanguage = MessageLanguage & { tag: string };
