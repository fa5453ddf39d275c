import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Un problème est survenu de notre côté. Réessayez dans un instant.';
const TOO_LATE = 'Cela a pris trop de temps. Recommencez.';
const OUR_MISTAKE = 'Cette page a envoyé quelque chose d’incorrect. Rechargez-la, puis réessayez.';
const NO_IDENTIFIER =
  'Cela ne ressemble ni à un nom d’utilisateur, ni à une adresse e-mail, ni à un numéro de téléphone avec son indicatif de pays.';
const wait = (time: string) => `Trop de tentatives. Attendez ${time}, puis réessayez.`;

const french = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Langue',
    signIn: 'Se connecter',
    signInHow: 'Avec votre empreinte, votre visage ou le verrouillage de l’écran. Sans mot de passe.',
    identifier: 'Nom d’utilisateur, e-mail ou téléphone',
    continue: 'Continuer',
    continueHow: 'Si votre clé d’accès n’est pas proposée d’elle-même : dites d’abord qui vous êtes.',
    or: 'ou',
    signInWithPasskey: 'Se connecter avec une clé d’accès',
    newHere: 'Nouveau ici ?',
    createAccount: 'Créer un compte',
    lostPasskeys: 'Clés d’accès perdues ?',

    createAccountHow:
      'Votre appareil crée une clé d’accès pour vous et la garde en sécurité. Il n’y a rien à retenir.',
    createPasskey: 'Créer une clé d’accès',
    haveAccount: 'Vous avez un compte ?',

    recover: 'Retrouver l’accès',
    recoverHow:
      'Avec un code au lieu d’une clé d’accès. Vous créerez ensuite une nouvelle clé d’accès sur cet appareil.',
    recoveryLinkHow:
      'Ce lien vous laisse entrer une fois. Vous créerez ensuite une nouvelle clé d’accès sur cet appareil.',
    recoveryCode: 'Code de récupération',
    recoveryCodeHint: 'L’un de ceux que vous avez enregistrés. Chacun ne sert qu’une fois.',
    sendCode: 'M’envoyer un code',
    sentCode: 'Code qui vous a été envoyé',
    sentCodeHint: 'Il est valable 10 minutes.',
    sendAnotherCode: 'Envoyer un autre code',
    backToSignIn: 'Retour à la connexion',

    consentHow: 'Vous pourrez y revenir à tout moment, sur la page de votre compte.',
    allow: 'Autoriser',
    refuse: 'Refuser',

    account: 'Votre compte',
    signOut: 'Se déconnecter',
    administration: 'Administration',
    nextSteps: 'Ne restez jamais bloqué',
    nextStepsHow: 'Enregistrez des codes de récupération et ajoutez la clé d’accès d’un deuxième appareil.',
    offer: 'Créer une clé d’accès sur cet appareil',
    declineOffer: 'Pas maintenant',
    passkeys: 'Clés d’accès',
    passkeysHint:
      'Chacune vous permet de vous connecter. Ajoutez-en une pour chaque appareil qui n’en a pas encore.',
    addPasskey: 'Ajouter une clé d’accès',
    recoveryCodes: 'Codes de récupération',
    createRecoveryCodes: 'Créer des codes de récupération',
    applications: 'Applications connectées',
    applicationsHint: 'Elles vous connaissent par ce compte.',
    sessions: 'Où vous êtes connecté',
    sessionsHint:
      'Déconnectez ce que vous ne reconnaissez pas, et supprimez la clé d’accès qui a servi à entrer.',
    endOtherSessions: 'Se déconnecter partout ailleurs',

    renamePasskey: 'Renommer cette clé d’accès',
    name: 'Nom',
    save: 'Enregistrer',
    cancel: 'Annuler',

    replaceCodes: 'Créer de nouveaux codes de récupération ?',
    replaceCodesMeans: 'Vos codes actuels ne fonctionneront plus.',
    createNewCodes: 'Créer de nouveaux codes',
    keepCodes: 'Garder les anciens',

    yourRecoveryCodes: 'Vos codes de récupération',
    yourRecoveryCodesHint:
      'Gardez-les là où vous les retrouverez sans cet appareil. Chacun vous permet d’entrer une fois. Ils ne seront plus affichés, et les précédents ne fonctionnent plus.',
    copy: 'Copier',
    download: 'Télécharger',
    print: 'Imprimer',
    codesSaved: 'Je les ai enregistrés',

    deletePasskey: 'Supprimer cette clé d’accès ?',
    deletePasskeyMeans:
      'Elle ne vous permettra plus de vous connecter ici. Elle peut rester visible sur votre appareil tant que vous ne l’y supprimez pas aussi.',
    delete: 'Supprimer',
    keepPasskey: 'La garder',

    notFound: 'Cette page n’existe pas',
    notFoundHow: 'Vérifiez l’adresse, ou allez à votre compte.',

    remove: 'Retirer',
    events: 'Ce qui s’est passé',
    eventsHint: 'Connexions, refus et modifications de ce compte, du plus récent au plus ancien.',
    showEvents: 'Voir ce qui s’est passé',
    showEarlierEvents: 'Voir plus ancien',
    deletion: 'La fin du compte',
    deletionHint: 'Personne ne peut récupérer un compte supprimé.',
    deleteAccount: 'Supprimer le compte',
    deleteAccountSure: 'Supprimer votre compte ?',
    deleteAccountMeans:
      'Vos noms et adresses, vos clés d’accès, vos codes de récupération, vos connexions et l’accès des applications sont supprimés définitivement. Confirmez avec une clé d’accès.',
    keepAccount: 'Garder le compte',
  },

  missing: {
    countryCode: 'Commencez un numéro de téléphone par + et l’indicatif du pays.',
    identifier: NO_IDENTIFIER,
    recoveryCode: 'Saisissez l’un de vos codes de récupération, ou faites-vous envoyer un code.',
    sentCode: 'Saisissez le code qui vous a été envoyé.',
    newIdentifier: 'Saisissez d’abord la nouvelle valeur.',
  },

  authorization: {
    continueTo: (name) => `pour continuer vers ${name}`,
    terms: 'Conditions d’utilisation',
    privacy: 'Confidentialité',
    mayIt: (name) => `${name} peut-elle savoir qui vous êtes ?`,
    scopes: {
      openid: 'Vous reconnaître quand vous revenez',
      profile: 'Voir votre nom',
      email: 'Voir votre adresse e-mail',
      phone: 'Voir votre numéro de téléphone',
      groups: 'Voir les groupes dont vous faites partie',
      offline_access: 'Garder l’accès en votre absence',
    },
    otherScope: (scope) => `Utiliser « ${scope} »`,
  },

  news: {
    confirmSignIn:
      'Votre navigateur demande votre clé d’accès. Est-elle sur votre téléphone ? Choisissez-y un autre appareil, puis scannez le code avec le téléphone.',
    confirmCreation:
      'Votre navigateur crée la clé d’accès : confirmez avec votre empreinte, votre visage ou le verrouillage de l’écran.',
    signingIn: 'Connexion en cours…',
    stepUp: 'Confirmez que c’est bien vous, avec l’une de vos clés d’accès…',
    codeSent:
      'Si ce compte a une adresse e-mail ou un numéro de téléphone, un code est en route vers celui-ci.',
    savedCodeToo: 'C’est exact. Ce site demande aussi l’un de vos codes de récupération enregistrés.',
    otherAccount: (name) =>
      `${name} est maintenant connecté dans ce navigateur. Cette page n’a rien modifié.`,
    passkeyReady: 'Votre nouvelle clé d’accès est prête.',
    passkeyReadyToName:
      'Votre nouvelle clé d’accès est prête. Donnez-lui un nom qui vous permettra de la reconnaître.',
    passkeyMade: 'Une clé d’accès a été créée pour vous. La prochaine fois, connectez-vous avec elle.',
    renamed: (name) => `Renommée en ${name}.`,
    deleted: (name) => `${name} est supprimée.`,
    sessionEnded: (name) => `${name} est déconnecté.`,
    otherSessionsEnded: 'Vous êtes déconnecté partout ailleurs.',
    disconnected: (name) => `${name} n’est plus connectée à votre compte.`,
    copied: 'Copiés.',
    notCopied: 'Votre navigateur n’autorise pas la copie ici. Téléchargez ou imprimez les codes.',
    accountChanged: 'Enregistré.',
    addressCodeSent: (address) =>
      `Un code est en route vers ${address}. Rien ne change tant que vous ne l’avez pas saisi ici.`,
    accountDeleted:
      'Votre compte est supprimé. Ses clés d’accès peuvent encore apparaître sur vos appareils, jusqu’à ce que vous les y retiriez aussi.',
  },

  identifiers: { username: 'Nom d’utilisateur', email: 'E-mail', phone: 'Téléphone' },
  proved: (address) => `${address} (vérifié)`,
  notProved: (address) => `${address} (pas encore vérifié)`,

  identifierChange: {
    none: 'Aucun pour l’instant',
    change: { button: 'Modifier', accessibleName: (name) => `Modifier : ${name}` },
    add: { button: 'Ajouter', accessibleName: (name) => `Ajouter : ${name}` },
    labels: {
      username: 'Nouveau nom d’utilisateur',
      email: 'Nouvelle adresse e-mail',
      phone: 'Nouveau numéro de téléphone, avec l’indicatif du pays',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Ce nom d’utilisateur est pris. Choisissez-en un autre.',
    'user.email_already_in_use': 'Un autre compte a cette adresse e-mail.',
    'user.phone_already_in_use': 'Un autre compte a ce numéro de téléphone.',
    'recovery.channel_not_available': 'Ce site ne peut pas y envoyer de code.',
  },

  events: {
    changed: (members) => `Modifié : ${members}`,
    otherMember: 'autres informations',
    byOthers: 'Par les responsables de ce site',
    unknown: 'Autre chose',
    types: {
      'authentication.succeeded': 'Une clé d’accès a été utilisée',
      'authentication.failed': 'Une clé d’accès a été refusée',
      'step-up.succeeded': 'Confirmé avec une clé d’accès',
      'step-up.failed': 'Une confirmation a été refusée',
      'registration.succeeded': 'Une nouvelle clé d’accès a été créée',
      'registration.failed': 'Une nouvelle clé d’accès a été refusée',
      'identification.failed': 'Une connexion n’a pas abouti',
      'user.registered': 'Compte créé',
      'user.created': 'Compte créé',
      'user.changed': 'Compte modifié',
      'user.suspended': 'Compte suspendu',
      'user.restored': 'Suspension levée',
      'user.signed-in': 'Connexion',
      'user.signed-out': 'Déconnexion',
      'session.ended': 'Déconnexion ailleurs',
      'passkey.added': 'Clé d’accès ajoutée',
      'passkey.imported': 'Clé d’accès reprise d’un autre système',
      'passkey.renamed': 'Clé d’accès renommée',
      'passkey.deleted': 'Clé d’accès supprimée',
      'passkey.clone-suspected': 'Une clé d’accès a peut-être été copiée',
      'limit.reached': 'Trop de tentatives',
      'administrator.added': 'Vous êtes devenu administrateur',
      'administrator.removed': 'Vous n’êtes plus administrateur',
      'recovery-codes.created': 'Nouveaux codes de récupération',
      'user.address-proved': 'Adresse vérifiée',
      'user.claimed': 'Compte remis à la personne qui a prouvé son adresse',
      'recovery.requested': 'Un code de récupération a été demandé',
      'recovery-link.created': 'Un lien de récupération a été créé',
      'recovery.succeeded': 'Récupération avec un code',
      'recovery.failed': 'Un code de récupération a été refusé',
      'address.requested': 'Un code a été envoyé à une nouvelle adresse',
      'address.succeeded': 'Nouvelle adresse vérifiée',
      'address.failed': 'Un code pour une nouvelle adresse a été refusé',
      'token.issued': 'Une application a reçu un accès',
      'token.refused': 'L’accès d’une application a été refusé',
      'token.revoked': 'L’accès d’une application a pris fin',
      'authorization.refused': 'La demande d’une application a été refusée',
      'group.members-changed': 'Groupes modifiés',
    },
  },

  offer: {
    recovered:
      'Vous êtes entré avec un code. Créez maintenant une nouvelle clé d’accès : la prochaine fois, vous n’aurez pas besoin de code. Vous pouvez supprimer celles que vous avez perdues.',
    elsewhere:
      'Vous vous êtes connecté avec la clé d’accès d’un autre appareil. Avec la sienne, cet appareil vous connectera tout de suite.',
  },

  passkey: {
    inUse: 'Vous êtes connecté avec elle en ce moment.',
    unnamed: 'Clé d’accès',
    onOneDevice: 'Reste sur un seul appareil : perdue avec lui',
    synced: 'Synchronisée : fonctionne aussi sur vos autres appareils, et est sauvegardée',
    notYetSynced: 'Peut être synchronisée, mais n’est pas encore sauvegardée',
    keptBy: (provider, what) => `Conservée par ${provider}. ${what}`,
    notUsedYet: (created) => `Créée ${created}, pas encore utilisée`,
    lastUsed: (created, used) => `Créée ${created}, dernière utilisation ${used}`,
    needsUsername:
      'Demande votre nom d’utilisateur : saisissez-le d’abord quand vous vous connectez avec celle-ci.',
    maybeCopied: (noticed) =>
      `Elle a peut-être été copiée : deux appareils semblent l’utiliser (constaté ${noticed}). Supprimez-la, et créez-en une nouvelle.`,
    only: 'C’est votre seule clé d’accès : sans elle, vous ne pourriez plus vous connecter. Ajoutez-en d’abord une autre.',
    rename: { button: 'Renommer', accessibleName: (name) => `Renommer ${name}` },
    upgrade: { button: 'Mettre à niveau', accessibleName: (name) => `Mettre à niveau ${name}` },
    delete: { button: 'Supprimer', accessibleName: (name) => `Supprimer ${name}` },
  },

  signInTo: (name) => `Se connecter à ${name}`,
  onDate: (date) => `le ${date}`,

  sessions: {
    unknownBrowser: 'Un navigateur',
    here: 'Ce navigateur',
    lastSeen: (seen, since) => `Dernière utilisation ${seen}, connecté ${since}`,
    from: (network) => `Depuis le réseau ${network}`,
    withPasskey: (name) => `Avec la clé d’accès ${name}`,
    withCode: 'Avec un code',
    end: { button: 'Déconnecter', accessibleName: (name) => `Déconnecter ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `Dernière utilisation ${last}, première ${first}`,
    disconnect: {
      button: 'Dissocier',
      accessibleName: (name) => `Dissocier ${name}`,
      sure: (name) =>
        `Dissocier ${name} ? Elle ne vous connaîtra plus tant que vous ne vous y connecterez pas de nouveau.`,
    },
  },

  codes: {
    none: 'Vous n’en avez aucun. Avec un code, vous entrez même si toutes vos clés d’accès sont perdues.',
    unused: (count) =>
      counted(count, { one: 'Vous avez # code inutilisé.', other: 'Vous avez # codes inutilisés.' }),
    unusedSince: (count, made) =>
      counted(count, {
        one: `Vous avez # code inutilisé, créé ${made}.`,
        other: `Vous avez # codes inutilisés, créés ${made}.`,
      }),
    few: 'Créez-en de nouveaux avant d’en manquer.',
    title: (site, account) => `Codes de récupération pour ${site}, ${account}`,
    each: 'Chacun ne sert qu’une fois.',
    fileName: 'codes-de-recuperation.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'Il n’y a pas de compte à ce nom. Vérifiez l’orthographe, ou créez un compte.',
    'session.mfa.webauthn_verification_not_found':
      'Ce compte n’a pas encore de clé d’accès ici et ne peut donc pas en utiliser une pour se connecter.',
    'session.mfa.webauthn_verification_failed':
      'Cette clé d’accès n’a pas été acceptée. Réessayez, ou utilisez-en une autre.',
    'session.mfa.pending_info_not_found':
      'Cela a pris trop de temps, ou a été essayé trop souvent. Recommencez.',
    'session.mfa.invalid_recovery_code':
      'Ce nom et ce code ne vont pas ensemble, ou le code a déjà servi. Vérifiez les deux, ou utilisez un autre code.',
    'verification_code.code_mismatch':
      'Ce n’est pas le code qui a été envoyé. Seul le plus récent fonctionne.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch':
      'Un autre compte est maintenant connecté dans ce navigateur. Rien n’a été modifié.',
    'session.identity_conflict':
      'Cette clé d’accès appartient à un autre compte. Choisissez-en une de ce compte, ou connectez-vous avec le bouton des clés d’accès.',
    'session.mfa.webauthn_credential_already_in_use':
      'Cette clé d’accès est déjà enregistrée. Connectez-vous avec elle.',
    'session.verification_required':
      'Votre connexion date un peu. Déconnectez-vous, reconnectez-vous, puis recommencez.',
    'session.passkey_required': 'Utilisez l’une de vos clés d’accès pour faire cela.',
    'user.address_proof_required':
      'Prouvez d’abord que vous y êtes joignable, par un code qui vous est envoyé.',
    'recovery.second_code_required':
      'Ce site demande deux codes : un que vous avez enregistré, et un qui vous est envoyé.',
    'application.not_found': 'Cette application n’est plus connectée. Rechargez la page.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'Aucune application ne vous attend ici. Recommencez depuis l’application.',
    'session.not_found': 'Ce navigateur est déjà déconnecté. Rechargez la page.',
    'user.username_already_in_use':
      'Ce nom d’utilisateur est pris. Choisissez-en un autre, ou connectez-vous.',
    'user.username_not_allowed':
      'Ce nom d’utilisateur ne peut pas être utilisé : il ressemble à un autre nom ou à une adresse, ou n’a pas la forme que ce site demande. Choisissez-en un autre.',
    'user.email_already_in_use': 'Il existe un compte avec cette adresse e-mail. Connectez-vous plutôt.',
    'user.phone_already_in_use': 'Il existe un compte avec ce numéro de téléphone. Connectez-vous plutôt.',
    'user.identifier_already_in_use': 'Un autre compte l’a déjà. Utilisez-en un autre, ou connectez-vous.',
    'user.suspended': 'Ce compte est suspendu. Adressez-vous aux responsables de ce site.',
    'user.too_many_passkeys':
      'Ce compte a atteint le nombre maximal de clés d’accès. Supprimez-en une que vous n’utilisez plus.',
    'user.last_passkey': 'C’est votre seule clé d’accès. Ajoutez-en une autre avant de la supprimer.',
    'passkey.not_found': 'Cette clé d’accès n’existe plus. Rechargez la page.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'Ce lien a déjà servi ou a expiré. Demandez-en un nouveau aux responsables de ce site.',
    'sign_up.closed': 'Personne ne peut créer de compte ici. Demandez-en un aux responsables de ce site.',
    'sign_up.invitation_required':
      'On ne peut créer un compte ici qu’avec une invitation. Ouvrez le lien que vous avez reçu, ou demandez-en un aux responsables de ce site.',
    'invitation.not_found':
      'Cette invitation a déjà servi ou n’est plus valable. Demandez-en une nouvelle à la personne qui vous a invité.',
    'administrator.link_not_found':
      'Ce lien a déjà servi ou a expiré. Demandez-en un nouveau aux responsables de ce site.',
    'recovery.channel_not_available':
      'Ce site ne peut pas envoyer de codes. Utilisez l’un de vos codes de récupération.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Cette page n’est pas autorisée à se connecter ici.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Trop de tentatives. Attendez une minute, puis réessayez.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Votre navigateur envoie trop de cookies. Supprimez ceux de ce site, puis réessayez.',
    'auth.unauthorized': 'Vous êtes déconnecté. Reconnectez-vous.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable':
      'Notre base de données est injoignable pour le moment. Réessayez dans un instant.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    'Cette clé d’accès n’est pas connue ici : elle a été supprimée, ou est celle d’un autre site. Utilisez-en une autre.',
  noConnection: 'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.',
  waitSeconds: (seconds) => wait(counted(seconds, { one: '# seconde', other: '# secondes' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: '# minute', other: '# minutes' })),
  waitHours: (hours) => wait(counted(hours, { one: '# heure', other: '# heures' })),

  unsupported: {
    'insecure-origin':
      'Les clés d’accès demandent une page sécurisée : ouvrez celle-ci en https, ou sur localhost.',
    'no-webauthn':
      'Ce navigateur ne prend pas en charge les clés d’accès. Mettez-le à jour, ou utilisez-en un autre.',
  },

  browserProblems: {
    notMade:
      'Aucune clé d’accès n’a été créée : l’opération a été annulée ou a pris trop de temps. Réessayez.',
    NotAllowedError:
      'Rien ne s’est passé : l’opération a été annulée, a pris trop de temps, ou cet appareil n’a pas de clé d’accès pour ce compte. Réessayez.',
    AbortError: 'L’opération a été interrompue. Réessayez.',
    InvalidStateError:
      'Cet appareil a déjà une clé d’accès pour ce compte. Connectez-vous avec elle, ou utilisez un autre appareil.',
    NotSupportedError: 'Cet appareil ne peut pas créer une clé d’accès du type demandé ici.',
    ConstraintError:
      'Cet appareil ne peut pas vérifier que c’est bien vous. Activez un verrouillage de l’écran, ou utilisez un autre appareil.',
    SecurityError:
      'Les clés d’accès d’ici ne sont pas faites pour cette adresse. Vérifiez l’adresse de la page.',
  },
});

