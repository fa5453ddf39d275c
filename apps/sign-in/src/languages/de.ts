import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.';
const TOO_LATE = 'Das hat zu lange gedauert. Beginnen Sie noch einmal.';
const OUR_MISTAKE =
  'Diese Seite hat etwas Falsches gesendet. Laden Sie sie neu und versuchen Sie es noch einmal.';
const NO_IDENTIFIER =
  'Das sieht weder nach einem Benutzernamen noch nach einer E-Mail-Adresse oder einer Telefonnummer mit Landesvorwahl aus.';

const german = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Sprache',
    signIn: 'Anmelden',
    signInHow: 'Mit Fingerabdruck, Gesicht oder Displaysperre. Ohne Passwort.',
    identifier: 'Benutzername, E-Mail oder Telefon',
    continue: 'Weiter',
    continueHow: 'Wenn Ihr Passkey nicht von selbst angeboten wird: Sagen Sie zuerst, wer Sie sind.',
    or: 'oder',
    signInWithPasskey: 'Mit einem Passkey anmelden',
    newHere: 'Neu hier?',
    createAccount: 'Konto erstellen',
    lostPasskeys: 'Passkeys verloren?',

    createAccountHow:
      'Ihr Gerät erstellt einen Passkey für Sie und bewahrt ihn sicher auf. Sie müssen sich nichts merken.',
    createPasskey: 'Passkey erstellen',
    haveAccount: 'Sie haben ein Konto?',

    recover: 'Zugang wiederherstellen',
    recoverHow:
      'Mit einem Code statt eines Passkeys. Danach erstellen Sie auf diesem Gerät einen neuen Passkey.',
    recoveryLinkHow:
      'Dieser Link lässt Sie einmal hinein. Danach erstellen Sie auf diesem Gerät einen neuen Passkey.',
    recoveryCode: 'Wiederherstellungscode',
    recoveryCodeHint: 'Einer von denen, die Sie gespeichert haben. Jeder gilt einmal.',
    sendCode: 'Code zusenden',
    sentCode: 'Zugesandter Code',
    sentCodeHint: 'Er gilt 10 Minuten.',
    sendAnotherCode: 'Neuen Code zusenden',
    backToSignIn: 'Zurück zur Anmeldung',

    consentHow: 'Sie können das auf Ihrer Kontoseite jederzeit zurücknehmen.',
    allow: 'Erlauben',
    refuse: 'Ablehnen',

    notFound: 'Diese Seite gibt es nicht',
    notFoundHow: 'Prüfen Sie die Adresse, oder gehen Sie weiter zu Ihrem Konto.',

    account: 'Ihr Konto',
    signOut: 'Abmelden',
    administration: 'Verwaltung',
    nextSteps: 'Nie ausgesperrt sein',
    nextStepsHow:
      'Speichern Sie Wiederherstellungscodes, und fügen Sie den Passkey eines zweiten Geräts hinzu.',
    offer: 'Passkey auf diesem Gerät erstellen',
    declineOffer: 'Nicht jetzt',
    passkeys: 'Passkeys',
    passkeysHint:
      'Mit jedem können Sie sich anmelden. Fügen Sie einen für jedes Gerät hinzu, auf dem Sie noch keinen haben.',
    addPasskey: 'Passkey hinzufügen',
    recoveryCodes: 'Wiederherstellungscodes',
    createRecoveryCodes: 'Codes erstellen',
    applications: 'Verbundene Anwendungen',
    applicationsHint: 'Sie kennen Sie durch dieses Konto.',
    sessions: 'Wo Sie angemeldet sind',
    sessionsHint:
      'Melden Sie ab, was Sie nicht kennen, und löschen Sie den Passkey, mit dem es hereingekommen ist.',
    endOtherSessions: 'Überall sonst abmelden',

    renamePasskey: 'Passkey umbenennen',
    name: 'Name',
    save: 'Speichern',
    cancel: 'Abbrechen',

    replaceCodes: 'Neue Wiederherstellungscodes erstellen?',
    replaceCodesMeans: 'Ihre bisherigen Codes gelten dann nicht mehr.',
    createNewCodes: 'Neue Codes erstellen',
    keepCodes: 'Alte Codes behalten',

    yourRecoveryCodes: 'Ihre Wiederherstellungscodes',
    yourRecoveryCodesHint:
      'Bewahren Sie sie dort auf, wo Sie sie ohne dieses Gerät finden. Mit jedem können Sie sich einmal anmelden. Sie werden nicht noch einmal angezeigt, und frühere gelten nicht mehr.',
    copy: 'Kopieren',
    download: 'Speichern',
    print: 'Drucken',
    codesSaved: 'Ich habe sie gespeichert',

    deletePasskey: 'Diesen Passkey löschen?',
    deletePasskeyMeans:
      'Sie können sich hier dann nicht mehr mit ihm anmelden. Auf Ihrem Gerät sehen Sie ihn vielleicht noch, bis Sie ihn auch dort entfernen.',
    delete: 'Löschen',
    keepPasskey: 'Behalten',

    remove: 'Entfernen',
    events: 'Was geschehen ist',
    eventsHint: 'Anmeldungen, Ablehnungen und Änderungen dieses Kontos, die neuesten zuerst.',
    showEvents: 'Zeigen, was geschehen ist',
    showEarlierEvents: 'Frühere zeigen',
    deletion: 'Das Ende des Kontos',
    deletionHint: 'Ein gelöschtes Konto kann niemand zurückholen.',
    deleteAccount: 'Konto löschen',
    deleteAccountSure: 'Ihr Konto löschen?',
    deleteAccountMeans:
      'Namen und Adressen, Passkeys, Wiederherstellungscodes, Anmeldungen und der Zugriff von Anwendungen werden endgültig gelöscht. Bestätigen Sie es mit einem Passkey.',
    keepAccount: 'Konto behalten',
  },

  missing: {
    identifier: 'Geben Sie Ihren Benutzernamen, Ihre E-Mail-Adresse oder Telefonnummer ein.',
    countryCode: 'Beginnen Sie eine Telefonnummer mit + und der Landesvorwahl.',
    recoveryCode:
      'Geben Sie einen Ihrer Wiederherstellungscodes ein, oder lassen Sie sich einen Code zusenden.',
    sentCode: 'Geben Sie den Code ein, der Ihnen zugesandt wurde.',
    newIdentifier: 'Geben Sie zuerst etwas Neues ein.',
  },

  authorization: {
    continueTo: (name: string) => `um bei ${name} weiterzumachen`,
    terms: 'Nutzungsbedingungen',
    privacy: 'Datenschutz',
    mayIt: (name: string) => `Darf ${name} wissen, wer Sie sind?`,
    scopes: {
      openid: 'Sie wiedererkennen, wenn Sie wiederkommen',
      profile: 'Ihren Namen sehen',
      email: 'Ihre E-Mail-Adresse sehen',
      phone: 'Ihre Telefonnummer sehen',
      groups: 'Sehen, in welchen Gruppen Sie sind',
      offline_access: 'Zugriff behalten, während Sie fort sind',
    },
    otherScope: (scope: string) => `„${scope}“ verwenden`,
  },

  news: {
    confirmSignIn:
      'Ihr Browser fragt nach Ihrem Passkey. Ist er auf Ihrem Telefon? Wählen Sie dort ein anderes Gerät, und scannen Sie den Code mit dem Telefon.',
    confirmCreation:
      'Ihr Browser erstellt den Passkey: Bestätigen Sie mit Fingerabdruck, Gesicht oder Displaysperre.',
    signingIn: 'Sie werden angemeldet…',
    stepUp: 'Bestätigen Sie mit einem Ihrer Passkeys, dass Sie es sind…',
    codeSent:
      'Wenn zu diesem Konto eine E-Mail-Adresse oder eine Telefonnummer gehört, ist ein Code dorthin unterwegs.',
    savedCodeToo:
      'Das war richtig. Diese Seite verlangt auch einen Ihrer gespeicherten Wiederherstellungscodes.',
    otherAccount: (name) =>
      `In diesem Browser ist jetzt ${name} angemeldet. Diese Seite hat nichts geändert.`,
    passkeyReady: 'Ihr neuer Passkey ist bereit.',
    passkeyReadyToName:
      'Ihr neuer Passkey ist bereit. Geben Sie ihm einen Namen, an dem Sie ihn wiedererkennen.',
    passkeyMade: 'Für Sie wurde ein Passkey erstellt. Melden Sie sich nächstes Mal mit ihm an.',
    renamed: (name) => `Der Passkey heißt jetzt ${name}.`,
    deleted: (name) => `${name} ist gelöscht.`,
    sessionEnded: (name: string) => `${name} ist abgemeldet.`,
    otherSessionsEnded: 'Sie sind überall sonst abgemeldet.',
    disconnected: (name: string) => `${name} ist getrennt.`,
    copied: 'Kopiert.',
    notCopied: 'Ihr Browser erlaubt hier kein Kopieren. Speichern oder drucken Sie die Codes.',
    accountChanged: 'Gespeichert.',
    addressCodeSent: (address) =>
      `Ein Code ist unterwegs zu ${address}. Es ändert sich nichts, bis Sie ihn hier eingeben.`,
    accountDeleted:
      'Ihr Konto ist gelöscht. Auf Ihren Geräten sehen Sie seine Passkeys vielleicht noch, bis Sie sie auch dort entfernen.',
  },

  identifiers: { username: 'Benutzername', email: 'E-Mail', phone: 'Telefon' },
  proved: (address: string) => `${address} (bestätigt)`,
  notProved: (address: string) => `${address} (noch nicht bestätigt)`,

  identifierChange: {
    none: 'Noch nichts',
    change: { button: 'Ändern', accessibleName: (name) => `Ändern: ${name}` },
    add: { button: 'Hinzufügen', accessibleName: (name) => `Hinzufügen: ${name}` },
    labels: {
      username: 'Neuer Benutzername',
      email: 'Neue E-Mail-Adresse',
      phone: 'Neue Telefonnummer, mit Landesvorwahl',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Dieser Benutzername ist vergeben. Wählen Sie einen anderen.',
    'user.email_already_in_use': 'Diese E-Mail-Adresse hat ein anderes Konto.',
    'user.phone_already_in_use': 'Diese Telefonnummer hat ein anderes Konto.',
    'recovery.channel_not_available': 'Diese Seite kann dorthin keinen Code senden.',
  },

  events: {
    changed: (members) => `Geändert: ${members}`,
    otherMember: 'andere Angaben',
    byOthers: 'Durch die Betreiber dieser Website',
    unknown: 'Etwas anderes',
    types: {
      'authentication.succeeded': 'Ein Passkey wurde benutzt',
      'authentication.failed': 'Ein Passkey wurde abgelehnt',
      'step-up.succeeded': 'Mit einem Passkey bestätigt',
      'step-up.failed': 'Eine Bestätigung wurde abgelehnt',
      'registration.succeeded': 'Ein neuer Passkey wurde erstellt',
      'registration.failed': 'Ein neuer Passkey wurde abgelehnt',
      'identification.failed': 'Eine Anmeldung kam nicht zu Ende',
      'user.registered': 'Konto erstellt',
      'user.created': 'Konto erstellt',
      'user.changed': 'Konto geändert',
      'user.suspended': 'Konto gesperrt',
      'user.restored': 'Sperre aufgehoben',
      'user.signed-in': 'Angemeldet',
      'user.signed-out': 'Abgemeldet',
      'session.ended': 'Anderswo abgemeldet',
      'passkey.added': 'Passkey hinzugefügt',
      'passkey.imported': 'Passkey aus einem anderen System übernommen',
      'passkey.renamed': 'Passkey umbenannt',
      'passkey.deleted': 'Passkey gelöscht',
      'passkey.clone-suspected': 'Ein Passkey wurde vielleicht kopiert',
      'limit.reached': 'Zu viele Versuche',
      'administrator.added': 'Sie haben die Rolle der Verwaltung bekommen',
      'administrator.removed': 'Sie haben die Rolle der Verwaltung nicht mehr',
      'recovery-codes.created': 'Neue Wiederherstellungscodes',
      'user.address-proved': 'Adresse bestätigt',
      'user.claimed': 'Konto ging an den, der seine Adresse bestätigt hat',
      'recovery.requested': 'Ein Code zur Wiederherstellung wurde verlangt',
      'recovery-link.created': 'Ein Link zur Wiederherstellung wurde erstellt',
      'recovery.succeeded': 'Mit einem Code wiederhergestellt',
      'recovery.failed': 'Ein Code zur Wiederherstellung wurde abgelehnt',
      'address.requested': 'Ein Code ging an eine neue Adresse',
      'address.succeeded': 'Neue Adresse bestätigt',
      'address.failed': 'Ein Code für eine neue Adresse wurde abgelehnt',
      'token.issued': 'Eine Anwendung erhielt Zugriff',
      'token.refused': 'Einer Anwendung wurde der Zugriff verweigert',
      'token.revoked': 'Der Zugriff einer Anwendung endete',
      'authorization.refused': 'Die Anfrage einer Anwendung wurde abgelehnt',
      'group.members-changed': 'Gruppen geändert',
    },
  },

  offer: {
    recovered:
      'Sie haben sich mit einem Code angemeldet. Erstellen Sie jetzt einen neuen Passkey, dann brauchen Sie nächstes Mal keinen Code. Verlorene Passkeys können Sie löschen.',
    elsewhere:
      'Sie haben sich mit einem Passkey eines anderen Geräts angemeldet. Mit einem eigenen meldet dieses Gerät Sie sofort an.',
  },

  passkey: {
    unnamed: 'Passkey',
    onOneDevice: 'Bleibt auf einem Gerät und geht mit ihm verloren',
    synced: 'Synchronisiert: funktioniert auch auf Ihren anderen Geräten und ist gesichert',
    notYetSynced: 'Kann synchronisiert werden, ist aber noch nicht gesichert',
    keptBy: (provider, what) => `Gespeichert in: ${provider}. ${what}`,
    notUsedYet: (created) => `Erstellt ${created}, noch nicht verwendet`,
    lastUsed: (created, used) => `Erstellt ${created}, zuletzt verwendet ${used}`,
    inUse: 'Sie sind gerade damit angemeldet.',
    needsUsername:
      'Braucht Ihren Benutzernamen: Geben Sie ihn ein, bevor Sie sich mit diesem Passkey anmelden.',
    maybeCopied: (noticed) =>
      `Er wurde vielleicht kopiert: Zwei Geräte scheinen ihn zu verwenden (bemerkt ${noticed}). Löschen Sie ihn, und erstellen Sie einen neuen.`,
    only: 'Das ist Ihr einziger Passkey: Ohne ihn könnten Sie sich nicht anmelden. Fügen Sie zuerst einen weiteren hinzu.',
    rename: { button: 'Umbenennen', accessibleName: (name) => `Umbenennen: ${name}` },
    upgrade: { button: 'Erneuern', accessibleName: (name) => `Erneuern: ${name}` },
    delete: { button: 'Löschen', accessibleName: (name) => `Löschen: ${name}` },
  },

  signInTo: (name: string) => `Bei ${name} anmelden`,
  onDate: (date) => `am ${date}`,

  sessions: {
    unknownBrowser: 'Ein Browser',
    here: 'Dieser Browser',
    lastSeen: (seen: string, since: string) => `Zuletzt benutzt ${seen}, angemeldet ${since}`,
    from: (network: string) => `Aus dem Netz ${network}`,
    withPasskey: (name: string) => `Mit dem Passkey ${name}`,
    withCode: 'Mit einem Code',
    end: { button: 'Abmelden', accessibleName: (name: string) => `${name} abmelden` },
  },

  applications: {
    lastUsed: (last: string, first: string) => `Zuletzt benutzt ${last}, zuerst ${first}`,
    disconnect: {
      button: 'Trennen',
      accessibleName: (name: string) => `${name} trennen`,
      sure: (name: string) =>
        `${name} trennen? Die Anwendung kennt Sie dann nicht mehr, bis Sie sich dort wieder anmelden.`,
    },
  },

  codes: {
    none: 'Sie haben keine. Mit einem solchen Code können Sie sich auch dann anmelden, wenn Sie alle Passkeys verloren haben.',
    unused: (count) =>
      counted(count, {
        one: 'Sie haben # unbenutzten Code.',
        other: 'Sie haben # unbenutzte Codes.',
      }),
    unusedSince: (count, made) =>
      `${counted(count, { one: 'Sie haben # unbenutzten Code', other: 'Sie haben # unbenutzte Codes' })}, erstellt ${made}.`,
    few: 'Erstellen Sie neue, bevor Ihnen die Codes ausgehen.',
    title: (site, account) => `Wiederherstellungscodes für ${site}, ${account}`,
    each: 'Jeder gilt einmal.',
    fileName: 'wiederherstellungscodes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist':
      'Es gibt kein Konto mit diesem Namen. Prüfen Sie die Schreibweise, oder erstellen Sie ein Konto.',
    'session.mfa.webauthn_verification_not_found':
      'Dieses Konto hat hier noch keinen Passkey. Eine Anmeldung mit Passkey ist deshalb nicht möglich.',
    'session.mfa.webauthn_verification_failed':
      'Dieser Passkey wurde nicht angenommen. Versuchen Sie es noch einmal, oder verwenden Sie einen anderen.',
    'session.mfa.pending_info_not_found':
      'Das hat zu lange gedauert oder wurde zu oft versucht. Beginnen Sie noch einmal.',
    'session.mfa.invalid_recovery_code':
      'Dieser Name und dieser Code gehören nicht zusammen, oder der Code wurde schon benutzt. Prüfen Sie beides, oder verwenden Sie einen anderen Code.',
    'verification_code.code_mismatch':
      'Das ist nicht der Code, der Ihnen zugesandt wurde. Nur der letzte gilt.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch':
      'In diesem Browser ist jetzt ein anderes Konto angemeldet. Es wurde nichts geändert.',
    'session.identity_conflict':
      'Dieser Passkey gehört zu einem anderen Konto. Wählen Sie einen dieses Kontos, oder melden Sie sich über die Passkey-Schaltfläche an.',
    'session.mfa.webauthn_credential_already_in_use':
      'Dieser Passkey ist schon registriert. Melden Sie sich mit ihm an.',
    'session.verification_required':
      'Ihre Anmeldung ist schon eine Weile her. Melden Sie sich ab und wieder an, und versuchen Sie es dann noch einmal.',
    'session.passkey_required': 'Dafür brauchen Sie einen Ihrer Passkeys.',
    'user.address_proof_required':
      'Weisen Sie zuerst nach, dass Sie dort erreichbar sind: mit einem Code, der Ihnen gesendet wird.',
    'recovery.second_code_required':
      'Diese Seite verlangt zwei Codes: einen gespeicherten, und einen, der Ihnen zugesandt wird.',
    'application.not_found': 'Diese Anwendung ist nicht mehr verbunden. Laden Sie die Seite neu.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found':
      'Hier wartet keine Anwendung auf Sie. Beginnen Sie in der Anwendung noch einmal.',
    'session.not_found': 'Dieser Browser ist schon abgemeldet. Laden Sie die Seite neu.',
    'user.username_already_in_use':
      'Dieser Benutzername ist vergeben. Wählen Sie einen anderen, oder melden Sie sich an.',
    'user.username_not_allowed':
      'Dieser Benutzername geht hier nicht: Er gleicht einem anderen Namen oder einer Adresse, oder hat nicht die Form, die diese Seite verlangt. Wählen Sie einen anderen.',
    'user.email_already_in_use': 'Zu dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich an.',
    'user.phone_already_in_use': 'Zu dieser Telefonnummer gibt es schon ein Konto. Melden Sie sich an.',
    'user.identifier_already_in_use':
      'Das hat schon ein anderes Konto. Nehmen Sie etwas anderes, oder melden Sie sich an.',
    'user.suspended': 'Dieses Konto ist gesperrt. Wenden Sie sich an die Betreiber dieser Website.',
    'user.too_many_passkeys':
      'Dieses Konto hat so viele Passkeys, wie es haben darf. Löschen Sie einen, den Sie nicht mehr benutzen.',
    'user.last_passkey':
      'Das ist Ihr einziger Passkey. Fügen Sie einen weiteren hinzu, bevor Sie ihn löschen.',
    'passkey.not_found': 'Diesen Passkey gibt es nicht mehr. Laden Sie die Seite neu.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'Dieser Link wurde schon benutzt oder ist abgelaufen. Bitten Sie die Betreiber dieser Website um einen neuen.',
    'sign_up.closed':
      'Hier kann niemand selbst ein Konto erstellen. Bitten Sie die Betreiber dieser Website darum.',
    'sign_up.invitation_required':
      'Ein Konto können Sie hier nur mit einer Einladung erstellen. Öffnen Sie den Link, den Sie bekommen haben, oder bitten Sie die Betreiber dieser Website darum.',
    'invitation.not_found':
      'Diese Einladung wurde schon benutzt oder gilt nicht mehr. Bitten Sie um eine neue.',
    'administrator.link_not_found':
      'Dieser Link wurde schon benutzt oder ist abgelaufen. Bitten Sie die Betreiber dieser Website um einen neuen.',
    'recovery.channel_not_available':
      'Diese Website kann keine Codes zusenden. Verwenden Sie einen Ihrer Wiederherstellungscodes.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Von dieser Seite aus ist keine Anmeldung erlaubt.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Zu viele Versuche. Warten Sie eine Minute, und versuchen Sie es dann noch einmal.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Ihr Browser sendet zu viele Cookies. Löschen Sie die dieser Website, und versuchen Sie es dann noch einmal.',
    'auth.unauthorized': 'Sie sind abgemeldet. Melden Sie sich wieder an.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable':
      'Wir erreichen unsere Datenbank gerade nicht. Versuchen Sie es gleich noch einmal.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    'Dieser Passkey ist hier nicht bekannt: Er wurde gelöscht oder gehört zu einer anderen Website. Verwenden Sie einen anderen.',
  noConnection: 'Der Server antwortet nicht. Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.',
  waitSeconds: (seconds) =>
    `Zu viele Versuche. Warten Sie ${counted(seconds, { one: 'eine Sekunde', other: '# Sekunden' })}, und versuchen Sie es dann noch einmal.`,
  waitMinutes: (minutes) =>
    `Zu viele Versuche. Warten Sie ${counted(minutes, { one: 'eine Minute', other: '# Minuten' })}, und versuchen Sie es dann noch einmal.`,
  waitHours: (hours) =>
    `Zu viele Versuche. Warten Sie ${counted(hours, { one: 'eine Stunde', other: '# Stunden' })}, und versuchen Sie es dann noch einmal.`,

  unsupported: {
    'insecure-origin':
      'Passkeys brauchen eine sichere Seite: Öffnen Sie diese über https oder auf localhost.',
    'no-webauthn':
      'Dieser Browser unterstützt keine Passkeys. Aktualisieren Sie ihn, oder verwenden Sie einen anderen.',
  },

  browserProblems: {
    NotAllowedError:
      'Es ist nichts geschehen: Der Vorgang wurde abgebrochen, hat zu lange gedauert, oder dieses Gerät hat keinen Passkey für dieses Konto. Versuchen Sie es noch einmal.',
    notMade:
      'Es wurde kein Passkey erstellt: Der Vorgang wurde abgebrochen, oder hat zu lange gedauert. Versuchen Sie es noch einmal.',
    AbortError: 'Der Vorgang wurde beendet. Versuchen Sie es noch einmal.',
    InvalidStateError:
      'Dieses Gerät hat schon einen Passkey für dieses Konto. Melden Sie sich mit ihm an, oder verwenden Sie ein anderes Gerät.',
    NotSupportedError: 'Dieses Gerät kann keinen Passkey der Art erstellen, die hier gebraucht wird.',
    ConstraintError:
      'Dieses Gerät kann nicht prüfen, dass Sie es sind. Richten Sie eine Displaysperre ein, oder verwenden Sie ein anderes Gerät.',
    SecurityError:
      'Unter dieser Adresse gelten die Passkeys von hier nicht. Prüfen Sie die Adresse der Seite.',
  },
});

