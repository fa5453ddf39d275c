import { type Identifier, toIdentifier } from 'passkey-sign-in-client';

/** Whether the server reads telephone numbers as they are dialled in its region: it says in the page when it does. */
const readsNationalNumbers = document.documentElement.dataset['nationalNumbers'] === 'yes';

/** A telephone number as it is dialled at home. */
const isNationalNumber = (typed: string): boolean =>
  /^[\d\s()./-]{7,}$/.test(typed) && (typed.startsWith('0') || /\D/.test(typed));

/** Whether it is a telephone number that would become a user name. */
export const lacksCountryCode = (typed: string): boolean => !readsNationalNumbers && isNationalNumber(typed);

/** What somebody typed who is to be found by it, or named so. */
export function typedIdentifier(text: string): Identifier {
  const typed = toIdentifier(text);
  const isPhone = readsNationalNumbers && isNationalNumber(typed.value) && typed.type === 'username';
  return isPhone ? { type: 'phone', value: typed.value } : typed;
}
