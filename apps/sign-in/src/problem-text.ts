import {
  ApiError,
  ConnectionError,
  type ErrorCode,
  unknownCredentialOf,
  UnsupportedError,
} from '@passkey/client';
import { WebAuthnError } from '@simplewebauthn/browser';

const TRY_AGAIN = 'Something went wrong on our side. Try again in a moment.';
const TOO_LATE = 'That took too long. Start again.';
const OUR_MISTAKE = 'This page sent something wrong. Reload it, and try again.';

/** By the API's codes: every one that a browser can meet. */
const API_PROBLEMS: Record<ErrorCode, string> = {
  'guard.invalid_input':
    'That does not look like a username, an email address or a phone number with its country code.',
  'user.user_not_exist': 'There is no account with that name. Check the spelling, or create an account.',
  'session.mfa.webauthn_verification_not_found':
    'This account has no passkey here yet, so it can not sign in with one.',
  'session.mfa.webauthn_verification_failed': 'That passkey was not accepted. Try again, or use another one.',
  'session.mfa.pending_info_not_found': 'That took too long, or was tried too often. Start again.',
  'session.mfa.invalid_recovery_code':
    'That name and that code do not go together, or the code was used already. Check both, or use another code.',
  'verification_code.code_mismatch':
    'That is not the code that was sent. After five wrong ones, have another one sent.',
  'session.verification_failed': TOO_LATE,
  'session.verification_session_not_found': TOO_LATE,
  'session.interaction_not_found': TOO_LATE,
  'session.identifier_not_found': TOO_LATE,
  'session.invalid_interaction_type': TOO_LATE,
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
  'passkey.import_conflict': OUR_MISTAKE,
  'recovery.channel_not_available': 'This site can not send codes. Use one of your recovery codes.',
  'request.cross_origin': 'This page is not allowed to sign in here.',
  'request.not_found': OUR_MISTAKE,
  'request.too_many': 'Too many attempts. Wait a minute, then try again.',
  'request.body_too_large': OUR_MISTAKE,
  'request.unsupported_media_type': OUR_MISTAKE,
  'auth.unauthorized': 'You are signed out. Sign in again.',
  'server.internal_error': TRY_AGAIN,
  'database.unavailable': 'We can not reach our database right now. Try again in a moment.',
};

const UNSUPPORTED: Record<UnsupportedError['reason'], string> = {
  'insecure-origin': 'Passkeys need a secure page: open this one over https, or on localhost.',
  'no-webauthn': 'This browser can not use passkeys. Update it, or use another one.',
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
    if (error.status === 429 && error.retryAfter !== undefined)
      return `Too many attempts. Wait ${durationText(error.retryAfter)}, then try again.`;
    // A newer server may have codes that this page does not know.
    return (API_PROBLEMS as Record<string, string | undefined>)[error.code] ?? TRY_AGAIN;
  }
  if (error instanceof ConnectionError)
    return 'The server does not answer. Check your connection, then try again.';
  if (error instanceof UnsupportedError) return UNSUPPORTED[error.reason];
  if (error instanceof WebAuthnError || error instanceof DOMException) {
    return BROWSER_PROBLEMS[error.name] ?? TRY_AGAIN;
  }
  return TRY_AGAIN;
}

/** A wait of so many seconds, rounded up. */
function durationText(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
