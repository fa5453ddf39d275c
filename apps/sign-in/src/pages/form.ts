import { ApiError, type ErrorCode } from 'passkey-sign-in-client';
import { problemText } from '../problem-text';
import { whyNoSignUp } from '../sign-up';
import { texts } from '../texts/texts';
import { whileBusy } from './busy';
import { textElement } from './elements';
import { addLink, clearMessage, markField, placeMessage, showProblemText } from './message';

/** Which field a problem is about, and where its text leads. */
const ABOUT: Partial<Record<ErrorCode, { field: 'identifier' | 'code'; to?: keyof typeof LINKS }>> = {
  'guard.invalid_input': { field: 'identifier' },
  'user.user_not_exist': { field: 'identifier', to: '#create' },
  'session.mfa.webauthn_verification_not_found': { field: 'identifier', to: '#recover' },
  'user.username_already_in_use': { field: 'identifier', to: '#sign-in' },
  'user.email_already_in_use': { field: 'identifier', to: '#sign-in' },
  'user.phone_already_in_use': { field: 'identifier', to: '#sign-in' },
  'user.identifier_already_in_use': { field: 'identifier', to: '#sign-in' },
  'user.username_not_allowed': { field: 'identifier' },
  'session.mfa.invalid_recovery_code': { field: 'code' },
  'verification_code.code_mismatch': { field: 'code' },
};

const { page } = texts;
const LINKS = { '#create': page.createAccount, '#sign-in': page.signIn, '#recover': page.lostPasskeys };

/** Runs one ceremony; after a failure it says why, and the page is as usable as before. */
export async function run(button: HTMLButtonElement | null, ceremony: () => Promise<void>): Promise<void> {
  clearMessage();
  try {
    await whileBusy(button, ceremony);
  } catch (error) {
    if (button) placeMessage(button);
    const about = error instanceof ApiError ? ABOUT[error.code] : undefined;
    const place = button?.form ?? button?.closest('section');
    const field = about && place?.querySelector<HTMLInputElement>(`input[name="${about.field}"]`);
    showProblemText(problemText(error, about?.field === 'identifier' && Boolean(field?.value)));
    if (field) markField(field);
    if (!about) return;
    if (!about.to || (about.to === '#create' && whyNoSignUp() !== null)) return;
    const link = textElement('a', LINKS[about.to]);
    link.href = about.to;
    addLink(link);
  }
}

/** Runs `ceremony` with what was typed into the form's fields, in their order. */
export function onSubmit(form: HTMLFormElement, ceremony: (...typed: string[]) => Promise<void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const inputs = [...form.querySelectorAll('input')];
    if (!inputs.every(isFilled)) return;
    void run(form.querySelector('button'), () => ceremony(...inputs.map(({ value }) => value.trim())));
  });
}

/** Whether something is typed; says what is missing otherwise. */
export function isFilled(input: HTMLInputElement): boolean {
  if (input.value.trim() !== '') return true;
  const missing: Record<string, string | undefined> = texts.missing;
  refuse(input, missing[input.dataset['missing'] ?? ''] ?? '');
  return false;
}

/** Says what is wrong with what was typed. */
export function refuse(input: HTMLInputElement, why: string): void {
  clearMessage();
  markField(input);
  showProblemText(why);
}
