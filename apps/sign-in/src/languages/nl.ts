import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Er ging bij ons iets mis. Probeer het zo meteen opnieuw.';
const TOO_LATE = 'Dat duurde te lang. Begin opnieuw.';
const OUR_MISTAKE = 'Deze pagina heeft iets verkeerds verstuurd. Laad haar opnieuw en probeer het nog eens.';
const NO_IDENTIFIER = 'Dat lijkt geen gebruikersnaam, e-mailadres of telefoonnummer met landcode te zijn.';
const wait = (time: string) => `Te veel pogingen. Wacht ${time} en probeer het dan opnieuw.`;

const dutch = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Taal',
    signIn: 'Inloggen',
    signInHow: 'Met je vingerafdruk, gezicht of schermvergrendeling. Zonder wachtwoord.',
    identifier: 'Gebruikersnaam, e-mail of telefoon',
    continue: 'Doorgaan',
    continueHow: 'Wordt uw toegangssleutel niet vanzelf aangeboden? Zeg dan eerst wie u bent.',
    or: 'of',
    signInWithPasskey: 'Inloggen met een toegangssleutel',
    newHere: 'Nieuw hier?',
    createAccount: 'Account maken',
    lostPasskeys: 'Toegangssleutels kwijt?',

    createAccountHow:
      'Je apparaat maakt een toegangssleutel voor je en bewaart die veilig. Je hoeft niets te onthouden.',
    createPasskey: 'Toegangssleutel maken',
    haveAccount: 'Heb je een account?',

    recover: 'Toegang herstellen',
    recoverHow:
      'Met een code in plaats van een toegangssleutel. Daarna maak je op dit apparaat een nieuwe toegangssleutel.',
    recoveryLinkHow:
      'Met deze link kom je één keer binnen. Daarna maak je op dit apparaat een nieuwe toegangssleutel.',
    recoveryCode: 'Herstelcode',
    recoveryCodeHint: 'Een van de codes die je hebt bewaard. Elke code werkt één keer.',
    sendCode: 'Stuur me een code',
    sentCode: 'Code die je hebt ontvangen',
    sentCodeHint: 'De code is 10 minuten geldig.',
    sendAnotherCode: 'Nog een code sturen',
    backToSignIn: 'Terug naar inloggen',

    consentHow: 'Je kunt dit op je accountpagina altijd intrekken.',
    allow: 'Toestaan',
    refuse: 'Weigeren',

    account: 'Je account',
    signOut: 'Uitloggen',
    administration: 'Beheer',
    nextSteps: 'Nooit buitengesloten',
    nextStepsHow: 'Bewaar herstelcodes en voeg de toegangssleutel van een tweede apparaat toe.',
    offer: 'Maak een toegangssleutel op dit apparaat',
    declineOffer: 'Niet nu',
    passkeys: 'Toegangssleutels',
    passkeysHint:
      'Met elke sleutel kun je inloggen. Voeg er een toe voor elk apparaat dat er nog geen heeft.',
    addPasskey: 'Toegangssleutel toevoegen',
    recoveryCodes: 'Herstelcodes',
    createRecoveryCodes: 'Herstelcodes maken',
    applications: 'Gekoppelde apps',
    applicationsHint: 'Ze kennen je via dit account.',
    sessions: 'Waar je bent ingelogd',
    sessionsHint: 'Log uit wat je niet herkent en verwijder de toegangssleutel waarmee is ingelogd.',
    endOtherSessions: 'Overal elders uitloggen',

    renamePasskey: 'Naam van deze toegangssleutel wijzigen',
    name: 'Naam',
    save: 'Opslaan',
    cancel: 'Annuleren',

    replaceCodes: 'Nieuwe herstelcodes maken?',
    replaceCodesMeans: 'De codes die je nu hebt, werken dan niet meer.',
    createNewCodes: 'Nieuwe codes maken',
    keepCodes: 'Oude codes houden',

    yourRecoveryCodes: 'Je herstelcodes',
    yourRecoveryCodesHint:
      'Bewaar ze waar je ze zonder dit apparaat kunt vinden. Met elke code kom je één keer binnen. Ze worden niet nog eens getoond en eerdere codes werken niet meer.',
    copy: 'Kopiëren',
    download: 'Downloaden',
    print: 'Afdrukken',
    codesSaved: 'Ik heb ze bewaard',

    deletePasskey: 'Deze toegangssleutel verwijderen?',
    deletePasskeyMeans:
      'Je kunt er hier niet meer mee inloggen. Misschien zie je hem nog op je apparaat, totdat je hem daar ook verwijdert.',
    delete: 'Verwijderen',
    keepPasskey: 'Houden',

    notFound: 'Deze pagina bestaat niet',
    notFoundHow: 'Controleer het adres of ga verder naar je account.',

    remove: 'Verwijderen',
    events: 'Wat er is gebeurd',
    eventsHint: 'Inlogpogingen, weigeringen en wijzigingen van dit account, de nieuwste eerst.',
    showEvents: 'Tonen wat er is gebeurd',
    showEarlierEvents: 'Eerdere tonen',
    deletion: 'Het einde van het account',
    deletionHint: 'Niemand kan een verwijderd account terughalen.',
    deleteAccount: 'Account verwijderen',
    deleteAccountSure: 'Je account verwijderen?',
    deleteAccountMeans:
      'Je namen en adressen, toegangssleutels, herstelcodes, sessies en wat apps hebben gekregen, worden voorgoed verwijderd. Bevestig het met een toegangssleutel.',
    keepAccount: 'Account houden',
  },

  missing: {
    countryCode: 'Begin een telefoonnummer met + en de landcode.',
    identifier: NO_IDENTIFIER,
    recoveryCode: 'Typ een van je herstelcodes of laat je een code sturen.',
    sentCode: 'Typ de code die je hebt ontvangen.',
    newIdentifier: 'Typ eerst iets nieuws.',
  },

  authorization: {
    continueTo: (name) => `om verder te gaan naar ${name}`,
    terms: 'Voorwaarden',
    privacy: 'Privacy',
    mayIt: (name) => `Mag ${name} weten wie je bent?`,
    scopes: {
      openid: 'Je herkennen als je terugkomt',
      profile: 'Je naam zien',
      email: 'Je e-mailadres zien',
      phone: 'Je telefoonnummer zien',
      groups: 'Zien in welke groepen je zit',
      offline_access: 'Toegang houden terwijl je weg bent',
    },
    otherScope: (scope) => `‘${scope}’ gebruiken`,
  },

  news: {
    confirmSignIn:
      'Uw browser vraagt om uw toegangssleutel. Staat die op uw telefoon? Kies daar een ander apparaat en scan de code met de telefoon.',
    confirmCreation:
      'Uw browser maakt de toegangssleutel: bevestig met vingerafdruk, gezicht of schermvergrendeling.',
    signingIn: 'Je wordt ingelogd…',
    stepUp: 'Bevestig met een van je toegangssleutels dat jij het bent…',
    codeSent: 'Als dit account een e-mailadres of telefoonnummer heeft, is er een code naar onderweg.',
    savedCodeToo: 'Dat klopt. Deze site vraagt ook om een van je bewaarde herstelcodes.',
    otherAccount: (name) => `In deze browser is nu ${name} ingelogd. Deze pagina heeft niets gewijzigd.`,
    passkeyReady: 'Je nieuwe toegangssleutel is klaar.',
    passkeyReadyToName: 'Je nieuwe toegangssleutel is klaar. Geef hem een naam waaraan je hem herkent.',
    passkeyMade: 'Er is een toegangssleutel voor je gemaakt. Log er de volgende keer mee in.',
    renamed: (name) => `De naam is nu ${name}.`,
    deleted: (name) => `${name} is verwijderd.`,
    sessionEnded: (name) => `${name} is uitgelogd.`,
    otherSessionsEnded: 'Je bent overal elders uitgelogd.',
    disconnected: (name) => `${name} is ontkoppeld.`,
    copied: 'Gekopieerd.',
    notCopied: 'Je browser staat kopiëren hier niet toe. Download ze of druk ze af.',
    accountChanged: 'Opgeslagen.',
    addressCodeSent: (address) =>
      `Er is een code onderweg naar ${address}. Er verandert niets tot je die hier typt.`,
    accountDeleted:
      'Je account is verwijderd. Misschien zie je de toegangssleutels nog op je apparaten, tot je ze ook daar verwijdert.',
  },

  identifiers: { username: 'Gebruikersnaam', email: 'E-mail', phone: 'Telefoon' },
  proved: (address) => `${address} (bevestigd)`,
  notProved: (address) => `${address} (nog niet bevestigd)`,

  identifierChange: {
    none: 'Nog geen',
    change: { button: 'Wijzigen', accessibleName: (name) => `Wijzigen: ${name}` },
    add: { button: 'Toevoegen', accessibleName: (name) => `Toevoegen: ${name}` },
    labels: {
      username: 'Nieuwe gebruikersnaam',
      email: 'Nieuw e-mailadres',
      phone: 'Nieuw telefoonnummer, met landcode',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Die gebruikersnaam is bezet. Kies een andere.',
    'user.email_already_in_use': 'Een ander account heeft dat e-mailadres.',
    'user.phone_already_in_use': 'Een ander account heeft dat telefoonnummer.',
    'recovery.channel_not_available': 'Deze site kan daar geen code naartoe sturen.',
  },

  events: {
    changed: (members) => `Gewijzigd: ${members}`,
    otherMember: 'andere gegevens',
    byOthers: 'Door de beheerders van deze site',
    unknown: 'Iets anders',
    types: {
      'authentication.succeeded': 'Een toegangssleutel is gebruikt',
      'authentication.failed': 'Een toegangssleutel is geweigerd',
      'step-up.succeeded': 'Bevestigd met een toegangssleutel',
      'step-up.failed': 'Een bevestiging is geweigerd',
      'registration.succeeded': 'Een nieuwe toegangssleutel is gemaakt',
      'registration.failed': 'Een nieuwe toegangssleutel is geweigerd',
      'identification.failed': 'Inloggen kon niet worden afgerond',
      'user.registered': 'Account gemaakt',
      'user.created': 'Account gemaakt',
      'user.changed': 'Account gewijzigd',
      'user.suspended': 'Account geblokkeerd',
      'user.restored': 'Blokkering opgeheven',
      'user.signed-in': 'Ingelogd',
      'user.signed-out': 'Uitgelogd',
      'session.ended': 'Elders uitgelogd',
      'passkey.added': 'Toegangssleutel toegevoegd',
      'passkey.imported': 'Toegangssleutel overgenomen uit een ander systeem',
      'passkey.renamed': 'Toegangssleutel hernoemd',
      'passkey.deleted': 'Toegangssleutel verwijderd',
      'passkey.clone-suspected': 'Een toegangssleutel is misschien gekopieerd',
      'limit.reached': 'Te veel pogingen',
      'administrator.added': 'Je bent beheerder geworden',
      'administrator.removed': 'Je bent geen beheerder meer',
      'recovery-codes.created': 'Nieuwe herstelcodes',
      'user.address-proved': 'Adres bevestigd',
      'user.claimed': 'Account gegeven aan wie het adres heeft bevestigd',
      'recovery.requested': 'Er is om een herstelcode gevraagd',
      'recovery-link.created': 'Er is een herstellink gemaakt',
      'recovery.succeeded': 'Toegang hersteld met een code',
      'recovery.failed': 'Een herstelcode is geweigerd',
      'address.requested': 'Er is een code naar een nieuw adres gestuurd',
      'address.succeeded': 'Nieuw adres bevestigd',
      'address.failed': 'Een code voor een nieuw adres is geweigerd',
      'token.issued': 'Een app heeft toegang gekregen',
      'token.refused': 'Een app is toegang geweigerd',
      'token.revoked': 'De toegang van een app is beëindigd',
      'authorization.refused': 'Een verzoek van een app is geweigerd',
      'group.members-changed': 'Groepen gewijzigd',
    },
  },

  offer: {
    recovered:
      'Je bent binnengekomen met een code. Maak nu een nieuwe toegangssleutel, dan heb je de volgende keer geen code nodig. Sleutels die je kwijt bent, kun je verwijderen.',
    elsewhere:
      'Je hebt ingelogd met een toegangssleutel van een ander apparaat. Met een eigen sleutel logt dit apparaat je meteen in.',
  },

  passkey: {
    inUse: 'U bent er nu mee ingelogd.',
    unnamed: 'Toegangssleutel',
    onOneDevice: 'Blijft op één apparaat: raakt daarmee verloren',
    synced: 'Gesynchroniseerd: werkt ook op je andere apparaten en heeft een back-up',
    notYetSynced: 'Kan worden gesynchroniseerd, maar heeft nog geen back-up',
    keptBy: (provider, what) => `Bewaard door ${provider}. ${what}`,
    notUsedYet: (created) => `Gemaakt ${created}, nog niet gebruikt`,
    lastUsed: (created, used) => `Gemaakt ${created}, laatst gebruikt ${used}`,
    needsUsername: 'Heeft je gebruikersnaam nodig: typ die eerst als je met deze sleutel inlogt.',
    maybeCopied: (noticed) =>
      `Hij is misschien gekopieerd: twee apparaten lijken hem te gebruiken (opgemerkt ${noticed}). Verwijder hem en maak een nieuwe.`,
    only: 'Dit is je enige toegangssleutel: zonder deze kun je niet inloggen. Voeg eerst een andere toe.',
    rename: { button: 'Naam wijzigen', accessibleName: (name) => `Naam wijzigen: ${name}` },
    upgrade: { button: 'Vernieuwen', accessibleName: (name) => `Vernieuwen: ${name}` },
    delete: { button: 'Verwijderen', accessibleName: (name) => `Verwijderen: ${name}` },
  },

  signInTo: (name) => `Inloggen bij ${name}`,
  onDate: (date) => `op ${date}`,

  sessions: {
    unknownBrowser: 'Een browser',
    here: 'Deze browser',
    lastSeen: (seen, since) => `Laatst gebruikt ${seen}, ingelogd ${since}`,
    from: (network) => `Vanaf het netwerk ${network}`,
    withPasskey: (name) => `Met de toegangssleutel ${name}`,
    withCode: 'Met een code',
    end: { button: 'Uitloggen', accessibleName: (name) => `${name} uitloggen` },
  },

  applications: {
    lastUsed: (last, first) => `Laatst gebruikt ${last}, eerst ${first}`,
    disconnect: {
      button: 'Ontkoppelen',
      accessibleName: (name) => `${name} ontkoppelen`,
      sure: (name) => `${name} ontkoppelen? De app kent je dan niet meer totdat je er weer inlogt.`,
    },
  },

  codes: {
    none: 'Je hebt er geen. Met een code kom je ook binnen als je al je toegangssleutels kwijt bent.',
    unused: (count) =>
      counted(count, { one: 'Je hebt # ongebruikte code.', other: 'Je hebt # ongebruikte codes.' }),
    unusedSince: (count, made) =>
      counted(count, {
        one: `Je hebt # ongebruikte code, gemaakt ${made}.`,
        other: `Je hebt # ongebruikte codes, gemaakt ${made}.`,
      }),
    few: 'Maak nieuwe voordat ze op zijn.',
    title: (site, account) => `Herstelcodes voor ${site}, ${account}`,
    each: 'Elke code werkt één keer.',
    fileName: 'herstelcodes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'Er is geen account met die naam. Controleer de spelling of maak een account.',
    'session.mfa.webauthn_verification_not_found':
      'Dit account heeft hier nog geen toegangssleutel en kan er dus niet mee inloggen.',
    'session.mfa.webauthn_verification_failed':
      'Die toegangssleutel is niet geaccepteerd. Probeer het opnieuw of gebruik een andere.',
    'session.mfa.pending_info_not_found': 'Dat duurde te lang of is te vaak geprobeerd. Begin opnieuw.',
    'session.mfa.invalid_recovery_code':
      'Die naam en die code horen niet bij elkaar, of de code is al gebruikt. Controleer beide of gebruik een andere code.',
    'verification_code.code_mismatch': 'Dat is niet de code die is verstuurd. Alleen de nieuwste werkt.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'In deze browser is nu een ander account ingelogd. Er is niets gewijzigd.',
    'session.identity_conflict':
      'Die toegangssleutel hoort bij een ander account. Kies er een van dit account of log in met de knop voor toegangssleutels.',
    'session.mfa.webauthn_credential_already_in_use':
      'Die toegangssleutel is al geregistreerd. Log ermee in.',
    'session.verification_required':
      'Je bent al een tijdje geleden ingelogd. Log uit, log weer in en doe dit dan.',
    'session.passkey_required': 'Gebruik hiervoor een van je toegangssleutels.',
    'user.address_proof_required':
      'Bewijs eerst dat u daar bereikbaar bent, met een code die u wordt toegestuurd.',
    'recovery.second_code_required':
      'Deze site vraagt om twee codes: een die je hebt bewaard en een die je wordt gestuurd.',
    'application.not_found': 'Die app is niet meer gekoppeld. Laad de pagina opnieuw.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'Er wacht hier geen app op je. Begin opnieuw vanuit de app.',
    'session.not_found': 'Die browser is al uitgelogd. Laad de pagina opnieuw.',
    'user.username_already_in_use': 'Die gebruikersnaam is bezet. Kies een andere of log in.',
    'user.username_not_allowed':
      'Die gebruikersnaam kan niet worden gebruikt: hij lijkt op een andere naam of een adres, of heeft niet de vorm die deze site vraagt. Kies een andere.',
    'user.email_already_in_use': 'Er is al een account met dat e-mailadres. Log daarmee in.',
    'user.phone_already_in_use': 'Er is al een account met dat telefoonnummer. Log daarmee in.',
    'user.identifier_already_in_use': 'Een ander account heeft dat al. Gebruik iets anders of log in.',
    'user.suspended': 'Dit account is geblokkeerd. Vraag het de beheerders van deze site.',
    'user.too_many_passkeys':
      'Dit account heeft het maximale aantal toegangssleutels. Verwijder er een die je niet meer gebruikt.',
    'user.last_passkey': 'Dit is je enige toegangssleutel. Voeg een andere toe voordat je hem verwijdert.',
    'passkey.not_found': 'Die toegangssleutel bestaat niet meer. Laad de pagina opnieuw.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'Die link is al gebruikt of verlopen. Vraag de beheerders van deze site om een nieuwe.',
    'sign_up.closed': 'Niemand kan hier een account maken. Vraag er een aan de beheerders van deze site.',
    'sign_up.invitation_required':
      'Een account maken kan hier alleen met een uitnodiging. Open de link die je hebt gekregen, of vraag er een aan de beheerders van deze site.',
    'invitation.not_found':
      'Die uitnodiging is al gebruikt of geldt niet meer. Vraag een nieuwe aan wie je heeft uitgenodigd.',
    'administrator.link_not_found':
      'Die link is al gebruikt of verlopen. Vraag de beheerders van deze site om een nieuwe.',
    'recovery.channel_not_available': 'Deze site kan geen codes sturen. Gebruik een van je herstelcodes.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Vanaf deze pagina mag hier niet worden ingelogd.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Te veel pogingen. Wacht een minuut en probeer het dan opnieuw.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Je browser stuurt te veel cookies. Verwijder die van deze site en probeer het dan opnieuw.',
    'auth.unauthorized': 'Je bent uitgelogd. Log opnieuw in.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': 'We kunnen onze database nu niet bereiken. Probeer het zo meteen opnieuw.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    'Die toegangssleutel is hier niet bekend: hij is verwijderd of hoort bij een andere site. Gebruik een andere.',
  noConnection: 'De server antwoordt niet. Controleer je verbinding en probeer het dan opnieuw.',
  waitSeconds: (seconds) => wait(counted(seconds, { one: '# seconde', other: '# seconden' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: '# minuut', other: '# minuten' })),
  waitHours: (hours) => wait(counted(hours, { one: '# uur', other: '# uur' })),

  unsupported: {
    'insecure-origin': 'Toegangssleutels vereisen een veilige pagina: open deze via https of op localhost.',
    'no-webauthn': 'Deze browser ondersteunt geen toegangssleutels. Werk hem bij of gebruik een andere.',
  },

  browserProblems: {
    notMade: 'Er is geen toegangssleutel gemaakt: het is geannuleerd of duurde te lang. Probeer het opnieuw.',
    NotAllowedError:
      'Er is niets gebeurd: het is geannuleerd, het duurde te lang, of dit apparaat heeft geen toegangssleutel voor dit account. Probeer het opnieuw.',
    AbortError: 'Het is gestopt. Probeer het opnieuw.',
    InvalidStateError:
      'Dit apparaat heeft al een toegangssleutel voor dit account. Log ermee in of gebruik een ander apparaat.',
    NotSupportedError: 'Dit apparaat kan geen toegangssleutel maken van het soort dat hier nodig is.',
    ConstraintError:
      'Dit apparaat kan niet controleren dat jij het bent. Stel een schermvergrendeling in of gebruik een ander apparaat.',
    SecurityError:
      'De toegangssleutels van hier zijn niet voor dit adres gemaakt. Controleer het adres van de pagina.',
  },
});

