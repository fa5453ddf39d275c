import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Coś poszło nie tak po naszej stronie. Spróbuj ponownie za chwilę.';
const TOO_LATE = 'Trwało to zbyt długo. Zacznij od nowa.';
const OUR_MISTAKE = 'Ta strona wysłała coś niepoprawnego. Odśwież ją i spróbuj ponownie.';
const NO_IDENTIFIER =
  'To nie wygląda na nazwę użytkownika, adres e-mail ani numer telefonu z numerem kierunkowym kraju.';
const wait = (time: string) => `Zbyt wiele prób. Odczekaj ${time} i spróbuj ponownie.`;

const polish = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Język',
    signIn: 'Zaloguj się',
    signInHow: 'Odciskiem palca, twarzą lub blokadą ekranu. Bez hasła.',
    identifier: 'Nazwa użytkownika, e-mail lub telefon',
    continue: 'Dalej',
    continueHow: 'Jeśli klucz dostępu nie pojawia się sam: najpierw podaj, kim jesteś.',
    or: 'lub',
    signInWithPasskey: 'Zaloguj się kluczem dostępu',
    newHere: 'Pierwszy raz tutaj?',
    createAccount: 'Utwórz konto',
    lostPasskeys: 'Nie masz już kluczy dostępu?',
    createAccountHow:
      'Urządzenie utworzy klucz dostępu i bezpiecznie go przechowa. Nie trzeba niczego pamiętać.',
    createPasskey: 'Utwórz klucz dostępu',
    haveAccount: 'Masz konto?',
    recover: 'Odzyskaj dostęp',
    recoverHow: 'Kodem zamiast klucza dostępu. Potem utworzysz nowy klucz dostępu na tym urządzeniu.',
    recoveryLinkHow: 'Ten link wpuszcza Cię jeden raz. Potem utworzysz nowy klucz dostępu na tym urządzeniu.',
    recoveryCode: 'Kod odzyskiwania',
    recoveryCodeHint: 'Jeden z zapisanych kodów. Każdy działa raz.',
    sendCode: 'Wyślij mi kod',
    sentCode: 'Otrzymany kod',
    sentCodeHint: 'Jest ważny przez 10 minut.',
    sendAnotherCode: 'Wyślij inny kod',
    backToSignIn: 'Wróć do logowania',
    consentHow: 'Możesz to cofnąć w każdej chwili na stronie swojego konta.',
    allow: 'Zezwól',
    refuse: 'Odmów',
    account: 'Twoje konto',
    signOut: 'Wyloguj się',
    administration: 'Administracja',
    nextSteps: 'Nie trać dostępu',
    nextStepsHow: 'Zapisz kody odzyskiwania i dodaj klucz dostępu drugiego urządzenia.',
    offer: 'Utwórz klucz dostępu na tym urządzeniu',
    declineOffer: 'Nie teraz',
    passkeys: 'Klucze dostępu',
    passkeysHint: 'Każdym możesz się zalogować. Dodaj klucz dla każdego urządzenia, które go jeszcze nie ma.',
    addPasskey: 'Dodaj klucz dostępu',
    recoveryCodes: 'Kody odzyskiwania',
    createRecoveryCodes: 'Utwórz kody odzyskiwania',
    applications: 'Połączone aplikacje',
    applicationsHint: 'Znają Cię dzięki temu kontu.',
    sessions: 'Gdzie trwa logowanie',
    sessionsHint: 'Wyloguj to, czego nie rozpoznajesz, i usuń użyty do tego klucz dostępu.',
    endOtherSessions: 'Wyloguj wszędzie indziej',
    renamePasskey: 'Zmień nazwę tego klucza dostępu',
    name: 'Nazwa',
    save: 'Zapisz',
    cancel: 'Anuluj',
    replaceCodes: 'Utworzyć nowe kody odzyskiwania?',
    replaceCodesMeans: 'Obecne kody przestaną działać.',
    createNewCodes: 'Utwórz nowe kody',
    keepCodes: 'Zachowaj obecne',
    yourRecoveryCodes: 'Twoje kody odzyskiwania',
    yourRecoveryCodesHint:
      'Przechowuj je tam, gdzie znajdziesz je bez tego urządzenia. Każdym zalogujesz się raz. Nie zostaną ponownie pokazane, a wcześniejsze już nie działają.',
    copy: 'Kopiuj',
    download: 'Pobierz',
    print: 'Drukuj',
    codesSaved: 'Kody są zapisane',
    deletePasskey: 'Usunąć ten klucz dostępu?',
    deletePasskeyMeans:
      'Nie zalogujesz się nim już tutaj. Może być nadal widoczny na urządzeniu, dopóki go tam nie usuniesz.',
    delete: 'Usuń',
    keepPasskey: 'Zachowaj',
    notFound: 'Nie ma takiej strony',
    notFoundHow: 'Sprawdź adres lub przejdź do swojego konta.',

    remove: 'Usuń',
    events: 'Co się wydarzyło',
    eventsHint: 'Logowania, odmowy i zmiany tego konta, od najnowszych.',
    showEvents: 'Pokaż, co się wydarzyło',
    showEarlierEvents: 'Pokaż wcześniejsze',
    deletion: 'Koniec konta',
    deletionHint: 'Usuniętego konta nikt nie może przywrócić.',
    deleteAccount: 'Usuń konto',
    deleteAccountSure: 'Usunąć konto?',
    deleteAccountMeans:
      'Nazwy i adresy, klucze dostępu, kody odzyskiwania, sesje i dostęp aplikacji zostaną usunięte na zawsze. Potwierdź to kluczem dostępu.',
    keepAccount: 'Zachowaj konto',
  },

  missing: {
    identifier: NO_IDENTIFIER,
    countryCode: 'Numer telefonu zacznij od + i numeru kierunkowego kraju.',
    recoveryCode: 'Wpisz jeden z kodów odzyskiwania lub poproś o wysłanie kodu.',
    sentCode: 'Wpisz otrzymany kod.',
    newIdentifier: 'Najpierw wpisz nową wartość.',
  },

  authorization: {
    continueTo: (name) => `aby przejść do ${name}`,
    terms: 'Warunki',
    privacy: 'Prywatność',
    mayIt: (name) => `Czy ${name} może wiedzieć, kim jesteś?`,
    scopes: {
      openid: 'Rozpoznawać Cię przy kolejnych wizytach',
      profile: 'Widzieć Twoje imię i nazwisko',
      email: 'Widzieć Twój adres e-mail',
      phone: 'Widzieć Twój numer telefonu',
      groups: 'Widzieć, do jakich grup należysz',
      offline_access: 'Zachować dostęp podczas Twojej nieobecności',
    },
    otherScope: (scope) => `Używać „${scope}”`,
  },

  news: {
    confirmSignIn:
      'Przeglądarka prosi o klucz dostępu. Jest w telefonie? Wybierz tam inne urządzenie i zeskanuj kod telefonem.',
    confirmCreation:
      'Przeglądarka tworzy klucz dostępu: potwierdź odciskiem palca, twarzą lub blokadą ekranu.',
    signingIn: 'Trwa logowanie…',
    stepUp: 'Potwierdź swoją tożsamość kluczem dostępu…',
    codeSent: 'Jeśli to konto ma adres e-mail lub numer telefonu, kod jest już w drodze.',
    savedCodeToo: 'Zgadza się. Ta witryna wymaga też jednego z zapisanych kodów odzyskiwania.',
    otherAccount: (name) =>
      `W tej przeglądarce jest teraz zalogowane konto ${name}. Ta strona niczego nie zmieniła.`,
    passkeyReady: 'Nowy klucz dostępu jest gotowy.',
    passkeyReadyToName: 'Nowy klucz dostępu jest gotowy. Nadaj mu nazwę, po której go rozpoznasz.',
    passkeyMade: 'Utworzono klucz dostępu. Następnym razem zaloguj się nim.',
    renamed: (name) => `Nowa nazwa: ${name}.`,
    deleted: (name) => `Usunięto: ${name}.`,
    sessionEnded: (name) => `Wylogowano: ${name}.`,
    otherSessionsEnded: 'Wylogowano wszędzie indziej.',
    disconnected: (name) => `Odłączono: ${name}.`,
    copied: 'Skopiowano.',
    notCopied: 'Przeglądarka nie pozwala tu kopiować. Pobierz lub wydrukuj kody.',
    accountChanged: 'Zapisano.',
    addressCodeSent: (address) =>
      `Kod jest w drodze na ${address}. Nic się nie zmieni, dopóki go tu nie wpiszesz.`,
    accountDeleted:
      'Konto zostało usunięte. Jego klucze dostępu mogą być jeszcze widoczne na urządzeniach, dopóki i tam ich nie usuniesz.',
  },

  identifiers: { username: 'Nazwa użytkownika', email: 'E-mail', phone: 'Telefon' },
  proved: (address) => `${address} (potwierdzony)`,
  notProved: (address) => `${address} (jeszcze niepotwierdzony)`,

  identifierChange: {
    none: 'Jeszcze brak',
    change: { button: 'Zmień', accessibleName: (name) => `Zmień: ${name}` },
    add: { button: 'Dodaj', accessibleName: (name) => `Dodaj: ${name}` },
    labels: {
      username: 'Nowa nazwa użytkownika',
      email: 'Nowy adres e-mail',
      phone: 'Nowy numer telefonu, z kodem kraju',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Ta nazwa użytkownika jest zajęta. Wybierz inną.',
    'user.email_already_in_use': 'Inne konto ma ten adres e-mail.',
    'user.phone_already_in_use': 'Inne konto ma ten numer telefonu.',
    'recovery.channel_not_available': 'Ta witryna nie może tam wysłać kodu.',
  },

  events: {
    changed: (members) => `Zmieniono: ${members}`,
    otherMember: 'inne dane',
    byOthers: 'Przez operatorów tej witryny',
    unknown: 'Coś innego',
    types: {
      'authentication.succeeded': 'Użyto klucza dostępu',
      'authentication.failed': 'Odrzucono klucz dostępu',
      'step-up.succeeded': 'Potwierdzono kluczem dostępu',
      'step-up.failed': 'Odrzucono potwierdzenie',
      'registration.succeeded': 'Utworzono nowy klucz dostępu',
      'registration.failed': 'Odrzucono nowy klucz dostępu',
      'identification.failed': 'Logowanie nie zostało ukończone',
      'user.registered': 'Utworzono konto',
      'user.created': 'Utworzono konto',
      'user.changed': 'Zmieniono konto',
      'user.suspended': 'Zawieszono konto',
      'user.restored': 'Cofnięto zawieszenie',
      'user.signed-in': 'Zalogowano',
      'user.signed-out': 'Wylogowano',
      'session.ended': 'Wylogowano gdzie indziej',
      'passkey.added': 'Dodano klucz dostępu',
      'passkey.imported': 'Przeniesiono klucz dostępu z innego systemu',
      'passkey.renamed': 'Zmieniono nazwę klucza dostępu',
      'passkey.deleted': 'Usunięto klucz dostępu',
      'passkey.clone-suspected': 'Klucz dostępu mógł zostać skopiowany',
      'limit.reached': 'Zbyt wiele prób',
      'administrator.added': 'Otrzymano rolę administratora',
      'administrator.removed': 'Odebrano rolę administratora',
      'recovery-codes.created': 'Nowe kody odzyskiwania',
      'user.address-proved': 'Potwierdzono adres',
      'user.claimed': 'Konto przekazano temu, kto potwierdził jego adres',
      'recovery.requested': 'Poproszono o kod odzyskiwania',
      'recovery-link.created': 'Utworzono link do odzyskania dostępu',
      'recovery.succeeded': 'Odzyskano dostęp kodem',
      'recovery.failed': 'Odrzucono kod odzyskiwania',
      'address.requested': 'Wysłano kod na nowy adres',
      'address.succeeded': 'Potwierdzono nowy adres',
      'address.failed': 'Odrzucono kod dla nowego adresu',
      'token.issued': 'Aplikacja otrzymała dostęp',
      'token.refused': 'Aplikacji odmówiono dostępu',
      'token.revoked': 'Dostęp aplikacji zakończył się',
      'authorization.refused': 'Odrzucono żądanie aplikacji',
      'group.members-changed': 'Zmieniono grupy',
    },
  },

  offer: {
    recovered:
      'Zalogowano kodem. Utwórz teraz nowy klucz dostępu, a następnym razem kod nie będzie potrzebny. Utracone klucze możesz usunąć.',
    elsewhere:
      'Zalogowano kluczem dostępu z innego urządzenia. Z własnym kluczem to urządzenie zaloguje Cię od razu.',
  },

  passkey: {
    inUse: 'Korzystasz z niego teraz.',
    unnamed: 'Klucz dostępu',
    onOneDevice: 'Tylko na jednym urządzeniu: przepada razem z nim',
    synced: 'Synchronizowany: działa też na innych Twoich urządzeniach i ma kopię zapasową',
    notYetSynced: 'Można go synchronizować, ale nie ma jeszcze kopii zapasowej',
    keptBy: (provider, what) => `Przechowuje: ${provider}. ${what}`,
    notUsedYet: (created) => `Utworzony ${created}, jeszcze nieużywany`,
    lastUsed: (created, used) => `Utworzony ${created}, ostatnio użyty ${used}`,
    needsUsername: 'Wymaga nazwy użytkownika: logując się nim, najpierw ją wpisz.',
    maybeCopied: (noticed) =>
      `Mógł zostać skopiowany: wygląda na to, że używają go dwa urządzenia (zauważono ${noticed}). Usuń go i utwórz nowy.`,
    only: 'To Twój jedyny klucz dostępu: bez niego nie można się zalogować. Najpierw dodaj inny.',
    rename: { button: 'Zmień nazwę', accessibleName: (name) => `Zmień nazwę: ${name}` },
    upgrade: { button: 'Ulepsz', accessibleName: (name) => `Ulepsz: ${name}` },
    delete: { button: 'Usuń', accessibleName: (name) => `Usuń: ${name}` },
  },

  signInTo: (name) => `Zaloguj się do ${name}`,
  onDate: (date) => date,

  sessions: {
    unknownBrowser: 'Przeglądarka',
    here: 'Ta przeglądarka',
    lastSeen: (seen, since) => `Ostatnie użycie ${seen}, logowanie ${since}`,
    from: (network) => `Z sieci ${network}`,
    withPasskey: (name) => `Kluczem dostępu ${name}`,
    withCode: 'Kodem',
    end: { button: 'Wyloguj', accessibleName: (name) => `Wyloguj: ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `Ostatnie użycie ${last}, pierwsze ${first}`,
    disconnect: {
      button: 'Odłącz',
      accessibleName: (name) => `Odłącz: ${name}`,
      sure: (name) => `Odłączyć ${name}? Aplikacja nie będzie Cię znać do następnego logowania.`,
    },
  },

  codes: {
    none: 'Nie masz kodów. Kodem zalogujesz się nawet po utracie wszystkich kluczy dostępu.',
    unused: (count) =>
      counted(count, {
        one: 'Masz # nieużyty kod.',
        few: 'Masz # nieużyte kody.',
        many: 'Masz # nieużytych kodów.',
        other: 'Masz # nieużytego kodu.',
      }),
    unusedSince: (count, made) =>
      counted(count, {
        one: `Masz # nieużyty kod, utworzony ${made}.`,
        few: `Masz # nieużyte kody, utworzone ${made}.`,
        many: `Masz # nieużytych kodów, utworzonych ${made}.`,
        other: `Masz # nieużytego kodu, utworzonego ${made}.`,
      }),
    few: 'Utwórz nowe, zanim się skończą.',
    title: (site, account) => `Kody odzyskiwania: ${site}, ${account}`,
    each: 'Każdy działa raz.',
    fileName: 'kody-odzyskiwania.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'Nie ma konta o tej nazwie. Sprawdź pisownię lub utwórz konto.',
    'session.mfa.webauthn_verification_not_found':
      'To konto nie ma tu jeszcze klucza dostępu, więc nie można się nim zalogować.',
    'session.mfa.webauthn_verification_failed':
      'Ten klucz dostępu nie został przyjęty. Spróbuj ponownie lub użyj innego.',
    'session.mfa.pending_info_not_found': 'Trwało to zbyt długo lub było zbyt wiele prób. Zacznij od nowa.',
    'session.mfa.invalid_recovery_code':
      'Nazwa i kod nie pasują do siebie lub kod został już użyty. Sprawdź oba lub użyj innego kodu.',
    'verification_code.code_mismatch': 'To nie jest wysłany kod. Działa tylko najnowszy.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'W tej przeglądarce jest teraz zalogowane inne konto. Nic nie zmieniono.',
    'session.identity_conflict':
      'Ten klucz dostępu należy do innego konta. Wybierz klucz tego konta lub zaloguj się przyciskiem klucza dostępu.',
    'session.mfa.webauthn_credential_already_in_use':
      'Ten klucz dostępu jest już zarejestrowany. Zaloguj się nim.',
    'session.verification_required':
      'Od logowania minęło trochę czasu. Wyloguj się, zaloguj ponownie i wtedy to zrób.',
    'session.passkey_required': 'Użyj do tego jednego ze swoich kluczy dostępu.',
    'recovery.second_code_required': 'Ta witryna wymaga dwóch kodów: zapisanego i wysłanego do Ciebie.',
    'application.not_found': 'Ta aplikacja nie jest już połączona. Odśwież stronę.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'Żadna aplikacja tu na Ciebie nie czeka. Zacznij od nowa w aplikacji.',
    'session.not_found': 'Ta przeglądarka jest już wylogowana. Odśwież stronę.',
    'user.username_already_in_use': 'Ta nazwa użytkownika jest zajęta. Wybierz inną lub zaloguj się.',
    'user.username_not_allowed':
      'Tej nazwy użytkownika nie można użyć: przypomina inną nazwę lub adres albo nie ma wymaganej tu postaci. Wybierz inną.',
    'user.email_already_in_use': 'Istnieje już konto z tym adresem e-mail. Zaloguj się.',
    'user.phone_already_in_use': 'Istnieje już konto z tym numerem telefonu. Zaloguj się.',
    'user.identifier_already_in_use': 'Inne konto już to ma. Użyj czegoś innego lub zaloguj się.',
    'user.address_proof_required': 'Najpierw potwierdź ten adres kodem, który zostanie do Ciebie wysłany.',
    'user.suspended': 'To konto jest zawieszone. Skontaktuj się z prowadzącymi tę witrynę.',
    'user.too_many_passkeys': 'To konto ma już maksymalną liczbę kluczy dostępu. Usuń nieużywany.',
    'user.last_passkey': 'To Twój jedyny klucz dostępu. Przed usunięciem dodaj inny.',
    'passkey.not_found': 'Tego klucza dostępu już nie ma. Odśwież stronę.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'Ten link został już użyty lub wygasł. Poproś osoby prowadzące tę witrynę o nowy.',
    'sign_up.closed': 'Nikt nie może tu założyć konta. Poproś o nie osoby prowadzące tę witrynę.',
    'sign_up.invitation_required':
      'Konto można tu założyć tylko z zaproszeniem. Otwórz otrzymany link albo poproś o niego osoby prowadzące tę witrynę.',
    'invitation.not_found':
      'To zaproszenie zostało już użyte lub straciło ważność. Poproś o nowe osobę, która je wysłała.',
    'administrator.link_not_found':
      'Ten link został już użyty lub wygasł. Poproś osoby prowadzące tę witrynę o nowy.',
    'recovery.channel_not_available': 'Ta witryna nie może wysyłać kodów. Użyj kodu odzyskiwania.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Z tej strony nie można się tu zalogować.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Zbyt wiele prób. Odczekaj minutę i spróbuj ponownie.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Przeglądarka wysyła zbyt wiele plików cookie. Usuń pliki tej witryny i spróbuj ponownie.',
    'auth.unauthorized': 'Nastąpiło wylogowanie. Zaloguj się ponownie.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': 'Nasza baza danych jest teraz niedostępna. Spróbuj ponownie za chwilę.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    'Ten klucz dostępu nie jest tu znany: usunięto go lub należy do innej witryny. Użyj innego.',
  noConnection: 'Serwer nie odpowiada. Sprawdź połączenie i spróbuj ponownie.',
  waitSeconds: (seconds) =>
    wait(counted(seconds, { one: '# sekundę', few: '# sekundy', many: '# sekund', other: '# sekundy' })),
  waitMinutes: (minutes) =>
    wait(counted(minutes, { one: '# minutę', few: '# minuty', many: '# minut', other: '# minuty' })),
  waitHours: (hours) =>
    wait(counted(hours, { one: '# godzinę', few: '# godziny', many: '# godzin', other: '# godziny' })),

  unsupported: {
    'insecure-origin': 'Klucze dostępu wymagają bezpiecznej strony: otwórz ją przez https lub na localhost.',
    'no-webauthn': 'Ta przeglądarka nie obsługuje kluczy dostępu. Zaktualizuj ją lub użyj innej.',
  },

  browserProblems: {
    NotAllowedError:
      'Nic się nie stało: anulowano, trwało to zbyt długo lub to urządzenie nie ma klucza dostępu do tego konta. Spróbuj ponownie.',
    notMade: 'Nie utworzono klucza dostępu: anulowano lub trwało to zbyt długo. Spróbuj ponownie.',
    AbortError: 'Przerwano. Spróbuj ponownie.',
    InvalidStateError:
      'To urządzenie ma już klucz dostępu do tego konta. Zaloguj się nim lub użyj innego urządzenia.',
    NotSupportedError: 'To urządzenie nie może utworzyć potrzebnego tu rodzaju klucza dostępu.',
    ConstraintError:
      'To urządzenie nie może potwierdzić Twojej tożsamości. Ustaw blokadę ekranu lub użyj innego urządzenia.',
    SecurityError: 'Tutejsze klucze dostępu nie są dla tego adresu. Sprawdź adres strony.',
  },
});

