/**
 * Every error that the API answers with: its code, HTTP status, message, and when it is raised.
 * The OpenAPI responses are made from this table, so none is undocumented.
 */
export const ERRORS = {
  'guard.invalid_input': {
    status: 400,
    message: 'The request is not valid.',
    when: 'The body is not JSON, or a member is missing, empty, too long or of the wrong type. `data` names each wrong member and why.',
  },
  'session.mfa.webauthn_verification_not_found': {
    status: 400,
    message: 'The user has no passkey here.',
    when: 'The user has no passkey for this relying party.',
  },
  'session.mfa.pending_info_not_found': {
    status: 400,
    message: 'The challenge has been used already. Ask for new options.',
    when: "The record's challenge was spent by an earlier attempt, right or wrong.",
  },
  'session.mfa.webauthn_verification_failed': {
    status: 400,
    message: 'The passkey could not be verified.',
    when: 'The response of the authenticator does not verify. The reason is in the server log only.',
  },
  'session.mfa.invalid_recovery_code': {
    status: 400,
    message: 'The recovery code is wrong, or has been used.',
    when: 'The user has no such recovery code, or there is no such user.',
  },
  'verification_code.code_mismatch': {
    status: 400,
    message: 'The code is wrong.',
    when: 'Not the code that was sent. After five wrong ones of an account none can be tried for a while (`request.too_many`).',
  },
  'session.verification_failed': {
    status: 400,
    message: 'The verification has not been completed.',
    when: 'The verification record is not verified.',
  },
  'session.invalid_interaction_type': {
    status: 400,
    message: 'This step does not belong to the current interaction. Start a new one.',
    when: "The call does not fit the interaction's event (`SignIn` or `Register`).",
  },
  'auth.unauthorized': {
    status: 401,
    message: 'Sign in first.',
    when: 'There is no session, it has ended, or the management token is missing or wrong.',
  },
  'user.suspended': {
    status: 401,
    message: 'This account is suspended.',
    when: 'The user is suspended. Told only after the passkey has been verified.',
  },
  'auth.forbidden': {
    status: 403,
    message: 'You may not do this.',
    when: 'The management token lacks the scope that the operation asks for, or the user who is signed in is no administrator.',
  },
  'request.cross_origin': {
    status: 403,
    message: 'Requests from this origin are not allowed.',
    when: "The Origin header is not one of the relying party's origins.",
  },
  'session.verification_required': {
    status: 403,
    message: 'Sign in again to do this.',
    when: 'The last sign-in or step-up is too long ago for a sensitive action.',
  },
  'session.passkey_required': {
    status: 403,
    message: 'Use a passkey to do this.',
    when: 'The session was not opened by a passkey, nor has one been used in it, and the action asks for one.',
  },
  'sign_up.closed': {
    status: 403,
    message: 'Nobody can create an account here.',
    when: "The relying party's `signUp` is `closed`: management alone creates users.",
  },
  'sign_up.invitation_required': {
    status: 403,
    message: 'An account can be created here with an invitation only.',
    when: "The relying party's `signUp` is `invitation`, and none was given.",
  },
  'user.address_proof_required': {
    status: 403,
    message: 'Prove first that you are reached there.',
    when: 'Where accounts are secret (`decoy`), whoever registers an email address or a phone number has a code sent there first, and is told after it whether the address is taken.',
  },
  'recovery.second_code_required': {
    status: 403,
    message: 'One more code is needed: one that was saved, and one that was sent.',
    when: "The policy's `recovery` is `two-codes`, and the interaction has a verified record of one of them only. That record stays: identify again once the other code is verified in the same interaction.",
  },
  'session.not_found': {
    status: 404,
    message: 'There is no such session.',
    when: 'The user has no session of that id.',
  },
  'request.not_found': {
    status: 404,
    message: 'There is nothing here.',
    when: 'No such route.',
  },
  'user.user_not_exist': {
    status: 404,
    message: 'There is no such user.',
    when: 'No user has this identifier or id.',
  },
  'passkey.import_conflict': {
    status: 409,
    message: 'The passkey can not be given to this user.',
    when: 'In the result of an import: another user has the passkey, or the user another user handle.',
  },
  'passkey.not_found': {
    status: 404,
    message: 'There is no such passkey.',
    when: 'The user has no passkey with this id.',
  },
  'recovery.channel_not_available': {
    status: 404,
    message: 'Nothing can be sent there.',
    when: 'The host has no messenger, or none for such an address.',
  },
  'recovery.link_not_found': {
    status: 404,
    message: 'This link has been used, or has expired. Ask for a new one.',
    when: 'There is no such recovery link: it was used, has expired, or another one was made, or the user was suspended since.',
  },
  'administrator.link_not_found': {
    status: 404,
    message: 'This link has been used, or has expired. Ask for a new one.',
    when: 'There is no such link by which somebody becomes an administrator: it was used, has expired, or another one was made.',
  },
  'invitation.not_found': {
    status: 404,
    message: 'This invitation has been used, or has ended. Ask for a new one.',
    when: 'There is no such invitation: it was used as often as it may be, has expired or was revoked; whoever made it may invite nobody any more; or one of its groups was deleted.',
  },
  'session.verification_session_not_found': {
    status: 404,
    message: 'The verification was not found or has expired. Ask for new options.',
    when: 'There is no such verification record in this interaction, or it has expired.',
  },
  'session.interaction_not_found': {
    status: 404,
    message: 'The interaction was not found or has expired. Start again.',
    when: 'The interaction cookie is missing, spent or expired.',
  },
  'session.identifier_not_found': {
    status: 404,
    message: 'No user has been identified in this interaction.',
    when: 'The interaction is submitted, or given a passkey, before its identification.',
  },
  'session.account_mismatch': {
    status: 409,
    message: 'Another account is signed in in this browser now. Nothing was changed.',
    when: 'The header `Expected-Account` names another user than the one who is signed in.',
  },
  'session.identity_conflict': {
    status: 409,
    message: 'The passkey belongs to another account.',
    when: "The passkey is not of the identifier's user, or of the user already identified in the interaction.",
  },
  'request.body_too_large': {
    status: 413,
    message: 'The body is too large.',
    when: 'The body is over 64 KiB.',
  },
  'request.unsupported_media_type': {
    status: 415,
    message: 'The body must be application/json.',
    when: 'The content type is not application/json.',
  },
  'user.username_already_in_use': {
    status: 422,
    message: 'This username is taken.',
    when: 'Another user has this username.',
  },
  'user.username_not_allowed': {
    status: 422,
    message: 'This username can not be used. Choose another one.',
    when: 'The name reads as an email address or a phone number, mixes scripts (Unicode Technical Standard 39, highly restrictive), looks like one that another user has, or is not of the form that the host asks for. `data.username` says which.',
  },
  'user.email_already_in_use': {
    status: 422,
    message: 'This email address is taken.',
    when: 'Another user has this email address.',
  },
  'user.phone_already_in_use': {
    status: 422,
    message: 'This phone number is taken.',
    when: 'Another user has this phone number.',
  },
  'user.identifier_already_in_use': {
    status: 422,
    message: 'This is taken.',
    when: 'Another user has this identifier, of a type that has no code of its own.',
  },
  'application.not_found': {
    status: 404,
    message: 'There is no such application.',
    when: 'No application of the relying party has this id, or it has no such secret.',
  },
  'application.configured_by_file': {
    status: 422,
    message: 'This application is configured by file. Change it there.',
    when: "A file of the operator's has the application (`APPLICATIONS`), which alone changes it.",
  },
  'group.not_found': {
    status: 404,
    message: 'There is no such group.',
    when: 'No group of the relying party has this id.',
  },
  'group.name_already_in_use': {
    status: 422,
    message: 'There is a group of this name already.',
    when: 'Another group of the relying party has the name.',
  },
  'authorization.not_found': {
    status: 404,
    message: 'No application is waiting for a sign-in here. Start again from the application.',
    when: 'The page was not opened by an application, or its authorization request has expired or was finished.',
  },
  'session.mfa.webauthn_credential_already_in_use': {
    status: 422,
    message: 'This passkey is already registered.',
    when: 'The credential ID is already known to this relying party.',
  },
  'user.too_many_passkeys': {
    status: 422,
    message: 'The account has as many passkeys as it may have.',
    when: 'Another passkey would be more than `maxPasskeys`.',
  },
  'user.last_passkey': {
    status: 422,
    message: 'The last passkey of an account cannot be deleted.',
    when: "The passkey is the user's last one.",
  },
  'request.too_many': {
    status: 429,
    message: 'Too many attempts. Wait a moment, then try again.',
    when: 'The address, the identifier from this address, or the interaction has asked too often, or failed too often in a row; or the account was sent three codes in 15 minutes or ten in a day, or five wrong ones were tried in 15 minutes. `Retry-After` says when to try again.',
  },
  'request.headers_too_large': {
    status: 431,
    message: 'The headers are too large. Delete the cookies of this site, then try again.',
    when: 'The headers are over 16 KiB, which many cookies make. A browser that opens a page gets one that says so.',
  },
  'server.internal_error': {
    status: 500,
    message: 'Something went wrong on the server.',
    when: 'A fault of the server. The log has it under the request id.',
  },
  'server.shutting_down': {
    status: 503,
    message: 'The server is about to end. Ask another one.',
    when: 'Of `/health/ready` alone: the server was told to end, and serves for a moment more. `Retry-After` says when to try again.',
  },
  'database.unavailable': {
    status: 503,
    message: 'The service is not available right now. Try again shortly.',
    when: 'The database can not be reached, or can not do it now, such as after a deadlock. `Retry-After` says when to try again.',
  },
} as const satisfies Record<string, { status: number; message: string; when: string }>;

/** The stable, dotted codes; callers can switch over them exhaustively. */
export type ErrorCode = keyof typeof ERRORS;