export default german;

export const provider: ProviderTexts = {
  errorTitle: 'Das hat nicht geklappt',
  errorHow:
    'Die Anfrage der Anwendung konnte nicht beantwortet werden. Gehen Sie zur Anwendung zurück und beginnen Sie noch einmal. Wenn das nicht hilft, nennen Sie ihrem Support, was unten steht.',
  errorId: 'Für den Support:',
  signOutTitle: 'Abmelden?',
  signOutHow:
    'Sie werden hier abgemeldet, und in den Anwendungen, in denen Sie sich mit diesem Browser angemeldet haben.',
  signOut: 'Abmelden',
  staySignedIn: 'Angemeldet bleiben',
  signedOutTitle: 'Sie sind abgemeldet',
  signedOutHow: 'Sie können diese Seite schließen.',
  deviceTitle: 'Ein Gerät verbinden',
  deviceHow: 'Geben Sie den Code ein, den Ihr Gerät anzeigt.',
  deviceWrong:
    'Dieser Code ist nicht bekannt oder zu alt. Sehen Sie auf Ihr Gerät und versuchen Sie es noch einmal.',
  deviceCode: 'Code',
  continueOn: 'Weiter',
  deviceConfirmTitle: 'Auf einem Gerät bei {name} anmelden?',
  deviceConfirmHow:
    'Nur wenn Ihr Gerät diesen Code anzeigt und vor Ihnen steht. Wer das Gerät hat, ist dann als Sie angemeldet.',
  allow: 'Erlauben',
  refuse: 'Ablehnen',
  deviceDoneTitle: 'Ihr Gerät ist angemeldet',
  deviceDoneHow: '{name} macht von selbst weiter. Sie können diese Seite schließen.',
  terms: 'Nutzungsbedingungen',
  privacy: 'Datenschutz',
};

