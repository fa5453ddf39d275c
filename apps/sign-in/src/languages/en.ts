import type { ErrorCode, UnsupportedError } from 'passkey-sign-in-client';
import type { Formats } from '../texts/formats';
import type { Direction } from '../texts/messages';

export { english as messages } from '../../../identity-server/src/messages/message-texts';
export { english as provider } from 'nestjs-passkey-openid-provider/texts';

const TRY_AGAIN = 'Something went wrong on our side. Try again in a moment.';
const TOO_LATE = 'That took too long. Start again.';
const OUR_MISTAKE = 'This page sent something wrong. Reload it, and try again.';
const NO_IDENTIFIER =
  'That does not look like a username, an email address or a phone number with its country code.';

/** Every text of the pages. A language is a file like this one, and nothing else. */
const english = ({ counted }: Formats) => ({
  direction: 'ltr' as Direction,

  /** What the HTML names by `data-text`. It has these English texts itself, for who has no script. */
  page: {
    language: 'Language',
    signIn: 'Sign in',
    signInHow: 'Use your fingerprint, face or screen lock. No password.',
    identifier: 'Username, email or phone',
    continue: 'Continue',
    continueHow: 'Where your passkey is not offered by itself: say who you are first.',
    or: 'or',
    signInWithPasskey: 'Sign in with a passkey',
    newHere: 'New here?',
    createAccount: 'Create an account',
    lostPasskeys: 'Lost your passkeys?',

    createAccountHow: 'Your device makes a passkey for you and keeps it safe. There is nothing to remember.',
    createPasskey: 'Create a passkey',
    haveAccount: 'Have an account?',

    recover: 'Get back in',
    recoverHow: 'With a code instead of a passkey. Then you make a new passkey on this device.',
    recoveryLinkHow: 'This link lets you in once. Then you make a new passkey on this device.',
    recoveryCode: 'Recovery code',
    recoveryCodeHint: 'One of those that you saved. Each works once.',
    sendCode: 'Send me a code',
    sentCode: 'Code that was sent to you',
    sentCodeHint: 'It works for 10 minutes.',
    sendAnotherCode: 'Send another code',
    backToSignIn: 'Back to sign-in',

    consentHow: 'You can take it back at any time, on your account page.',
    allow: 'Allow',
    refuse: 'Refuse',

    notFound: 'There is no such page',
    notFoundHow: 'Check the address, or go on to your account.',

    account: 'Your account',
    signOut: 'Sign out',
    administration: 'Administration',
    nextSteps: 'Never be locked out',
    nextStepsHow: 'Save recovery codes, and add a passkey of a second device.',
    offer: 'Make a passkey on this device',
    declineOffer: 'Not now',
    passkeys: 'Passkeys',
    passkeysHint: 'Each one signs you in. Add one for every device that does not share them.',
    addPasskey: 'Add a passkey',
    recoveryCodes: 'Recovery codes',
    createRecoveryCodes: 'Create recovery codes',
    applications: 'Connected applications',
    applicationsHint: 'They know you by this account.',
    sessions: 'Where you are signed in',
    sessionsHint: 'Sign out what you do not recognise, and delete the passkey that it came in with.',
    endOtherSessions: 'Sign out everywhere else',

    renamePasskey: 'Rename this passkey',
    name: 'Name',
    save: 'Save',
    cancel: 'Cancel',

    replaceCodes: 'Create new recovery codes?',
    replaceCodesMeans: 'The codes that you have now will no longer work.',
    createNewCodes: 'Create new codes',
    keepCodes: 'Keep the old ones',

    yourRecoveryCodes: 'Your recovery codes',
    yourRecoveryCodesHint:
      'Keep them where you find them without this device. Each gets you in once. They are not shown again, and earlier ones no longer work.',
    copy: 'Copy',
    download: 'Download',
    print: 'Print',
    codesSaved: 'I have saved them',

    deletePasskey: 'Delete this passkey?',
    deletePasskeyMeans:
      'It will no longer sign you in here. You may still see it on your device, until you remove it there too.',
    delete: 'Delete',
    keepPasskey: 'Keep it',

    remove: 'Remove',
    events: 'What happened',
    eventsHint: 'Sign-ins, refusals and changes of this account, newest first.',
    showEvents: 'Show what happened',
    showEarlierEvents: 'Show earlier',
    deletion: 'The end of the account',
    deletionHint: 'Nobody can bring a deleted account back.',
    deleteAccount: 'Delete account',
    deleteAccountSure: 'Delete your account?',
    deleteAccountMeans:
      'Your names and addresses, passkeys, recovery codes, sign-ins and what applications were given are deleted for good. Confirm it with a passkey.',
    keepAccount: 'Keep the account',
  },

  /** What is said when a field is empty, by its `data-missing`. */
  missing: {
    identifier: 'Type your username, email address or phone number.',
    countryCode: 'Begin a phone number with + and the code of its country.',
    recoveryCode: 'Type one of your recovery codes, or have a code sent to you.',
    sentCode: 'Type the code that was sent to you.',
    newIdentifier: 'Type the new one first.',
  },

  /** Of an application that people sign in to. */
  authorization: {
    continueTo: (name: string) => `to continue to ${name}`,
    terms: 'Terms',
    privacy: 'Privacy',
    mayIt: (name: string) => `May ${name} know who you are?`,
    scopes: {
      openid: 'Recognise you when you come again',
      profile: 'See your name',
      email: 'See your email address',
      phone: 'See your phone number',
      groups: 'See which groups you are in',
      offline_access: 'Keep access while you are away',
    },
    otherScope: (scope: string) => `Use “${scope}”`,
  },

  news: {
    confirmSignIn:
      'Your browser asks for your passkey. Is it on your phone? Choose another device there, and scan the code with the phone.',
    confirmCreation: 'Your browser makes the passkey: confirm with your fingerprint, face or screen lock.',
    signingIn: 'Signing you in…',
    stepUp: 'Confirm that it is you, with a passkey of yours…',
    codeSent: 'If this account has an email address or a phone number, a code is on its way to it.',
    savedCodeToo: 'That was right. This site asks for one of your saved recovery codes too.',
    otherAccount: (name: string) =>
      `${name} is signed in in this browser now. Nothing was changed by this page.`,
    passkeyReady: 'Your new passkey is ready.',
    passkeyReadyToName: 'Your new passkey is ready. Give it a name by which you recognise it.',
    passkeyMade: 'A passkey was made for you. Next time, sign in with it.',
    renamed: (name: string) => `Renamed to ${name}.`,
    deleted: (name: string) => `${name} is deleted.`,
    sessionEnded: (name: string) => `${name} is signed out.`,
    otherSessionsEnded: 'You are signed out everywhere else.',
    disconnected: (name: string) => `${name} is disconnected.`,
    copied: 'Copied.',
    notCopied: 'Your browser does not allow copying here. Download or print them.',
    accountChanged: 'Saved.',
    addressCodeSent: (address: string) =>
      `A code is on its way to ${address}. Nothing is changed until you type it here.`,
    accountDeleted:
      'Your account is deleted. You may still see its passkeys on your devices, until you remove them there too.',
  },

  identifiers: { username: 'Username', email: 'Email', phone: 'Phone' },
  /** Of an address of the account. */
  proved: (address: string) => `${address} (proved)`,
  notProved: (address: string) => `${address} (not proved yet)`,

  identifierChange: {
    none: 'None yet',
    change: { button: 'Change', accessibleName: (name: string) => `Change: ${name}` },
    add: { button: 'Add', accessibleName: (name: string) => `Add: ${name}` },
    labels: {
      username: 'New username',
      email: 'New email address',
      phone: 'New phone number, with its country code',
    },
  },
  /** What is said otherwise to somebody who has an account. */
  accountProblems: {
    'user.username_already_in_use': 'That username is taken. Choose another one.',
    'user.email_already_in_use': 'Another account has that email address.',
    'user.phone_already_in_use': 'Another account has that phone number.',
    'recovery.channel_not_available': 'This site can not send a code there.',
  } satisfies Partial<Record<ErrorCode, string>>,

  events: {
    changed: (members: string) => `Changed: ${members}`,
    otherMember: 'other details',
    byOthers: 'By the people who run this site',
    unknown: 'Something else',
    /** By the types of audit events that an account can have. */
    types: {
      'authentication.succeeded': 'A passkey was used',
      'authentication.failed': 'A passkey was refused',
      'step-up.succeeded': 'Confirmed with a passkey',
      'step-up.failed': 'A confirmation was refused',
      'registration.succeeded': 'A new passkey was made',
      'registration.failed': 'A new passkey was refused',
      'identification.failed': 'A sign-in could not be finished',
      'user.registered': 'Account created',
      'user.created': 'Account created',
      'user.changed': 'Account changed',
      'user.suspended': 'Account suspended',
      'user.restored': 'Suspension ended',
      'user.signed-in': 'Signed in',
      'user.signed-out': 'Signed out',
      'session.ended': 'Signed out elsewhere',
      'passkey.added': 'Passkey added',
      'passkey.imported': 'Passkey brought from another system',
      'passkey.renamed': 'Passkey renamed',
      'passkey.deleted': 'Passkey deleted',
      'passkey.clone-suspected': 'A passkey may have been copied',
      'limit.reached': 'Too many attempts',
      'administrator.added': 'You became an administrator',
      'administrator.removed': 'You are no administrator any more',
      'recovery-codes.created': 'New recovery codes',
      'user.address-proved': 'Address proved',
      'user.claimed': 'Account given to who proved its address',
      'recovery.requested': 'A code to get back in was asked for',
      'recovery-link.created': 'A link to get back in was made',
      'recovery.succeeded': 'Got back in with a code',
      'recovery.failed': 'A code to get back in was refused',
      'address.requested': 'A code was sent to a new address',
      'address.succeeded': 'New address proved',
      'address.failed': 'A code for a new address was refused',
      'token.issued': 'An application was given access',
      'token.refused': 'An application was refused access',
      'token.revoked': 'Access of an application ended',
      'authorization.refused': 'A request of an application was refused',
      'group.members-changed': 'Groups changed',
    },
  },

  offer: {
    recovered:
      'You came in with a code. Make a new passkey now, and next time you need no code. You can delete the ones that you have lost.',
    elsewhere:
      'You signed in with a passkey of another device. With one of its own, this device signs you in at once.',
  },

  passkey: {
    /** Of one that nobody named. */
    unnamed: 'Passkey',
    onOneDevice: 'Stays on one device: lost with it',
    synced: 'Synced: works on your other devices too, and is backed up',
    notYetSynced: 'Can be synced, but is not backed up yet',
    keptBy: (provider: string, what: string) => `Kept by ${provider}. ${what}`,
    notUsedYet: (created: string) => `Created ${created}, not used yet`,
    lastUsed: (created: string, used: string) => `Created ${created}, last used ${used}`,
    inUse: 'You are signed in with it now.',
    needsUsername: 'Needs your username: you must type it first when you sign in with this one.',
    maybeCopied: (noticed: string) =>
      `It may have been copied: two devices seem to use it (noticed ${noticed}). Delete it, and make a new one.`,
    only: 'This is your only passkey: without it you could not sign in. Add another one first.',
    rename: { button: 'Rename', accessibleName: (name: string) => `Rename ${name}` },
    upgrade: { button: 'Upgrade', accessibleName: (name: string) => `Upgrade ${name}` },
    delete: { button: 'Delete', accessibleName: (name: string) => `Delete ${name}` },
  },

  /** Above the fields, where the pages are a product's. */
  signInTo: (name: string) => `Sign in to ${name}`,

  /** A day that is neither today nor yesterday, as it stands in a sentence. */
  onDate: (date: string) => date,

  sessions: {
    unknownBrowser: 'A browser',
    here: 'This browser',
    lastSeen: (seen: string, since: string) => `Last used ${seen}, signed in ${since}`,
    from: (network: string) => `From the network ${network}`,
    withPasskey: (name: string) => `With the passkey ${name}`,
    withCode: 'With a code',
    end: { button: 'Sign out', accessibleName: (name: string) => `Sign out ${name}` },
  },

  applications: {
    lastUsed: (last: string, first: string) => `Last used ${last}, first ${first}`,
    disconnect: {
      button: 'Disconnect',
      accessibleName: (name: string) => `Disconnect ${name}`,
      sure: (name: string) =>
        `Disconnect ${name}? It will not know you any more until you sign in there again.`,
    },
  },

  codes: {
    none: 'You have none. With one you get in even when all your passkeys are lost.',
    unused: (count: number) =>
      counted(count, { one: 'You have # unused code.', other: 'You have # unused codes.' }),
    unusedSince: (count: number, made: string) =>
      `${counted(count, { one: 'You have # unused code', other: 'You have # unused codes' })}, made ${made}.`,
    few: 'Make new ones before you run out.',
    title: (site: string, account: string) => `Recovery codes for ${site}, ${account}`,
    each: 'Each works once.',
    fileName: 'recovery-codes.txt',
  },

  /** By the API's codes: every one that a browser can meet. */
  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'There is no account with that name. Check the spelling, or create an account.',
    'session.mfa.webauthn_verification_not_found':
      'This account has no passkey here yet, so it can not sign in with one.',
    'session.mfa.webauthn_verification_failed':
      'That passkey was not accepted. Try again, or use another one.',
    'session.mfa.pending_info_not_found': 'That took too long, or was tried too often. Start again.',
    'session.mfa.invalid_recovery_code':
      'That name and that code do not go together, or the code was used already. Check both, or use another code.',
    'verification_code.code_mismatch': 'That is not the code that was sent. Only the latest one works.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'Another account is signed in in this browser now. Nothing was changed.',
    'session.identity_conflict':
      'That passkey belongs to another account. Pick one of this account, or sign in with the passkey button.',
    'session.mfa.webauthn_credential_already_in_use': 'That passkey is registered already. Sign in with it.',
    'session.verification_required': 'You signed in a while ago. Sign out, sign in again, and then do this.',
    'session.passkey_required': 'Use one of your passkeys to do this.',
    'user.address_proof_required': 'Prove first that you are reached there, by a code that is sent to you.',
    'recovery.second_code_required':
      'This site asks for two codes: one that you saved, and one that is sent to you.',
    'application.not_found': 'That application is not connected any more. Reload the page.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'No application is waiting for you here. Start again from the application.',
    'session.not_found': 'That browser is signed out already. Reload the page.',
    'user.username_already_in_use': 'That username is taken. Choose another one, or sign in.',
    'user.username_not_allowed':
      'That username can not be used: it looks like another name or an address, or is not of the form that this site asks for. Choose another one.',
    'user.email_already_in_use': 'There is an account with that email address. Sign in instead.',
    'user.phone_already_in_use': 'There is an account with that phone number. Sign in instead.',
    'user.identifier_already_in_use': 'Another account has that already. Use another one, or sign in.',
    'user.suspended': 'This account is suspended. Ask the people who run this site.',
    'user.too_many_passkeys':
      'This account has as many passkeys as it may have. Delete one that you no longer use.',
    'user.last_passkey': 'This is your only passkey. Add another one before you delete it.',
    'passkey.not_found': 'That passkey is gone already. Reload the page.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'That link was used already, or has expired. Ask the people who run this site for a new one.',
    'sign_up.closed': 'Nobody can create an account here. Ask the people who run this site for one.',
    'sign_up.invitation_required':
      'An account can be created here with an invitation only. Open the link that you were sent, or ask the people who run this site for one.',
    'invitation.not_found':
      'That invitation was used already, or has ended. Ask whoever invited you for a new one.',
    'administrator.link_not_found':
      'That link was used already, or has expired. Ask the people who run this site for a new one.',
    'recovery.channel_not_available': 'This site can not send codes. Use one of your recovery codes.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'This page is not allowed to sign in here.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Too many attempts. Wait a minute, then try again.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Your browser sends too many cookies. Delete those of this site, then try again.',
    'auth.unauthorized': 'You are signed out. Sign in again.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': 'We can not reach our database right now. Try again in a moment.',
  } satisfies Record<ErrorCode, string>,

  unknownProblem: TRY_AGAIN,
  unknownPasskey: 'That passkey is not known here: it was deleted, or is of another site. Use another one.',
  noConnection: 'The server does not answer. Check your connection, then try again.',
  waitSeconds: (seconds: number) =>
    `Too many attempts. Wait ${counted(seconds, { one: 'a second', other: '# seconds' })}, then try again.`,
  waitMinutes: (minutes: number) =>
    `Too many attempts. Wait ${counted(minutes, { one: 'a minute', other: '# minutes' })}, then try again.`,
  waitHours: (hours: number) =>
    `Too many attempts. Wait ${counted(hours, { one: 'an hour', other: '# hours' })}, then try again.`,

  unsupported: {
    'insecure-origin': 'Passkeys need a secure page: open this one over https, or on localhost.',
    'no-webauthn': 'This browser can not use passkeys. Update it, or use another one.',
  } satisfies Record<UnsupportedError['reason'], string>,

  /** By the name of the browser's error (WebAuthn Level 3, section 5.1). */
  browserProblems: {
    NotAllowedError:
      'Nothing happened: it was cancelled, it took too long, or this device has no passkey for this account. Try again.',
    notMade: 'No passkey was made: it was cancelled, or took too long. Try again.',
    AbortError: 'It was stopped. Try again.',
    InvalidStateError:
      'This device already has a passkey for this account. Sign in with it, or use another device.',
    NotSupportedError: 'This device can not make a passkey of the kind that is needed here.',
    ConstraintError: 'This device can not check that it is you. Set a screen lock, or use another device.',
    SecurityError:
      'This address is not the one that passkeys here are made for. Check the address of the page.',
  },
});

export default english;