export default dutch;

export const provider: ProviderTexts = {
  errorTitle: 'Dat is niet gelukt',
  errorHow:
    'Het verzoek van de app kon niet worden beantwoord. Ga terug naar de app en begin opnieuw. Helpt dat niet, geef de ondersteuning van de app dan door wat hieronder staat.',
  errorId: 'Voor de ondersteuning:',
  signOutTitle: 'Uitloggen?',
  signOutHow: 'Je wordt hier uitgelogd, en uit de apps waarop je vanuit deze browser bent ingelogd.',
  signOut: 'Uitloggen',
  staySignedIn: 'Ingelogd blijven',
  signedOutTitle: 'Je bent uitgelogd',
  signedOutHow: 'Je kunt deze pagina sluiten.',
  deviceTitle: 'Een apparaat koppelen',
  deviceHow: 'Voer de code in die je apparaat toont.',
  deviceWrong: 'Die code is niet bekend of te oud. Kijk op je apparaat en probeer het opnieuw.',
  deviceCode: 'Code',
  continueOn: 'Doorgaan',
  deviceConfirmTitle: 'Op een apparaat inloggen bij {name}?',
  deviceConfirmHow:
    'Alleen als je apparaat deze code toont en het voor je staat. Wie het apparaat heeft, is dan als jou ingelogd.',
  allow: 'Toestaan',
  refuse: 'Weigeren',
  deviceDoneTitle: 'Je apparaat is ingelogd',
  deviceDoneHow: '{name} gaat vanzelf verder. Je kunt deze pagina sluiten.',
  terms: 'Voorwaarden',
  privacy: 'Privacy',
};