export const messages: MessageTexts = {
  codeSubject: 'Ihr Code für {name}',
  codeHow: 'Geben Sie diesen Code auf {site} ein. Er gilt einmal, 10 Minuten lang.',
  codeNotYou:
    'Sie haben keinen Code verlangt? Dann beachten Sie diese Nachricht nicht, und geben Sie den Code niemandem.',
  invitationSubject: 'Sie sind zu {name} eingeladen',
  invitationHow: 'Sie können auf {site} ein Konto erstellen. Dieser Link lässt Sie einmal ein:',
  noticeNotYou: 'Waren das nicht Sie? Dann sehen Sie sofort in Ihr Konto:',
  'passkey-added': 'Zu Ihrem Konto wurde ein Passkey hinzugefügt.',
  'passkey-deleted': 'Ein Passkey Ihres Kontos wurde gelöscht.',
  'recovery-codes-created': 'Ihr Konto hat neue Wiederherstellungscodes. Frühere gelten nicht mehr.',
  'recovery-link-created':
    'Die Betreiber dieser Website haben einen Link erstellt, der Sie wieder in Ihr Konto bringt.',
  'account-recovered': 'Jemand ist mit einem Code statt einem Passkey in Ihr Konto gelangt.',
  'addresses-changed': 'Die Adressen Ihres Kontos wurden geändert.',
  'account-claimed':
    'Jemand hat eine Adresse Ihres Kontos bestätigt: Wer darin war, ist abgemeldet, und Passkeys und Codes sind gelöscht.',
  'passkey-maybe-copied':
    'Ein Passkey Ihres Kontos wurde vielleicht kopiert. Löschen Sie ihn, und erstellen Sie einen neuen.',
  'sessions-ended': 'Ihr Konto wurde auf anderen Geräten abgemeldet.',
  'account-suspended': 'Ihr Konto wurde gesperrt.',
  'account-restored': 'Ihr Konto ist nicht mehr gesperrt.',
  'account-deleted': 'Ihr Konto wurde gelöscht.',
};
