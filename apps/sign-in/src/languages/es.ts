import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Algo ha fallado por nuestra parte. Inténtalo de nuevo en un momento.';
const TOO_LATE = 'Ha tardado demasiado. Empieza de nuevo.';
const OUR_MISTAKE = 'Esta página ha enviado algo incorrecto. Vuelve a cargarla e inténtalo de nuevo.';
const NO_IDENTIFIER =
  'No parece un nombre de usuario, un correo electrónico ni un número de teléfono con su prefijo de país.';
const wait = (time: string) => `Demasiados intentos. Espera ${time} e inténtalo de nuevo.`;

const spanish = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Idioma',
    signIn: 'Iniciar sesión',
    signInHow: 'Con tu huella, tu cara o el bloqueo de pantalla. Sin contraseña.',
    identifier: 'Nombre de usuario, correo o teléfono',
    continue: 'Continuar',
    continueHow: 'Si tu llave de acceso no se ofrece sola: di primero quién eres.',
    or: 'o',
    signInWithPasskey: 'Iniciar sesión con una llave de acceso',
    newHere: '¿Es tu primera vez?',
    createAccount: 'Crear una cuenta',
    lostPasskeys: '¿Has perdido tus llaves de acceso?',

    createAccountHow:
      'Tu dispositivo crea una llave de acceso para ti y la guarda de forma segura. No hay nada que recordar.',
    createPasskey: 'Crear una llave de acceso',
    haveAccount: '¿Ya tienes una cuenta?',

    recover: 'Recuperar el acceso',
    recoverHow:
      'Con un código en lugar de una llave de acceso. Después creas una llave de acceso nueva en este dispositivo.',
    recoveryLinkHow:
      'Este enlace te deja entrar una vez. Después creas una llave de acceso nueva en este dispositivo.',
    recoveryCode: 'Código de recuperación',
    recoveryCodeHint: 'Uno de los que guardaste. Cada uno sirve una sola vez.',
    sendCode: 'Enviarme un código',
    sentCode: 'Código que has recibido',
    sentCodeHint: 'Es válido durante 10 minutos.',
    sendAnotherCode: 'Enviar otro código',
    backToSignIn: 'Volver a iniciar sesión',

    consentHow: 'Puedes retirarlo en cualquier momento, en la página de tu cuenta.',
    allow: 'Permitir',
    refuse: 'Rechazar',

    account: 'Tu cuenta',
    signOut: 'Cerrar sesión',
    administration: 'Administración',
    nextSteps: 'No te quedes nunca fuera',
    nextStepsHow: 'Guarda códigos de recuperación y añade la llave de acceso de un segundo dispositivo.',
    offer: 'Crea una llave de acceso en este dispositivo',
    declineOffer: 'Ahora no',
    passkeys: 'Llaves de acceso',
    passkeysHint:
      'Con cada una puedes iniciar sesión. Añade una por cada dispositivo que todavía no la tenga.',
    addPasskey: 'Añadir una llave de acceso',
    recoveryCodes: 'Códigos de recuperación',
    createRecoveryCodes: 'Crear códigos de recuperación',
    applications: 'Aplicaciones conectadas',
    applicationsHint: 'Te conocen por esta cuenta.',
    sessions: 'Dónde has iniciado sesión',
    sessionsHint:
      'Cierra las sesiones que no reconozcas y elimina la llave de acceso con la que se iniciaron.',
    endOtherSessions: 'Cerrar sesión en los demás sitios',

    renamePasskey: 'Cambiar el nombre de esta llave de acceso',
    name: 'Nombre',
    save: 'Guardar',
    cancel: 'Cancelar',

    replaceCodes: '¿Crear códigos de recuperación nuevos?',
    replaceCodesMeans: 'Los códigos que tienes ahora dejarán de servir.',
    createNewCodes: 'Crear códigos nuevos',
    keepCodes: 'Conservar los anteriores',

    yourRecoveryCodes: 'Tus códigos de recuperación',
    yourRecoveryCodesHint:
      'Guárdalos donde los encuentres sin este dispositivo. Con cada uno entras una vez. No volverán a mostrarse, y los anteriores ya no sirven.',
    copy: 'Copiar',
    download: 'Descargar',
    print: 'Imprimir',
    codesSaved: 'Los he guardado',

    deletePasskey: '¿Eliminar esta llave de acceso?',
    deletePasskeyMeans:
      'Ya no podrás iniciar sesión aquí con ella. Puede que sigas viéndola en tu dispositivo hasta que la elimines también allí.',
    delete: 'Eliminar',
    keepPasskey: 'Conservarla',

    notFound: 'Esta página no existe',
    notFoundHow: 'Comprueba la dirección, o ve a tu cuenta.',

    remove: 'Quitar',
    events: 'Qué ha pasado',
    eventsHint: 'Inicios de sesión, rechazos y cambios de esta cuenta, del más reciente al más antiguo.',
    showEvents: 'Ver qué ha pasado',
    showEarlierEvents: 'Ver anteriores',
    deletion: 'El fin de la cuenta',
    deletionHint: 'Nadie puede recuperar una cuenta eliminada.',
    deleteAccount: 'Eliminar la cuenta',
    deleteAccountSure: '¿Eliminar tu cuenta?',
    deleteAccountMeans:
      'Tus nombres y direcciones, llaves de acceso, códigos de recuperación, sesiones y el acceso de las aplicaciones se eliminan para siempre. Confírmalo con una llave de acceso.',
    keepAccount: 'Conservar la cuenta',
  },

  missing: {
    countryCode: 'Empieza el número de teléfono con + y el prefijo del país.',
    identifier: NO_IDENTIFIER,
    recoveryCode: 'Escribe uno de tus códigos de recuperación, o pide que se te envíe un código.',
    sentCode: 'Escribe el código que has recibido.',
    newIdentifier: 'Escribe primero el nuevo valor.',
  },

  authorization: {
    continueTo: (name) => `para continuar a ${name}`,
    terms: 'Condiciones',
    privacy: 'Privacidad',
    mayIt: (name) => `¿Puede ${name} saber quién eres?`,
    scopes: {
      openid: 'Reconocerte cuando vuelvas',
      profile: 'Ver tu nombre',
      email: 'Ver tu correo electrónico',
      phone: 'Ver tu número de teléfono',
      groups: 'Ver a qué grupos perteneces',
      offline_access: 'Conservar el acceso mientras no estás',
    },
    otherScope: (scope) => `Usar «${scope}»`,
  },

  news: {
    confirmSignIn:
      'El navegador pide tu llave de acceso. ¿Está en tu teléfono? Elige allí otro dispositivo y escanea el código con el teléfono.',
    confirmCreation:
      'El navegador crea la llave de acceso: confirma con tu huella, tu cara o el bloqueo de pantalla.',
    signingIn: 'Iniciando sesión…',
    stepUp: 'Confirma que eres tú con una de tus llaves de acceso…',
    codeSent: 'Si esta cuenta tiene un correo electrónico o un número de teléfono, hay un código en camino.',
    savedCodeToo: 'Correcto. Este sitio pide además uno de tus códigos de recuperación guardados.',
    otherAccount: (name) =>
      `${name} ha iniciado sesión ahora en este navegador. Esta página no ha cambiado nada.`,
    passkeyReady: 'Tu nueva llave de acceso está lista.',
    passkeyReadyToName: 'Tu nueva llave de acceso está lista. Ponle un nombre con el que la reconozcas.',
    passkeyMade: 'Se ha creado una llave de acceso para ti. La próxima vez, inicia sesión con ella.',
    renamed: (name) => `Ahora se llama ${name}.`,
    deleted: (name) => `Se ha eliminado ${name}.`,
    sessionEnded: (name) => `Se ha cerrado la sesión de ${name}.`,
    otherSessionsEnded: 'Se ha cerrado tu sesión en los demás sitios.',
    disconnected: (name) => `Se ha desconectado ${name}.`,
    copied: 'Copiados.',
    notCopied: 'Tu navegador no permite copiar aquí. Descárgalos o imprímelos.',
    accountChanged: 'Guardado.',
    addressCodeSent: (address) =>
      `Hay un código en camino a ${address}. Nada cambia hasta que lo escribas aquí.`,
    accountDeleted:
      'Tu cuenta está eliminada. Quizá sigas viendo sus llaves de acceso en tus dispositivos, hasta que las quites también allí.',
  },

  identifiers: { username: 'Nombre de usuario', email: 'Correo', phone: 'Teléfono' },
  proved: (address) => `${address} (verificado)`,
  notProved: (address) => `${address} (sin verificar)`,

  identifierChange: {
    none: 'Ninguno todavía',
    change: { button: 'Cambiar', accessibleName: (name) => `Cambiar: ${name}` },
    add: { button: 'Añadir', accessibleName: (name) => `Añadir: ${name}` },
    labels: {
      username: 'Nuevo nombre de usuario',
      email: 'Nueva dirección de correo',
      phone: 'Nuevo número de teléfono, con el prefijo del país',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Ese nombre de usuario está ocupado. Elige otro.',
    'user.email_already_in_use': 'Otra cuenta tiene esa dirección de correo.',
    'user.phone_already_in_use': 'Otra cuenta tiene ese número de teléfono.',
    'recovery.channel_not_available': 'Este sitio no puede enviar un código allí.',
  },

  events: {
    changed: (members) => `Cambiado: ${members}`,
    otherMember: 'otros datos',
    byOthers: 'Por los responsables de este sitio',
    unknown: 'Otra cosa',
    types: {
      'authentication.succeeded': 'Se usó una llave de acceso',
      'authentication.failed': 'Se rechazó una llave de acceso',
      'step-up.succeeded': 'Confirmado con una llave de acceso',
      'step-up.failed': 'Se rechazó una confirmación',
      'registration.succeeded': 'Se creó una nueva llave de acceso',
      'registration.failed': 'Se rechazó una nueva llave de acceso',
      'identification.failed': 'Un inicio de sesión no se completó',
      'user.registered': 'Cuenta creada',
      'user.created': 'Cuenta creada',
      'user.changed': 'Cuenta cambiada',
      'user.suspended': 'Cuenta suspendida',
      'user.restored': 'Suspensión levantada',
      'user.signed-in': 'Sesión iniciada',
      'user.signed-out': 'Sesión cerrada',
      'session.ended': 'Sesión cerrada en otro lugar',
      'passkey.added': 'Llave de acceso añadida',
      'passkey.imported': 'Llave de acceso traída de otro sistema',
      'passkey.renamed': 'Llave de acceso renombrada',
      'passkey.deleted': 'Llave de acceso eliminada',
      'passkey.clone-suspected': 'Una llave de acceso pudo haberse copiado',
      'limit.reached': 'Demasiados intentos',
      'administrator.added': 'Ahora tienes el papel de administrador',
      'administrator.removed': 'Ya no tienes el papel de administrador',
      'recovery-codes.created': 'Nuevos códigos de recuperación',
      'user.address-proved': 'Dirección verificada',
      'user.claimed': 'Cuenta entregada a quien verificó su dirección',
      'recovery.requested': 'Se pidió un código de recuperación',
      'recovery-link.created': 'Se creó un enlace de recuperación',
      'recovery.succeeded': 'Acceso recuperado con un código',
      'recovery.failed': 'Se rechazó un código de recuperación',
      'address.requested': 'Se envió un código a una nueva dirección',
      'address.succeeded': 'Nueva dirección verificada',
      'address.failed': 'Se rechazó un código para una nueva dirección',
      'token.issued': 'Una aplicación recibió acceso',
      'token.refused': 'Se denegó el acceso a una aplicación',
      'token.revoked': 'Terminó el acceso de una aplicación',
      'authorization.refused': 'Se rechazó la solicitud de una aplicación',
      'group.members-changed': 'Grupos cambiados',
    },
  },

  offer: {
    recovered:
      'Has entrado con un código. Crea ahora una llave de acceso nueva y la próxima vez no necesitarás ningún código. Puedes eliminar las que hayas perdido.',
    elsewhere:
      'Has iniciado sesión con la llave de acceso de otro dispositivo. Con una propia, este dispositivo te dará acceso al instante.',
  },

  passkey: {
    inUse: 'Es la de esta sesión.',
    unnamed: 'Llave de acceso',
    onOneDevice: 'Está en un solo dispositivo: se pierde con él',
    synced: 'Sincronizada: funciona también en tus otros dispositivos y tiene copia de seguridad',
    notYetSynced: 'Se puede sincronizar, pero aún no tiene copia de seguridad',
    keptBy: (provider, what) => `Guardada en ${provider}. ${what}`,
    notUsedYet: (created) => `Creada ${created}, sin usar todavía`,
    lastUsed: (created, used) => `Creada ${created}, último uso ${used}`,
    needsUsername: 'Necesita tu nombre de usuario: escríbelo primero cuando inicies sesión con esta.',
    maybeCopied: (noticed) =>
      `Puede que la hayan copiado: parece que la usan dos dispositivos (detectado ${noticed}). Elimínala y crea una nueva.`,
    only: 'Es tu única llave de acceso: sin ella no podrías iniciar sesión. Añade otra primero.',
    rename: { button: 'Cambiar nombre', accessibleName: (name) => `Cambiar nombre de ${name}` },
    upgrade: { button: 'Mejorar', accessibleName: (name) => `Mejorar ${name}` },
    delete: { button: 'Eliminar', accessibleName: (name) => `Eliminar ${name}` },
  },

  signInTo: (name) => `Iniciar sesión en ${name}`,
  onDate: (date) => `el ${date}`,

  sessions: {
    unknownBrowser: 'Un navegador',
    here: 'Este navegador',
    lastSeen: (seen, since) => `Último uso ${seen}, sesión iniciada ${since}`,
    from: (network) => `Desde la red ${network}`,
    withPasskey: (name) => `Con la llave de acceso ${name}`,
    withCode: 'Con un código',
    end: { button: 'Cerrar sesión', accessibleName: (name) => `Cerrar sesión de ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `Último uso ${last}, primero ${first}`,
    disconnect: {
      button: 'Desconectar',
      accessibleName: (name) => `Desconectar ${name}`,
      sure: (name) => `¿Desconectar ${name}? Dejará de conocerte hasta que vuelvas a iniciar sesión allí.`,
    },
  },

  codes: {
    none: 'No tienes ninguno. Con un código puedes entrar aunque pierdas todas tus llaves de acceso.',
    unused: (count) =>
      counted(count, { one: 'Tienes # código sin usar.', other: 'Tienes # códigos sin usar.' }),
    unusedSince: (count, made) =>
      counted(count, {
        one: `Tienes # código sin usar, creado ${made}.`,
        other: `Tienes # códigos sin usar, creados ${made}.`,
      }),
    few: 'Crea otros nuevos antes de que se te acaben.',
    title: (site, account) => `Códigos de recuperación de ${site}, ${account}`,
    each: 'Cada uno sirve una sola vez.',
    fileName: 'codigos-de-recuperacion.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'No hay ninguna cuenta con ese nombre. Revísalo, o crea una cuenta.',
    'session.mfa.webauthn_verification_not_found':
      'Esta cuenta aún no tiene ninguna llave de acceso aquí, así que no puede iniciar sesión con una.',
    'session.mfa.webauthn_verification_failed':
      'Esa llave de acceso no se ha aceptado. Inténtalo de nuevo, o usa otra.',
    'session.mfa.pending_info_not_found':
      'Ha tardado demasiado, o se ha intentado demasiadas veces. Empieza de nuevo.',
    'session.mfa.invalid_recovery_code':
      'Ese nombre y ese código no se corresponden, o el código ya se ha usado. Revisa ambos, o usa otro código.',
    'verification_code.code_mismatch': 'Ese no es el código que se envió. Solo sirve el más reciente.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch':
      'Otra cuenta ha iniciado sesión ahora en este navegador. No se ha cambiado nada.',
    'session.identity_conflict':
      'Esa llave de acceso es de otra cuenta. Elige una de esta cuenta, o inicia sesión con el botón de llaves de acceso.',
    'session.mfa.webauthn_credential_already_in_use':
      'Esa llave de acceso ya está registrada. Inicia sesión con ella.',
    'session.verification_required':
      'Hace un rato que iniciaste sesión. Cierra sesión, vuelve a iniciarla e inténtalo de nuevo.',
    'session.passkey_required': 'Usa una de tus llaves de acceso para hacer esto.',
    'user.address_proof_required':
      'Demuestra primero que se te puede localizar ahí, con un código que se te envía.',
    'recovery.second_code_required': 'Este sitio pide dos códigos: uno que guardaste y otro que se te envía.',
    'application.not_found': 'Esa aplicación ya no está conectada. Vuelve a cargar la página.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'Ninguna aplicación te espera aquí. Empieza de nuevo desde la aplicación.',
    'session.not_found': 'La sesión de ese navegador ya está cerrada. Vuelve a cargar la página.',
    'user.username_already_in_use': 'Ese nombre de usuario ya está en uso. Elige otro, o inicia sesión.',
    'user.username_not_allowed':
      'Ese nombre de usuario no se puede usar: se parece a otro nombre o a una dirección, o no tiene la forma que pide este sitio. Elige otro.',
    'user.email_already_in_use': 'Ya hay una cuenta con ese correo electrónico. Inicia sesión.',
    'user.phone_already_in_use': 'Ya hay una cuenta con ese número de teléfono. Inicia sesión.',
    'user.identifier_already_in_use': 'Otra cuenta ya lo tiene. Usa otro, o inicia sesión.',
    'user.suspended': 'Esta cuenta está suspendida. Consulta a los responsables de este sitio.',
    'user.too_many_passkeys':
      'Esta cuenta tiene ya todas las llaves de acceso que puede tener. Elimina una que ya no uses.',
    'user.last_passkey': 'Es tu única llave de acceso. Añade otra antes de eliminarla.',
    'passkey.not_found': 'Esa llave de acceso ya no existe. Vuelve a cargar la página.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'Ese enlace ya se ha usado o ha caducado. Pide uno nuevo a los responsables de este sitio.',
    'sign_up.closed': 'Aquí nadie puede crear una cuenta. Pídela a los responsables de este sitio.',
    'sign_up.invitation_required':
      'Aquí solo se puede crear una cuenta con una invitación. Abre el enlace que has recibido o pide uno a los responsables de este sitio.',
    'invitation.not_found': 'Esa invitación ya se ha usado o ha terminado. Pide otra a quien te invitó.',
    'administrator.link_not_found':
      'Ese enlace ya se ha usado o ha caducado. Pide uno nuevo a los responsables de este sitio.',
    'recovery.channel_not_available':
      'Este sitio no puede enviar códigos. Usa uno de tus códigos de recuperación.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Esta página no tiene permiso para iniciar sesión aquí.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Demasiados intentos. Espera un minuto e inténtalo de nuevo.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Tu navegador envía demasiadas cookies. Elimina las de este sitio e inténtalo de nuevo.',
    'auth.unauthorized': 'Se ha cerrado tu sesión. Vuelve a iniciarla.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable':
      'Ahora mismo no podemos acceder a nuestra base de datos. Inténtalo de nuevo en un momento.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey: 'Esa llave de acceso no se conoce aquí: se eliminó, o es de otro sitio. Usa otra.',
  noConnection: 'El servidor no responde. Comprueba tu conexión e inténtalo de nuevo.',
  waitSeconds: (seconds) => wait(counted(seconds, { one: '# segundo', other: '# segundos' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: '# minuto', other: '# minutos' })),
  waitHours: (hours) => wait(counted(hours, { one: '# hora', other: '# horas' })),

  unsupported: {
    'insecure-origin':
      'Las llaves de acceso necesitan una página segura: abre esta con https, o en localhost.',
    'no-webauthn': 'Este navegador no admite llaves de acceso. Actualízalo, o usa otro.',
  },

  browserProblems: {
    notMade: 'No se creó ninguna llave de acceso: se canceló o tardó demasiado. Inténtalo de nuevo.',
    NotAllowedError:
      'No ha pasado nada: se canceló, tardó demasiado, o este dispositivo no tiene ninguna llave de acceso para esta cuenta. Inténtalo de nuevo.',
    AbortError: 'Se ha detenido. Inténtalo de nuevo.',
    InvalidStateError:
      'Este dispositivo ya tiene una llave de acceso para esta cuenta. Inicia sesión con ella, o usa otro dispositivo.',
    NotSupportedError: 'Este dispositivo no puede crear una llave de acceso del tipo que se necesita aquí.',
    ConstraintError:
      'Este dispositivo no puede comprobar que eres tú. Activa un bloqueo de pantalla, o usa otro dispositivo.',
    SecurityError:
      'Las llaves de acceso de aquí no son para esta dirección. Comprueba la dirección de la página.',
  },
});

