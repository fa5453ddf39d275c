import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Qualcosa è andato storto da parte nostra. Riprova tra un momento.';
const TOO_LATE = 'È passato troppo tempo. Ricomincia.';
const OUR_MISTAKE = 'Questa pagina ha inviato qualcosa di errato. Ricaricala e riprova.';
const NO_IDENTIFIER =
  'Non sembra un nome utente, un indirizzo email o un numero di telefono con il prefisso internazionale.';
const wait = (time: string) => `Troppi tentativi. Attendi ${time}, poi riprova.`;

const italian = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Lingua',
    signIn: 'Accedi',
    signInHow: 'Con l’impronta, il volto o il blocco schermo. Senza password.',
    identifier: 'Nome utente, email o telefono',
    continue: 'Continua',
    continueHow: 'Se la tua passkey non viene proposta: di’ prima chi sei.',
    or: 'oppure',
    signInWithPasskey: 'Accedi con una passkey',
    newHere: 'È la prima volta?',
    createAccount: 'Crea un account',
    lostPasskeys: 'Hai perso le tue passkey?',

    createAccountHow:
      'Il tuo dispositivo crea una passkey per te e la custodisce al sicuro. Non c’è nulla da ricordare.',
    createPasskey: 'Crea una passkey',
    haveAccount: 'Hai già un account?',

    recover: 'Recupera l’accesso',
    recoverHow: 'Con un codice invece di una passkey. Poi crei una nuova passkey su questo dispositivo.',
    recoveryLinkHow: 'Questo link ti fa entrare una volta. Poi crei una nuova passkey su questo dispositivo.',
    recoveryCode: 'Codice di recupero',
    recoveryCodeHint: 'Uno di quelli che hai salvato. Ognuno vale una volta.',
    sendCode: 'Inviami un codice',
    sentCode: 'Codice che hai ricevuto',
    sentCodeHint: 'Vale per 10 minuti.',
    sendAnotherCode: 'Invia un altro codice',
    backToSignIn: 'Torna all’accesso',

    consentHow: 'Puoi ripensarci in qualsiasi momento, nella pagina del tuo account.',
    allow: 'Consenti',
    refuse: 'Rifiuta',

    account: 'Il tuo account',
    signOut: 'Esci',
    administration: 'Amministrazione',
    nextSteps: 'Non restare mai chiuso fuori',
    nextStepsHow: 'Salva dei codici di recupero e aggiungi la passkey di un secondo dispositivo.',
    offer: 'Crea una passkey su questo dispositivo',
    declineOffer: 'Non ora',
    passkeys: 'Passkey',
    passkeysHint: 'Con ognuna puoi accedere. Aggiungine una per ogni dispositivo che non ne ha ancora.',
    addPasskey: 'Aggiungi una passkey',
    recoveryCodes: 'Codici di recupero',
    createRecoveryCodes: 'Crea codici di recupero',
    applications: 'Applicazioni collegate',
    applicationsHint: 'Ti conoscono tramite questo account.',
    sessions: 'Dove hai eseguito l’accesso',
    sessionsHint: 'Disconnetti ciò che non riconosci ed elimina la passkey con cui è entrato.',
    endOtherSessions: 'Esci da tutti gli altri luoghi',

    renamePasskey: 'Rinomina questa passkey',
    name: 'Nome',
    save: 'Salva',
    cancel: 'Annulla',

    replaceCodes: 'Creare nuovi codici di recupero?',
    replaceCodesMeans: 'I codici che hai ora non funzioneranno più.',
    createNewCodes: 'Crea nuovi codici',
    keepCodes: 'Mantieni i vecchi',

    yourRecoveryCodes: 'I tuoi codici di recupero',
    yourRecoveryCodesHint:
      'Conservali dove puoi trovarli senza questo dispositivo. Con ognuno entri una volta. Non verranno più mostrati e quelli precedenti non funzionano più.',
    copy: 'Copia',
    download: 'Scarica',
    print: 'Stampa',
    codesSaved: 'Li ho salvati',

    deletePasskey: 'Eliminare questa passkey?',
    deletePasskeyMeans:
      'Non potrai più usarla per accedere qui. Potresti vederla ancora sul tuo dispositivo, finché non la rimuovi anche lì.',
    delete: 'Elimina',
    keepPasskey: 'Mantieni',

    notFound: 'Questa pagina non esiste',
    notFoundHow: 'Controlla l’indirizzo oppure vai al tuo account.',

    remove: 'Rimuovi',
    events: 'Che cosa è successo',
    eventsHint: 'Accessi, rifiuti e modifiche di questo account, dal più recente.',
    showEvents: 'Mostra che cosa è successo',
    showEarlierEvents: 'Mostra precedenti',
    deletion: 'La fine dell’account',
    deletionHint: 'Nessuno può recuperare un account eliminato.',
    deleteAccount: 'Elimina l’account',
    deleteAccountSure: 'Eliminare il tuo account?',
    deleteAccountMeans:
      'I tuoi nomi e indirizzi, le passkey, i codici di recupero, gli accessi e quanto concesso alle applicazioni vengono eliminati per sempre. Conferma con una passkey.',
    keepAccount: 'Mantieni l’account',
  },

  missing: {
    countryCode: 'Inizia il numero di telefono con + e il prefisso del paese.',
    identifier: NO_IDENTIFIER,
    recoveryCode: 'Inserisci uno dei tuoi codici di recupero oppure fatti inviare un codice.',
    sentCode: 'Inserisci il codice che hai ricevuto.',
    newIdentifier: 'Inserisci prima il nuovo valore.',
  },

  authorization: {
    continueTo: (name) => `per continuare su ${name}`,
    terms: 'Termini',
    privacy: 'Privacy',
    mayIt: (name) => `${name} può sapere chi sei?`,
    scopes: {
      openid: 'Riconoscerti quando ritorni',
      profile: 'Vedere il tuo nome',
      email: 'Vedere il tuo indirizzo email',
      phone: 'Vedere il tuo numero di telefono',
      groups: 'Vedere di quali gruppi fai parte',
      offline_access: 'Mantenere l’accesso mentre non ci sei',
    },
    otherScope: (scope) => `Usare «${scope}»`,
  },

  news: {
    confirmSignIn:
      'Il browser chiede la tua passkey. È sul telefono? Scegli lì un altro dispositivo e scansiona il codice con il telefono.',
    confirmCreation: 'Il browser crea la passkey: conferma con impronta, volto o blocco schermo.',
    signingIn: 'Accesso in corso…',
    stepUp: 'Conferma che sei tu con una delle tue passkey…',
    codeSent: 'Se questo account ha un indirizzo email o un numero di telefono, un codice è in arrivo.',
    savedCodeToo: 'Esatto. Questo sito chiede anche uno dei tuoi codici di recupero salvati.',
    otherAccount: (name) =>
      `In questo browser ora ha eseguito l’accesso ${name}. Questa pagina non ha modificato nulla.`,
    passkeyReady: 'La tua nuova passkey è pronta.',
    passkeyReadyToName: 'La tua nuova passkey è pronta. Dalle un nome con cui riconoscerla.',
    passkeyMade: 'È stata creata una passkey per te. La prossima volta accedi con quella.',
    renamed: (name) => `Il nuovo nome è ${name}.`,
    deleted: (name) => `${name} è stata eliminata.`,
    sessionEnded: (name) => `${name} è stato disconnesso.`,
    otherSessionsEnded: 'Sei uscito da tutti gli altri luoghi.',
    disconnected: (name) => `${name} è stata scollegata.`,
    copied: 'Copiati.',
    notCopied: 'Il tuo browser non consente di copiare qui. Scaricali o stampali.',
    accountChanged: 'Salvato.',
    addressCodeSent: (address) =>
      `Un codice è in arrivo a ${address}. Nulla cambia finché non lo inserisci qui.`,
    accountDeleted:
      'Il tuo account è eliminato. Potresti vedere ancora le sue passkey sui tuoi dispositivi, finché non le rimuovi anche lì.',
  },

  identifiers: { username: 'Nome utente', email: 'Email', phone: 'Telefono' },
  proved: (address) => `${address} (verificato)`,
  notProved: (address) => `${address} (non ancora verificato)`,

  identifierChange: {
    none: 'Ancora nessuno',
    change: { button: 'Modifica', accessibleName: (name) => `Modifica: ${name}` },
    add: { button: 'Aggiungi', accessibleName: (name) => `Aggiungi: ${name}` },
    labels: {
      username: 'Nuovo nome utente',
      email: 'Nuovo indirizzo email',
      phone: 'Nuovo numero di telefono, con il prefisso internazionale',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Questo nome utente è già in uso. Scegline un altro.',
    'user.email_already_in_use': 'Un altro account ha questo indirizzo email.',
    'user.phone_already_in_use': 'Un altro account ha questo numero di telefono.',
    'recovery.channel_not_available': 'Questo sito non può inviare un codice lì.',
  },

  events: {
    changed: (members) => `Modificato: ${members}`,
    otherMember: 'altri dati',
    byOthers: 'Da chi gestisce questo sito',
    unknown: 'Altro',
    types: {
      'authentication.succeeded': 'È stata usata una passkey',
      'authentication.failed': 'È stata rifiutata una passkey',
      'step-up.succeeded': 'Confermato con una passkey',
      'step-up.failed': 'È stata rifiutata una conferma',
      'registration.succeeded': 'È stata creata una nuova passkey',
      'registration.failed': 'È stata rifiutata una nuova passkey',
      'identification.failed': 'Un accesso non è stato completato',
      'user.registered': 'Account creato',
      'user.created': 'Account creato',
      'user.changed': 'Account modificato',
      'user.suspended': 'Account sospeso',
      'user.restored': 'Sospensione terminata',
      'user.signed-in': 'Accesso eseguito',
      'user.signed-out': 'Uscita',
      'session.ended': 'Uscita altrove',
      'passkey.added': 'Passkey aggiunta',
      'passkey.imported': 'Passkey portata da un altro sistema',
      'passkey.renamed': 'Passkey rinominata',
      'passkey.deleted': 'Passkey eliminata',
      'passkey.clone-suspected': 'Una passkey potrebbe essere stata copiata',
      'limit.reached': 'Troppi tentativi',
      'administrator.added': 'Ora hai il ruolo di amministratore',
      'administrator.removed': 'Non hai più il ruolo di amministratore',
      'recovery-codes.created': 'Nuovi codici di recupero',
      'user.address-proved': 'Indirizzo verificato',
      'user.claimed': 'Account dato a chi ha verificato il suo indirizzo',
      'recovery.requested': 'È stato chiesto un codice di recupero',
      'recovery-link.created': 'È stato creato un link di recupero',
      'recovery.succeeded': 'Accesso recuperato con un codice',
      'recovery.failed': 'È stato rifiutato un codice di recupero',
      'address.requested': 'Un codice è stato inviato a un nuovo indirizzo',
      'address.succeeded': 'Nuovo indirizzo verificato',
      'address.failed': 'È stato rifiutato un codice per un nuovo indirizzo',
      'token.issued': 'Un’applicazione ha ricevuto l’accesso',
      'token.refused': 'A un’applicazione è stato negato l’accesso',
      'token.revoked': 'L’accesso di un’applicazione è terminato',
      'authorization.refused': 'La richiesta di un’applicazione è stata rifiutata',
      'group.members-changed': 'Gruppi modificati',
    },
  },

  offer: {
    recovered:
      'Sei entrato con un codice. Crea ora una nuova passkey e la prossima volta non ti servirà alcun codice. Puoi eliminare quelle che hai perso.',
    elsewhere:
      'Hai eseguito l’accesso con la passkey di un altro dispositivo. Con una propria, questo dispositivo ti farà accedere subito.',
  },

  passkey: {
    inUse: 'È quella di questo accesso.',
    unnamed: 'Passkey',
    onOneDevice: 'Resta su un solo dispositivo: si perde con esso',
    synced: 'Sincronizzata: funziona anche sugli altri tuoi dispositivi e ha un backup',
    notYetSynced: 'Può essere sincronizzata, ma non ha ancora un backup',
    keptBy: (provider, what) => `Conservata in ${provider}. ${what}`,
    notUsedYet: (created) => `Creata ${created}, non ancora usata`,
    lastUsed: (created, used) => `Creata ${created}, ultimo uso ${used}`,
    needsUsername: 'Richiede il tuo nome utente: inseriscilo prima, quando accedi con questa.',
    maybeCopied: (noticed) =>
      `Potrebbe essere stata copiata: sembra che la usino due dispositivi (rilevato ${noticed}). Eliminala e creane una nuova.`,
    only: 'È la tua unica passkey: senza non potresti accedere. Prima aggiungine un’altra.',
    rename: { button: 'Rinomina', accessibleName: (name) => `Rinomina ${name}` },
    upgrade: { button: 'Aggiorna', accessibleName: (name) => `Aggiorna ${name}` },
    delete: { button: 'Elimina', accessibleName: (name) => `Elimina ${name}` },
  },

  signInTo: (name) => `Accedi a ${name}`,
  onDate: (date) => `il ${date}`,

  sessions: {
    unknownBrowser: 'Un browser',
    here: 'Questo browser',
    lastSeen: (seen, since) => `Ultimo uso ${seen}, accesso eseguito ${since}`,
    from: (network) => `Dalla rete ${network}`,
    withPasskey: (name) => `Con la passkey ${name}`,
    withCode: 'Con un codice',
    end: { button: 'Disconnetti', accessibleName: (name) => `Disconnetti ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `Ultimo uso ${last}, primo ${first}`,
    disconnect: {
      button: 'Scollega',
      accessibleName: (name) => `Scollega ${name}`,
      sure: (name) => `Scollegare ${name}? Non ti conoscerà più finché non accedi di nuovo da lì.`,
    },
  },

  codes: {
    none: 'Non ne hai. Con un codice entri anche se perdi tutte le tue passkey.',
    unused: (count) => counted(count, { one: 'Hai # codice non usato.', other: 'Hai # codici non usati.' }),
    unusedSince: (count, made) =>
      counted(count, {
        one: `Hai # codice non usato, creato ${made}.`,
        other: `Hai # codici non usati, creati ${made}.`,
      }),
    few: 'Creane di nuovi prima di restarne senza.',
    title: (site, account) => `Codici di recupero per ${site}, ${account}`,
    each: 'Ognuno vale una volta.',
    fileName: 'codici-di-recupero.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'Non esiste un account con quel nome. Controlla come è scritto o crea un account.',
    'session.mfa.webauthn_verification_not_found':
      'Questo account non ha ancora una passkey qui, quindi non può usarne una per accedere.',
    'session.mfa.webauthn_verification_failed':
      'Quella passkey non è stata accettata. Riprova o usane un’altra.',
    'session.mfa.pending_info_not_found':
      'È passato troppo tempo, o ci sono stati troppi tentativi. Ricomincia.',
    'session.mfa.invalid_recovery_code':
      'Quel nome e quel codice non corrispondono, o il codice è già stato usato. Controlla entrambi o usa un altro codice.',
    'verification_code.code_mismatch': 'Non è il codice inviato. Vale solo il più recente.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch':
      'In questo browser ora ha eseguito l’accesso un altro account. Non è cambiato nulla.',
    'session.identity_conflict':
      'Quella passkey appartiene a un altro account. Scegline una di questo account o accedi con il pulsante delle passkey.',
    'session.mfa.webauthn_credential_already_in_use': 'Quella passkey è già registrata. Usala per accedere.',
    'session.verification_required': 'Hai eseguito l’accesso da un po’. Esci, accedi di nuovo e poi riprova.',
    'session.passkey_required': 'Per farlo usa una delle tue passkey.',
    'user.address_proof_required':
      'Dimostra prima di essere raggiungibile lì, con un codice che ti viene inviato.',
    'recovery.second_code_required':
      'Questo sito chiede due codici: uno che hai salvato e uno che ti viene inviato.',
    'application.not_found': 'Quell’applicazione non è più collegata. Ricarica la pagina.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'Qui nessuna applicazione ti aspetta. Ricomincia dall’applicazione.',
    'session.not_found': 'Quel browser è già disconnesso. Ricarica la pagina.',
    'user.username_already_in_use': 'Quel nome utente è già in uso. Scegline un altro o accedi.',
    'user.username_not_allowed':
      'Quel nome utente non si può usare: somiglia a un altro nome o a un indirizzo, o non ha la forma richiesta da questo sito. Scegline un altro.',
    'user.email_already_in_use': 'Esiste già un account con quell’indirizzo email. Accedi.',
    'user.phone_already_in_use': 'Esiste già un account con quel numero di telefono. Accedi.',
    'user.identifier_already_in_use': 'Un altro account lo ha già. Usane un altro o accedi.',
    'user.suspended': 'Questo account è sospeso. Rivolgiti a chi gestisce questo sito.',
    'user.too_many_passkeys':
      'Questo account ha già tutte le passkey consentite. Eliminane una che non usi più.',
    'user.last_passkey': 'È la tua unica passkey. Aggiungine un’altra prima di eliminarla.',
    'passkey.not_found': 'Quella passkey non esiste più. Ricarica la pagina.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'Quel link è già stato usato o è scaduto. Chiedine uno nuovo a chi gestisce questo sito.',
    'sign_up.closed': 'Qui nessuno può creare un account. Chiedilo a chi gestisce questo sito.',
    'sign_up.invitation_required':
      'Qui si può creare un account solo con un invito. Apri il link che hai ricevuto o chiedine uno a chi gestisce questo sito.',
    'invitation.not_found':
      'Quell’invito è già stato usato o non vale più. Chiedine uno nuovo a chi ti ha invitato.',
    'administrator.link_not_found':
      'Quel link è già stato usato o è scaduto. Chiedine uno nuovo a chi gestisce questo sito.',
    'recovery.channel_not_available':
      'Questo sito non può inviare codici. Usa uno dei tuoi codici di recupero.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Questa pagina non è autorizzata ad accedere qui.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Troppi tentativi. Attendi un minuto, poi riprova.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Il tuo browser invia troppi cookie. Elimina quelli di questo sito, poi riprova.',
    'auth.unauthorized': 'Sei uscito. Accedi di nuovo.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable':
      'In questo momento non riusciamo a raggiungere il nostro database. Riprova tra un momento.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    'Quella passkey qui non è conosciuta: è stata eliminata o è di un altro sito. Usane un’altra.',
  noConnection: 'Il server non risponde. Controlla la connessione, poi riprova.',
  waitSeconds: (seconds) => wait(counted(seconds, { one: '# secondo', other: '# secondi' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: '# minuto', other: '# minuti' })),
  waitHours: (hours) => wait(counted(hours, { one: '# ora', other: '# ore' })),

  unsupported: {
    'insecure-origin': 'Le passkey richiedono una pagina sicura: apri questa tramite https o su localhost.',
    'no-webauthn': 'Questo browser non supporta le passkey. Aggiornalo o usane un altro.',
  },

  browserProblems: {
    notMade: 'Non è stata creata nessuna passkey: operazione annullata o troppo lunga. Riprova.',
    NotAllowedError:
      'Non è successo nulla: è stato annullato, è passato troppo tempo, o questo dispositivo non ha una passkey per questo account. Riprova.',
    AbortError: 'È stato interrotto. Riprova.',
    InvalidStateError:
      'Questo dispositivo ha già una passkey per questo account. Usala per accedere o usa un altro dispositivo.',
    NotSupportedError: 'Questo dispositivo non può creare una passkey del tipo richiesto qui.',
    ConstraintError:
      'Questo dispositivo non può verificare che sei tu. Imposta un blocco schermo o usa un altro dispositivo.',
    SecurityError:
      'Le passkey di qui non sono fatte per questo indirizzo. Controlla l’indirizzo della pagina.',
  },
});

