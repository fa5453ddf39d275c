import { WebAuthnError } from '@simplewebauthn/browser';
import { ApiError, ConnectionError } from './api/request';
import { UnsupportedError } from './ceremonies/environment';
import { unknownCredentialOf } from './ceremonies/signals';

const TRY_AGAIN = 'Something went wrong on our side. Try again in a moment.';

/** By the API's codes. */
const API_PROBLEMS: Record<string, string> = {
  'guard.invalid_input':
    'That does not look like a username, an email address or a phone number with its country code.',
  'user.user_not_exist': 'There is no account with that name. Check the spelling, or create an account.',
  'session.mfa.webauthn_verification_not_found':
    'This account has no passkey here yet, so it can not sign in with one.',
  'session.mfa.webauthn_verification_failed': 'That passkey was not accepted. Try again, or use another one.',
  'session.mfa.pending_info_not_found': 'That took too long. Try again.',
  'session.verification_session_not_found': 'That took too long. Try again.',
  'session.interaction_not_found': 'That took too long. Try again.',
  'session.identity_conflict':
    'That passkey belongs to another account. Pick one of this account, or sign in with the passkey button.',
  'session.mfa.webauthn_credential_already_in_use': 'That passkey is registered already. Sign in with it.',
  'session.verification_required': 'You signed in a while ago. Sign out, sign in again, and then do this.',
  'user.username_already_in_use': 'That username is taken. Choose another one, or sign in.',
  'user.email_already_in_use': 'There is an account with that email address. Sign in instead.',
  'user.phone_already_in_use': 'There is an account with that phone number. Sign in instead.',
  'user.suspended': 'This account is suspended. Ask the people who run this site.',
  'user.last_passkey': 'This is your only passkey. Add another one before you delete it.',
  'passkey.not_found': 'That passkey is gone already. Reload the page.',
  'request.cross_origin': 'This page is not allowed to sign in here.',
  'auth.unauthorized': 'You are signed out. Sign in again.',
  'database.unavailable': 'We can not reach our database right now. Try again in a moment.',
};

/** By the name of the browser's error (WebAuthn Level 3, section 5.1). */
const BROWSER_PROBLEMS: Record<string, string> = {
  NotAllowedError:
    'Nothing happened: it was cancelled, it took too long, or this device has no passkey for this account. Try again.',
  AbortError: 'It was stopped. Try again.',
  InvalidStateError:
    'This device already has a passkey for this account. Sign in with it, or use another device.',
  NotSupportedError: 'This device can not make a passkey of the kind that is needed here.',
  ConstraintError: 'This device can not check that it is you. Set a screen lock, or use another device.',
  SecurityError:
    'This address is not the one that passkeys here are made for. Check the address of the page.',
};

/** What a person is told of any error, in plain words. */
export function problemText(error: unknown): string {
  if (error instanceof ApiError) {
    if (unknownCredentialOf(error))
      return 'That passkey is not known here: it was deleted, or is of another site. Use another one.';
    return error.status === 429
      ? 'Too many attempts. Wait a minute, then try again.'
      : (API_PROBLEMS[error.code] ?? TRY_AGAIN);
  }
  if (error instanceof ConnectionError)
    return 'The server does not answer. Check your connection, then try again.';
  if (error instanceof UnsupportedError) return error.message;
  if (error instanceof WebAuthnError || error instanceof DOMException) {
    return BROWSER_PROBLEMS[error.name] ?? TRY_AGAIN;
  }
  return TRY_AGAIN;
}