export default spanish;

export const provider: ProviderTexts = {
  errorTitle: 'No ha funcionado',
  errorHow:
    'No se ha podido atender la solicitud de la aplicación. Vuelve a la aplicación y empieza de nuevo. Si no sirve de nada, indica a su servicio de asistencia lo que figura abajo.',
  errorId: 'Para la asistencia:',
  signOutTitle: '¿Cerrar sesión?',
  signOutHow:
    'Se cerrará tu sesión aquí y en las aplicaciones en las que has iniciado sesión desde este navegador.',
  signOut: 'Cerrar sesión',
  staySignedIn: 'Mantener la sesión',
  signedOutTitle: 'Has cerrado sesión',
  signedOutHow: 'Puedes cerrar esta página.',
  deviceTitle: 'Conectar un dispositivo',
  deviceHow: 'Introduce el código que muestra tu dispositivo.',
  deviceWrong: 'Ese código no se conoce o es demasiado antiguo. Mira tu dispositivo e inténtalo de nuevo.',
  deviceCode: 'Código',
  continueOn: 'Continuar',
  deviceConfirmTitle: '¿Iniciar sesión en {name} en un dispositivo?',
  deviceConfirmHow:
    'Solo si tu dispositivo muestra este código y lo tienes delante. Quien tenga el dispositivo entrará como tú.',
  allow: 'Permitir',
  refuse: 'Rechazar',
  deviceDoneTitle: 'Tu dispositivo ha iniciado sesión',
  deviceDoneHow: '{name} continúa por sí sola. Puedes cerrar esta página.',
  terms: 'Condiciones',
  privacy: 'Privacidad',
};