export default italian;

export const provider: ProviderTexts = {
  errorTitle: 'Non ha funzionato',
  errorHow:
    'Non è stato possibile rispondere alla richiesta dell’applicazione. Torna all’applicazione e ricomincia. Se non basta, comunica alla sua assistenza quanto riportato sotto.',
  errorId: 'Per l’assistenza:',
  signOutTitle: 'Vuoi uscire?',
  signOutHow: 'Uscirai da qui e dalle applicazioni a cui hai eseguito l’accesso da questo browser.',
  signOut: 'Esci',
  staySignedIn: 'Resta connesso',
  signedOutTitle: 'Sei uscito',
  signedOutHow: 'Puoi chiudere questa pagina.',
  deviceTitle: 'Collega un dispositivo',
  deviceHow: 'Inserisci il codice mostrato dal tuo dispositivo.',
  deviceWrong: 'Quel codice non è conosciuto o è troppo vecchio. Guarda il tuo dispositivo e riprova.',
  deviceCode: 'Codice',
  continueOn: 'Continua',
  deviceConfirmTitle: 'Accedere a {name} su un dispositivo?',
  deviceConfirmHow:
    'Solo se il tuo dispositivo mostra questo codice e lo hai davanti. Chi ha il dispositivo accederà come te.',
  allow: 'Consenti',
  refuse: 'Rifiuta',
  deviceDoneTitle: 'Il tuo dispositivo ha eseguito l’accesso',
  deviceDoneHow: '{name} prosegue da sé. Puoi chiudere questa pagina.',
  terms: 'Termini',
  privacy: 'Privacy',
};

