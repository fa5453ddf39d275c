/** Who may create an account here: the server says it in the page where that is not everybody. */
export const signUp = document.documentElement.dataset['signUp'] ?? 'open';

const KEPT = 'invitation';

/** Of the page for administrators: where not everybody may create an account, the first of them does by it. */
export const ADMINISTRATOR_LINK = 'administrator-link';

/**
 * Keeps the secret of the link that opened the page, and takes it out of the address.
 * @returns the email address to which the link was sent
 */
export function keepInvitation(): string | null {
  const link = new URLSearchParams(location.hash.slice(1));
  const secret = link.get('invitation');
  if (secret === null) return null;
  sessionStorage.setItem(KEPT, secret);
  history.replaceState(null, '', '#create');
  return link.get('email');
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