export default polish;

export const provider: ProviderTexts = {
  errorTitle: 'Nie udało się',
  errorHow:
    'Nie można było odpowiedzieć na żądanie aplikacji. Wróć do aplikacji i zacznij od nowa. Jeśli to nie pomoże, przekaż jej pomocy technicznej poniższe dane.',
  errorId: 'Dla pomocy technicznej:',
  signOutTitle: 'Wylogować się?',
  signOutHow: 'Nastąpi wylogowanie tutaj i z aplikacji, do których logowano się w tej przeglądarce.',
  signOut: 'Wyloguj się',
  staySignedIn: 'Pozostań',
  signedOutTitle: 'Wylogowano',
  signedOutHow: 'Możesz zamknąć tę stronę.',
  deviceTitle: 'Połącz urządzenie',
  deviceHow: 'Wpisz kod widoczny na urządzeniu.',
  deviceWrong: 'Ten kod jest nieznany lub za stary. Spójrz na urządzenie i spróbuj ponownie.',
  deviceCode: 'Kod',
  continueOn: 'Dalej',
  deviceConfirmTitle: 'Zalogować się do {name} na urządzeniu?',
  deviceConfirmHow:
    'Tylko jeśli urządzenie pokazuje ten kod i masz je przed sobą. Kto ma urządzenie, będzie zalogowany jako Ty.',
  allow: 'Zezwól',
  refuse: 'Odmów',
  deviceDoneTitle: 'Urządzenie jest zalogowane',
  deviceDoneHow: '{name} kontynuuje samodzielnie. Możesz zamknąć tę stronę.',
  terms: 'Warunki',
  privacy: 'Prywatność',
};