export default french;

export const provider: ProviderTexts = {
  errorTitle: 'Cela n’a pas fonctionné',
  errorHow:
    'La demande de l’application n’a pas pu aboutir. Revenez à l’application et recommencez. Si cela ne suffit pas, transmettez à son assistance ce qui figure ci-dessous.',
  errorId: 'Pour l’assistance :',
  signOutTitle: 'Se déconnecter ?',
  signOutHow:
    'Vous serez déconnecté ici, et des applications auxquelles vous vous êtes connecté depuis ce navigateur.',
  signOut: 'Se déconnecter',
  staySignedIn: 'Rester connecté',
  signedOutTitle: 'Vous êtes déconnecté',
  signedOutHow: 'Vous pouvez fermer cette page.',
  deviceTitle: 'Connecter un appareil',
  deviceHow: 'Saisissez le code que votre appareil affiche.',
  deviceWrong: 'Ce code est inconnu ou trop ancien. Regardez votre appareil et réessayez.',
  deviceCode: 'Code',
  continueOn: 'Continuer',
  deviceConfirmTitle: 'Se connecter à {name} sur un appareil ?',
  deviceConfirmHow:
    'Seulement si votre appareil affiche ce code et se trouve devant vous. Qui a l’appareil sera connecté à votre place.',
  allow: 'Autoriser',
  refuse: 'Refuser',
  deviceDoneTitle: 'Votre appareil est connecté',
  deviceDoneHow: '{name} continue de lui-même. Vous pouvez fermer cette page.',
  terms: 'Conditions d’utilisation',
  privacy: 'Confidentialité',
};

