/** Who may create an account here: the server says it in the page where that is not everybody. */
export const signUp = document.documentElement.dataset['signUp'] ?? 'open';

const LINK = '#invitation=';
const KEPT = 'invitation';

/** Of the page for administrators: where not everybody may create an account, the first of them does by it. */
export const ADMINISTRATOR_LINK = 'administrator-link';

/** Keeps the secret of the link that opened the page, and takes it out of the address. */
export function keepInvitation(): void {
  if (!location.hash.startsWith(LINK)) return;
  sessionStorage.setItem(KEPT, location.hash.slice(LINK.length));
  history.replaceState(null, '', '#create');
}

export const keptInvitation = (): string | undefined =>
  sessionStorage.getItem(KEPT) ??
  (signUp === 'open' ? null : sessionStorage.getItem(ADMINISTRATOR_LINK)) ??
  undefined;

export const forgetInvitation = (): void => {
  sessionStorage.removeItem(KEPT);
};

/** Why this browser may create no account; null: it may. */
export function whyNoSignUp(): 'sign_up.closed' | 'sign_up.invitation_required' | null {
  if (signUp === 'open' || sessionStorage.getItem(ADMINISTRATOR_LINK) !== null) return null;
  if (signUp === 'closed') return 'sign_up.closed';
  return keptInvitation() === undefined ? 'sign_up.invitation_required' : null;
}