export const messages: MessageTexts = {
  codeSubject: 'Je code voor {name}',
  codeHow: 'Typ deze code op {site}. Hij werkt één keer, 10 minuten lang.',
  codeNotYou: 'Heb je er niet om gevraagd? Negeer dan dit bericht, en geef de code aan niemand.',
  invitationSubject: 'Je bent uitgenodigd voor {name}',
  invitationHow: 'Je kunt een account maken op {site}. Deze link werkt één keer:',
  noticeNotYou: 'Was jij dit niet? Bekijk dan meteen je account:',
  'passkey-added': 'Er is een toegangssleutel aan je account toegevoegd.',
  'passkey-deleted': 'Er is een toegangssleutel van je account verwijderd.',
  'recovery-codes-created': 'Je account heeft nieuwe herstelcodes. Eerdere werken niet meer.',
  'recovery-link-created':
    'De beheerders van deze site hebben een link gemaakt waarmee je weer in je account komt.',
  'account-recovered': 'Iemand is met een code in plaats van een toegangssleutel in je account gekomen.',
  'addresses-changed': 'De adressen van je account zijn gewijzigd.',
  'account-claimed':
    'Iemand heeft een adres van je account bevestigd: wie erin zat is uitgelogd, en de toegangssleutels en codes zijn weg.',
  'passkey-maybe-copied':
    'Een toegangssleutel van je account is misschien gekopieerd. Verwijder die en maak een nieuwe.',
  'sessions-ended': 'Je account is op andere apparaten uitgelogd.',
  'account-suspended': 'Je account is geblokkeerd.',
  'account-restored': 'Je account is niet meer geblokkeerd.',
  'account-deleted': 'Je account is verwijderd.',
};