export const messages: MessageTexts = {
  codeSubject: 'Votre code pour {name}',
  codeHow: 'Saisissez ce code sur {site}. Il sert une fois, pendant 10 minutes.',
  codeNotYou: 'Vous ne l’avez pas demandé ? Ignorez ce message, et ne donnez le code à personne.',
  invitationSubject: 'Vous êtes invité à rejoindre {name}',
  invitationHow: 'Vous pouvez créer un compte sur {site}. Ce lien sert une fois :',
  noticeNotYou: 'Ce n’était pas vous ? Consultez immédiatement votre compte :',
  'passkey-added': 'Une clé d’accès a été ajoutée à votre compte.',
  'passkey-deleted': 'Une clé d’accès de votre compte a été supprimée.',
  'recovery-codes-created':
    'Votre compte a de nouveaux codes de récupération. Les précédents ne fonctionnent plus.',
  'recovery-link-created': 'Les responsables de ce site ont créé un lien qui vous rouvre votre compte.',
  'account-recovered': 'Quelqu’un est entré dans votre compte avec un code au lieu d’une clé d’accès.',
  'addresses-changed': 'Les adresses de votre compte ont été modifiées.',
  'account-claimed':
    'Quelqu’un a prouvé une adresse de votre compte : qui y était est déconnecté, et ses clés d’accès et codes sont supprimés.',
  'passkey-maybe-copied':
    'Une clé d’accès de votre compte a peut-être été copiée. Supprimez-la et créez-en une nouvelle.',
  'sessions-ended': 'Votre compte a été déconnecté sur d’autres appareils.',
  'account-suspended': 'Votre compte a été suspendu.',
  'account-restored': 'Votre compte n’est plus suspendu.',
  'account-deleted': 'Votre compte a été supprimé.',
};