export const messages: MessageTexts = {
  codeSubject: 'Il tuo codice per {name}',
  codeHow: 'Inserisci questo codice su {site}. Vale una volta, per 10 minuti.',
  codeNotYou: 'Non l’hai chiesto? Ignora questo messaggio e non dare il codice a nessuno.',
  invitationSubject: 'Hai un invito a {name}',
  invitationHow: 'Puoi creare un account su {site}. Questo link vale una volta:',
  noticeNotYou: 'Non sei stato tu? Guarda subito il tuo account:',
  'passkey-added': 'Una passkey è stata aggiunta al tuo account.',
  'passkey-deleted': 'Una passkey del tuo account è stata eliminata.',
  'recovery-codes-created': 'Il tuo account ha nuovi codici di recupero. I precedenti non valgono più.',
  'recovery-link-created': 'Chi gestisce questo sito ha creato un link che ti riporta nel tuo account.',
  'account-recovered': 'Qualcuno è entrato nel tuo account con un codice invece che con una passkey.',
  'addresses-changed': 'Gli indirizzi del tuo account sono stati modificati.',
  'account-claimed':
    'Qualcuno ha verificato un indirizzo del tuo account: chi c’era è stato disconnesso, e passkey e codici sono stati eliminati.',
  'passkey-maybe-copied':
    'Una passkey del tuo account potrebbe essere stata copiata. Eliminala e creane una nuova.',
  'sessions-ended': 'Il tuo account è stato disconnesso su altri dispositivi.',
  'account-suspended': 'Il tuo account è stato sospeso.',
  'account-restored': 'Il tuo account non è più sospeso.',
  'account-deleted': 'Il tuo account è stato eliminato.',
};
