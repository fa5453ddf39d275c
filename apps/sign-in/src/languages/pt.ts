import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Algo deu errado do nosso lado. Tente novamente em instantes.';
const TOO_LATE = 'Demorou demais. Comece de novo.';
const OUR_MISTAKE = 'Esta página enviou algo errado. Recarregue-a e tente novamente.';
const NO_IDENTIFIER =
  'Isso não parece um nome de usuário, um e-mail ou um número de telefone com o código do país.';
const wait = (time: string) => `Tentativas demais. Aguarde ${time} e tente novamente.`;

const portuguese = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Idioma',
    signIn: 'Entrar',
    signInHow: 'Com sua impressão digital, rosto ou bloqueio de tela. Sem senha.',
    identifier: 'Nome de usuário, e-mail ou telefone',
    continue: 'Continuar',
    continueHow: 'Se a sua chave de acesso não for oferecida: diga primeiro quem é.',
    or: 'ou',
    signInWithPasskey: 'Entrar com uma chave de acesso',
    newHere: 'Primeira vez aqui?',
    createAccount: 'Criar uma conta',
    lostPasskeys: 'Perdeu suas chaves de acesso?',

    createAccountHow:
      'Seu dispositivo cria uma chave de acesso para você e a guarda com segurança. Não há nada para lembrar.',
    createPasskey: 'Criar uma chave de acesso',
    haveAccount: 'Já tem uma conta?',

    recover: 'Recuperar o acesso',
    recoverHow:
      'Com um código em vez de uma chave de acesso. Depois você cria uma nova chave de acesso neste dispositivo.',
    recoveryLinkHow:
      'Este link deixa você entrar uma vez. Depois você cria uma nova chave de acesso neste dispositivo.',
    recoveryCode: 'Código de recuperação',
    recoveryCodeHint: 'Um dos que você guardou. Cada um vale uma vez.',
    sendCode: 'Enviar um código',
    sentCode: 'Código enviado a você',
    sentCodeHint: 'Ele vale por 10 minutos.',
    sendAnotherCode: 'Enviar outro código',
    backToSignIn: 'Voltar ao login',

    consentHow: 'Você pode voltar atrás a qualquer momento, na página da sua conta.',
    allow: 'Permitir',
    refuse: 'Recusar',

    account: 'Sua conta',
    signOut: 'Sair',
    administration: 'Administração',
    nextSteps: 'Nunca fique de fora',
    nextStepsHow: 'Guarde códigos de recuperação e adicione a chave de acesso de um segundo dispositivo.',
    offer: 'Crie uma chave de acesso neste dispositivo',
    declineOffer: 'Agora não',
    passkeys: 'Chaves de acesso',
    passkeysHint:
      'Você pode entrar com qualquer uma delas. Adicione uma para cada dispositivo que ainda não tenha.',
    addPasskey: 'Adicionar uma chave de acesso',
    recoveryCodes: 'Códigos de recuperação',
    createRecoveryCodes: 'Criar códigos de recuperação',
    applications: 'Aplicativos conectados',
    applicationsHint: 'Eles conhecem você por esta conta.',
    sessions: 'Onde você está conectado',
    sessionsHint: 'Encerre o que você não reconhece e exclua a chave de acesso que foi usada para entrar.',
    endOtherSessions: 'Sair de todos os outros lugares',

    renamePasskey: 'Renomear esta chave de acesso',
    name: 'Nome',
    save: 'Salvar',
    cancel: 'Cancelar',

    replaceCodes: 'Criar novos códigos de recuperação?',
    replaceCodesMeans: 'Os códigos que você tem agora deixarão de valer.',
    createNewCodes: 'Criar novos códigos',
    keepCodes: 'Manter os antigos',

    yourRecoveryCodes: 'Seus códigos de recuperação',
    yourRecoveryCodesHint:
      'Guarde-os onde possa encontrá-los sem este dispositivo. Com cada um você entra uma vez. Eles não serão mostrados de novo, e os anteriores não valem mais.',
    copy: 'Copiar',
    download: 'Baixar',
    print: 'Imprimir',
    codesSaved: 'Já os guardei',

    deletePasskey: 'Excluir esta chave de acesso?',
    deletePasskeyMeans:
      'Você não poderá mais entrar aqui com ela. Talvez ainda a veja no seu dispositivo, até removê-la lá também.',
    delete: 'Excluir',
    keepPasskey: 'Manter',

    notFound: 'Esta página não existe',
    notFoundHow: 'Confira o endereço ou vá para a sua conta.',

    remove: 'Remover',
    events: 'O que aconteceu',
    eventsHint: 'Entradas, recusas e mudanças desta conta, das mais recentes às mais antigas.',
    showEvents: 'Mostrar o que aconteceu',
    showEarlierEvents: 'Mostrar anteriores',
    deletion: 'O fim da conta',
    deletionHint: 'Ninguém pode trazer de volta uma conta excluída.',
    deleteAccount: 'Excluir a conta',
    deleteAccountSure: 'Excluir sua conta?',
    deleteAccountMeans:
      'Seus nomes e endereços, chaves de acesso, códigos de recuperação, sessões e o acesso de aplicativos são excluídos para sempre. Confirme com uma chave de acesso.',
    keepAccount: 'Manter a conta',
  },

  missing: {
    countryCode: 'Comece o número de telefone com + e o código do país.',
    identifier: NO_IDENTIFIER,
    recoveryCode: 'Digite um dos seus códigos de recuperação ou peça o envio de um código.',
    sentCode: 'Digite o código que foi enviado a você.',
    newIdentifier: 'Digite primeiro o novo valor.',
  },

  authorization: {
    continueTo: (name) => `para continuar em ${name}`,
    terms: 'Termos',
    privacy: 'Privacidade',
    mayIt: (name) => `${name} pode saber quem você é?`,
    scopes: {
      openid: 'Reconhecer você quando voltar',
      profile: 'Ver seu nome',
      email: 'Ver seu e-mail',
      phone: 'Ver seu número de telefone',
      groups: 'Ver de quais grupos você participa',
      offline_access: 'Manter o acesso enquanto você está ausente',
    },
    otherScope: (scope) => `Usar “${scope}”`,
  },

  news: {
    confirmSignIn:
      'O navegador pede a sua chave de acesso. Está no telefone? Escolha ali outro dispositivo e leia o código com o telefone.',
    confirmCreation:
      'O navegador cria a chave de acesso: confirme com a impressão digital, o rosto ou o bloqueio de tela.',
    signingIn: 'Entrando…',
    stepUp: 'Confirme que é você com uma das suas chaves de acesso…',
    codeSent: 'Se esta conta tiver um e-mail ou um número de telefone, um código está a caminho.',
    savedCodeToo: 'Correto. Este site pede também um dos seus códigos de recuperação guardados.',
    otherAccount: (name) => `${name} está agora conectado neste navegador. Esta página não mudou nada.`,
    passkeyReady: 'Sua nova chave de acesso está pronta.',
    passkeyReadyToName: 'Sua nova chave de acesso está pronta. Dê a ela um nome pelo qual você a reconheça.',
    passkeyMade: 'Uma chave de acesso foi criada para você. Da próxima vez, entre com ela.',
    renamed: (name) => `O novo nome é ${name}.`,
    deleted: (name) => `${name} foi excluída.`,
    sessionEnded: (name) => `${name} foi desconectado.`,
    otherSessionsEnded: 'Você saiu de todos os outros lugares.',
    disconnected: (name) => `${name} foi desvinculado.`,
    copied: 'Copiados.',
    notCopied: 'Seu navegador não permite copiar aqui. Baixe ou imprima os códigos.',
    accountChanged: 'Salvo.',
    addressCodeSent: (address) =>
      `Um código está a caminho de ${address}. Nada muda até você digitá-lo aqui.`,
    accountDeleted:
      'Sua conta foi excluída. Talvez você ainda veja as chaves de acesso dela nos seus dispositivos, até removê-las de lá também.',
  },

  identifiers: { username: 'Nome de usuário', email: 'E-mail', phone: 'Telefone' },
  proved: (address) => `${address} (confirmado)`,
  notProved: (address) => `${address} (ainda não confirmado)`,

  identifierChange: {
    none: 'Nenhum ainda',
    change: { button: 'Alterar', accessibleName: (name) => `Alterar: ${name}` },
    add: { button: 'Adicionar', accessibleName: (name) => `Adicionar: ${name}` },
    labels: {
      username: 'Novo nome de usuário',
      email: 'Novo endereço de e-mail',
      phone: 'Novo número de telefone, com o código do país',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Esse nome de usuário já está em uso. Escolha outro.',
    'user.email_already_in_use': 'Outra conta tem esse endereço de e-mail.',
    'user.phone_already_in_use': 'Outra conta tem esse número de telefone.',
    'recovery.channel_not_available': 'Este site não pode enviar um código para lá.',
  },

  events: {
    changed: (members) => `Alterado: ${members}`,
    otherMember: 'outros dados',
    byOthers: 'Pelos responsáveis por este site',
    unknown: 'Outra coisa',
    types: {
      'authentication.succeeded': 'Uma chave de acesso foi usada',
      'authentication.failed': 'Uma chave de acesso foi recusada',
      'step-up.succeeded': 'Confirmado com uma chave de acesso',
      'step-up.failed': 'Uma confirmação foi recusada',
      'registration.succeeded': 'Uma nova chave de acesso foi criada',
      'registration.failed': 'Uma nova chave de acesso foi recusada',
      'identification.failed': 'Uma entrada não foi concluída',
      'user.registered': 'Conta criada',
      'user.created': 'Conta criada',
      'user.changed': 'Conta alterada',
      'user.suspended': 'Conta suspensa',
      'user.restored': 'Suspensão encerrada',
      'user.signed-in': 'Entrou',
      'user.signed-out': 'Saiu',
      'session.ended': 'Saiu em outro lugar',
      'passkey.added': 'Chave de acesso adicionada',
      'passkey.imported': 'Chave de acesso trazida de outro sistema',
      'passkey.renamed': 'Chave de acesso renomeada',
      'passkey.deleted': 'Chave de acesso excluída',
      'passkey.clone-suspected': 'Uma chave de acesso pode ter sido copiada',
      'limit.reached': 'Tentativas demais',
      'administrator.added': 'Você recebeu a função de administrador',
      'administrator.removed': 'Você não tem mais a função de administrador',
      'recovery-codes.created': 'Novos códigos de recuperação',
      'user.address-proved': 'Endereço confirmado',
      'user.claimed': 'Conta entregue a quem confirmou seu endereço',
      'recovery.requested': 'Um código de recuperação foi pedido',
      'recovery-link.created': 'Um link de recuperação foi criado',
      'recovery.succeeded': 'Acesso recuperado com um código',
      'recovery.failed': 'Um código de recuperação foi recusado',
      'address.requested': 'Um código foi enviado a um novo endereço',
      'address.succeeded': 'Novo endereço confirmado',
      'address.failed': 'Um código para um novo endereço foi recusado',
      'token.issued': 'Um aplicativo recebeu acesso',
      'token.refused': 'O acesso de um aplicativo foi recusado',
      'token.revoked': 'O acesso de um aplicativo terminou',
      'authorization.refused': 'O pedido de um aplicativo foi recusado',
      'group.members-changed': 'Grupos alterados',
    },
  },

  offer: {
    recovered:
      'Você entrou com um código. Crie agora uma nova chave de acesso e, da próxima vez, não precisará de código. Você pode excluir as que perdeu.',
    elsewhere:
      'Você entrou com a chave de acesso de outro dispositivo. Com uma própria, este dispositivo conecta você na hora.',
  },

  passkey: {
    inUse: 'É a desta sessão.',
    unnamed: 'Chave de acesso',
    onOneDevice: 'Fica em um só dispositivo: perde-se com ele',
    synced: 'Sincronizada: funciona também nos seus outros dispositivos e tem backup',
    notYetSynced: 'Pode ser sincronizada, mas ainda não tem backup',
    keptBy: (provider, what) => `Guardada em ${provider}. ${what}`,
    notUsedYet: (created) => `Criada ${created}, ainda não usada`,
    lastUsed: (created, used) => `Criada ${created}, último uso ${used}`,
    needsUsername: 'Precisa do seu nome de usuário: digite-o primeiro ao entrar com esta.',
    maybeCopied: (noticed) =>
      `Talvez tenha sido copiada: dois dispositivos parecem usá-la (percebido ${noticed}). Exclua-a e crie uma nova.`,
    only: 'Esta é sua única chave de acesso: sem ela você não conseguiria entrar. Adicione outra primeiro.',
    rename: { button: 'Renomear', accessibleName: (name) => `Renomear ${name}` },
    upgrade: { button: 'Atualizar', accessibleName: (name) => `Atualizar ${name}` },
    delete: { button: 'Excluir', accessibleName: (name) => `Excluir ${name}` },
  },

  signInTo: (name) => `Entrar em ${name}`,
  onDate: (date) => `em ${date}`,

  sessions: {
    unknownBrowser: 'Um navegador',
    here: 'Este navegador',
    lastSeen: (seen, since) => `Último uso ${seen}, conectado ${since}`,
    from: (network) => `Da rede ${network}`,
    withPasskey: (name) => `Com a chave de acesso ${name}`,
    withCode: 'Com um código',
    end: { button: 'Desconectar', accessibleName: (name) => `Desconectar ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `Último uso ${last}, primeiro ${first}`,
    disconnect: {
      button: 'Desvincular',
      accessibleName: (name) => `Desvincular ${name}`,
      sure: (name) => `Desvincular ${name}? Ele não conhecerá mais você até que entre lá de novo.`,
    },
  },

  codes: {
    none: 'Você não tem nenhum. Com um código você entra mesmo se perder todas as suas chaves de acesso.',
    unused: (count) =>
      counted(count, { one: 'Você tem # código não usado.', other: 'Você tem # códigos não usados.' }),
    unusedSince: (count, made) =>
      counted(count, {
        one: `Você tem # código não usado, criado ${made}.`,
        other: `Você tem # códigos não usados, criados ${made}.`,
      }),
    few: 'Crie novos antes que acabem.',
    title: (site, account) => `Códigos de recuperação de ${site}, ${account}`,
    each: 'Cada um vale uma vez.',
    fileName: 'codigos-de-recuperacao.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'Não há conta com esse nome. Confira a grafia ou crie uma conta.',
    'session.mfa.webauthn_verification_not_found':
      'Esta conta ainda não tem chave de acesso aqui, por isso não pode entrar com uma.',
    'session.mfa.webauthn_verification_failed':
      'Essa chave de acesso não foi aceita. Tente novamente ou use outra.',
    'session.mfa.pending_info_not_found': 'Demorou demais, ou houve tentativas demais. Comece de novo.',
    'session.mfa.invalid_recovery_code':
      'Esse nome e esse código não combinam, ou o código já foi usado. Confira ambos ou use outro código.',
    'verification_code.code_mismatch': 'Esse não é o código que foi enviado. Só o mais recente vale.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'Outra conta está agora conectada neste navegador. Nada foi mudado.',
    'session.identity_conflict':
      'Essa chave de acesso pertence a outra conta. Escolha uma desta conta ou entre pelo botão de chaves de acesso.',
    'session.mfa.webauthn_credential_already_in_use':
      'Essa chave de acesso já está registrada. Entre com ela.',
    'session.verification_required':
      'Já faz um tempo que você entrou. Saia, entre novamente e então faça isto.',
    'session.passkey_required': 'Use uma das suas chaves de acesso para fazer isto.',
    'user.address_proof_required':
      'Prove primeiro que é possível contactar você aí, com um código que lhe é enviado.',
    'recovery.second_code_required':
      'Este site pede dois códigos: um que você guardou e um que é enviado a você.',
    'application.not_found': 'Esse aplicativo não está mais conectado. Recarregue a página.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found':
      'Nenhum aplicativo espera por você aqui. Comece de novo a partir do aplicativo.',
    'session.not_found': 'Esse navegador já foi desconectado. Recarregue a página.',
    'user.username_already_in_use': 'Esse nome de usuário já existe. Escolha outro ou entre.',
    'user.username_not_allowed':
      'Esse nome de usuário não pode ser usado: parece outro nome ou um endereço, ou não tem a forma que este site pede. Escolha outro.',
    'user.email_already_in_use': 'Já há uma conta com esse e-mail. Entre nela.',
    'user.phone_already_in_use': 'Já há uma conta com esse número de telefone. Entre nela.',
    'user.identifier_already_in_use': 'Outra conta já tem isso. Use outro ou entre.',
    'user.suspended': 'Esta conta está suspensa. Fale com os responsáveis por este site.',
    'user.too_many_passkeys':
      'Esta conta já tem todas as chaves de acesso que pode ter. Exclua uma que você não usa mais.',
    'user.last_passkey': 'Esta é sua única chave de acesso. Adicione outra antes de excluí-la.',
    'passkey.not_found': 'Essa chave de acesso já não existe. Recarregue a página.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found': 'Esse link já foi usado ou expirou. Peça um novo a quem administra este site.',
    'sign_up.closed': 'Ninguém pode criar uma conta aqui. Peça uma a quem administra este site.',
    'sign_up.invitation_required':
      'Aqui só é possível criar uma conta com um convite. Abra o link que você recebeu ou peça um a quem administra este site.',
    'invitation.not_found': 'Esse convite já foi usado ou terminou. Peça um novo a quem convidou você.',
    'administrator.link_not_found':
      'Esse link já foi usado ou expirou. Peça um novo a quem administra este site.',
    'recovery.channel_not_available':
      'Este site não pode enviar códigos. Use um dos seus códigos de recuperação.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Esta página não tem permissão para entrar aqui.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Tentativas demais. Aguarde um minuto e tente novamente.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Seu navegador envia cookies demais. Exclua os deste site e tente novamente.',
    'auth.unauthorized': 'Você saiu. Entre novamente.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable':
      'Não conseguimos acessar nosso banco de dados agora. Tente novamente em instantes.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey: 'Essa chave de acesso não é conhecida aqui: foi excluída ou é de outro site. Use outra.',
  noConnection: 'O servidor não responde. Confira sua conexão e tente novamente.',
  waitSeconds: (seconds) => wait(counted(seconds, { one: '# segundo', other: '# segundos' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: '# minuto', other: '# minutos' })),
  waitHours: (hours) => wait(counted(hours, { one: '# hora', other: '# horas' })),

  unsupported: {
    'insecure-origin': 'Chaves de acesso precisam de uma página segura: abra esta por https ou em localhost.',
    'no-webauthn': 'Este navegador não aceita chaves de acesso. Atualize-o ou use outro.',
  },

  browserProblems: {
    notMade: 'Nenhuma chave de acesso foi criada: foi cancelado ou demorou demais. Tente de novo.',
    NotAllowedError:
      'Nada aconteceu: foi cancelado, demorou demais, ou este dispositivo não tem chave de acesso para esta conta. Tente novamente.',
    AbortError: 'Foi interrompido. Tente novamente.',
    InvalidStateError:
      'Este dispositivo já tem uma chave de acesso para esta conta. Entre com ela ou use outro dispositivo.',
    NotSupportedError: 'Este dispositivo não consegue criar uma chave de acesso do tipo necessário aqui.',
    ConstraintError:
      'Este dispositivo não consegue verificar que é você. Configure um bloqueio de tela ou use outro dispositivo.',
    SecurityError: 'As chaves de acesso daqui não são para este endereço. Confira o endereço da página.',
  },
});