export const messages: MessageTexts = {
  codeSubject: 'Tu código para {name}',
  codeHow: 'Escribe este código en {site}. Sirve una vez, durante 10 minutos.',
  codeNotYou: '¿No lo has pedido? Ignora este mensaje y no des el código a nadie.',
  invitationSubject: 'Tienes una invitación a {name}',
  invitationHow: 'Puedes crear una cuenta en {site}. Este enlace sirve una vez:',
  noticeNotYou: '¿No has sido tú? Mira enseguida tu cuenta:',
  'passkey-added': 'Se ha añadido una llave de acceso a tu cuenta.',
  'passkey-deleted': 'Se ha eliminado una llave de acceso de tu cuenta.',
  'recovery-codes-created': 'Tu cuenta tiene nuevos códigos de recuperación. Los anteriores ya no sirven.',
  'recovery-link-created':
    'Los responsables de este sitio han creado un enlace con el que vuelves a entrar en tu cuenta.',
  'account-recovered': 'Alguien ha entrado en tu cuenta con un código en lugar de una llave de acceso.',
  'addresses-changed': 'Las direcciones de tu cuenta han cambiado.',
  'account-claimed':
    'Alguien ha verificado una dirección de tu cuenta: quien estaba en ella queda fuera, y sus llaves de acceso y códigos se han eliminado.',
  'passkey-maybe-copied':
    'Puede que se haya copiado una llave de acceso de tu cuenta. Elimínala y crea otra.',
  'sessions-ended': 'Se ha cerrado la sesión de tu cuenta en otros dispositivos.',
  'account-suspended': 'Tu cuenta ha sido suspendida.',
  'account-restored': 'Tu cuenta ya no está suspendida.',
  'account-deleted': 'Tu cuenta ha sido eliminada.',
};
