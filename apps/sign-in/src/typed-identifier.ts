import { type Identifier, toIdentifier } from 'passkey-sign-in-client';

/** Whether the server reads telephone numbers as they are dialled in its region: it says in the page when it does. */
const readsNationalNumbers = document.documentElement.dataset['nationalNumbers'] === 'yes';

/** Whether it is a telephone number as it is dialled at home, which would become a user name. */
export const lacksCountryCode = (typed: string): boolean =>
  !readsNationalNumbers && /^[\d\s()./-]{7,}$/.test(typed) && (typed.startsWith('0') || /\D/.test(typed));

/** What somebody typed who is to be found by it, or named so. */
export const typedIdentifier = (text: string): Identifier => toIdentifier(text, readsNationalNumbers);