export default portuguese;

export const provider: ProviderTexts = {
  errorTitle: 'Não deu certo',
  errorHow:
    'O pedido do aplicativo não pôde ser atendido. Volte ao aplicativo e comece de novo. Se não adiantar, informe ao suporte dele o que está abaixo.',
  errorId: 'Para o suporte:',
  signOutTitle: 'Sair?',
  signOutHow: 'Você sairá daqui e dos aplicativos em que entrou a partir deste navegador.',
  signOut: 'Sair',
  staySignedIn: 'Continuar conectado',
  signedOutTitle: 'Você saiu',
  signedOutHow: 'Você pode fechar esta página.',
  deviceTitle: 'Conectar um dispositivo',
  deviceHow: 'Digite o código que seu dispositivo mostra.',
  deviceWrong: 'Esse código não é conhecido ou é antigo demais. Olhe seu dispositivo e tente novamente.',
  deviceCode: 'Código',
  continueOn: 'Continuar',
  deviceConfirmTitle: 'Entrar em {name} em um dispositivo?',
  deviceConfirmHow:
    'Somente se seu dispositivo mostrar este código e estiver diante de você. Quem tiver o dispositivo entrará como você.',
  allow: 'Permitir',
  refuse: 'Recusar',
  deviceDoneTitle: 'Seu dispositivo está conectado',
  deviceDoneHow: '{name} continua por si só. Você pode fechar esta página.',
  terms: 'Termos',
  privacy: 'Privacidade',
};