export const messages: MessageTexts = {
  codeSubject: 'Twój kod do {name}',
  codeHow: 'Wpisz ten kod na stronie {site}. Działa jeden raz, przez 10 minut.',
  codeNotYou: 'To nie Twoja prośba? Zignoruj tę wiadomość i nie podawaj nikomu kodu.',
  invitationSubject: 'Masz zaproszenie do {name}',
  invitationHow: 'Możesz założyć konto na {site}. Ten link działa jeden raz:',
  noticeNotYou: 'To nie Ty? Od razu sprawdź swoje konto:',
  'passkey-added': 'Do Twojego konta dodano klucz dostępu.',
  'passkey-deleted': 'Usunięto klucz dostępu Twojego konta.',
  'recovery-codes-created': 'Twoje konto ma nowe kody odzyskiwania. Wcześniejsze już nie działają.',
  'recovery-link-created': 'Operatorzy tej witryny utworzyli link, który przywraca Ci dostęp do konta.',
  'account-recovered': 'Ktoś dostał się do Twojego konta kodem zamiast kluczem dostępu.',
  'addresses-changed': 'Adresy Twojego konta zostały zmienione.',
  'account-claimed':
    'Ktoś potwierdził adres Twojego konta: kto w nim był, został wylogowany, a klucze dostępu i kody usunięto.',
  'passkey-maybe-copied': 'Klucz dostępu Twojego konta mógł zostać skopiowany. Usuń go i utwórz nowy.',
  'sessions-ended': 'Twoje konto wylogowano na innych urządzeniach.',
  'account-suspended': 'Twoje konto zostało zawieszone.',
  'account-restored': 'Twoje konto nie jest już zawieszone.',
  'account-deleted': 'Twoje konto zostało usunięte.',
};