export const messages: MessageTexts = {
  codeSubject: 'Seu código para {name}',
  codeHow: 'Digite este código em {site}. Ele vale uma vez, por 10 minutos.',
  codeNotYou: 'Você não pediu um código? Ignore esta mensagem e não dê o código a ninguém.',
  invitationSubject: 'Você recebeu um convite para {name}',
  invitationHow: 'Você pode criar uma conta em {site}. Este link vale uma vez:',
  noticeNotYou: 'Não foi você? Veja sua conta imediatamente:',
  'passkey-added': 'Uma chave de acesso foi adicionada à sua conta.',
  'passkey-deleted': 'Uma chave de acesso da sua conta foi excluída.',
  'recovery-codes-created': 'Sua conta tem novos códigos de recuperação. Os anteriores não valem mais.',
  'recovery-link-created': 'Os responsáveis por este site criaram um link que devolve você à sua conta.',
  'account-recovered': 'Alguém entrou na sua conta com um código em vez de uma chave de acesso.',
  'addresses-changed': 'Os endereços da sua conta foram alterados.',
  'account-claimed':
    'Alguém confirmou um endereço da sua conta: quem estava nela foi desconectado, e as chaves de acesso e os códigos foram excluídos.',
  'passkey-maybe-copied': 'Uma chave de acesso da sua conta pode ter sido copiada. Exclua-a e crie outra.',
  'sessions-ended': 'Sua conta foi desconectada em outros dispositivos.',
  'account-suspended': 'Sua conta foi suspensa.',
  'account-restored': 'Sua conta não está mais suspensa.',
  'account-deleted': 'Sua conta foi excluída.',
};
