import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = '서버에 문제가 발생했습니다. 잠시 후 다시 시도하세요.';
const TOO_LATE = '시간이 너무 오래 걸렸습니다. 처음부터 다시 시작하세요.';
const OUR_MISTAKE = '이 페이지에서 잘못된 내용을 보냈습니다. 새로고침한 후 다시 시도하세요.';
const NO_IDENTIFIER = '사용자 이름, 이메일 주소 또는 국가 번호가 있는 전화번호가 아닌 것 같습니다.';
const wait = (time: string) => `시도 횟수가 너무 많습니다. ${time} 기다린 후 다시 시도하세요.`;

const korean = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: '언어',
    signIn: '로그인',
    signInHow: '지문, 얼굴 또는 화면 잠금을 사용하세요. 비밀번호가 필요 없습니다.',
    identifier: '사용자 이름, 이메일 또는 전화번호',
    continue: '계속',
    continueHow: '패스키가 자동으로 표시되지 않으면 먼저 사용자 이름 등을 입력하세요.',
    or: '또는',
    signInWithPasskey: '패스키로 로그인',
    newHere: '처음이신가요?',
    createAccount: '계정 만들기',
    lostPasskeys: '패스키를 잃어버리셨나요?',

    createAccountHow: '기기에서 패스키를 만들어 안전하게 보관합니다. 기억할 것이 없습니다.',
    createPasskey: '패스키 만들기',
    haveAccount: '계정이 있으신가요?',

    recover: '접근 권한 복구',
    recoverHow: '패스키 대신 코드를 사용합니다. 그런 다음 이 기기에서 새 패스키를 만듭니다.',
    recoveryLinkHow: '이 링크로 한 번 들어갈 수 있습니다. 그런 다음 이 기기에서 새 패스키를 만듭니다.',
    recoveryCode: '복구 코드',
    recoveryCodeHint: '저장해 둔 코드 중 하나입니다. 각각 한 번만 사용할 수 있습니다.',
    sendCode: '코드 받기',
    sentCode: '전송된 코드',
    sentCodeHint: '10분 동안 유효합니다.',
    sendAnotherCode: '다른 코드 보내기',
    backToSignIn: '로그인으로 돌아가기',

    consentHow: '계정 페이지에서 언제든지 취소할 수 있습니다.',
    allow: '허용',
    refuse: '거부',

    account: '내 계정',
    signOut: '로그아웃',
    administration: '관리',
    nextSteps: '계정에 항상 들어올 수 있도록',
    nextStepsHow: '복구 코드를 저장하고 두 번째 기기의 패스키를 추가하세요.',
    offer: '이 기기에서 패스키 만들기',
    declineOffer: '나중에',
    passkeys: '패스키',
    passkeysHint: '어느 것으로든 로그인할 수 있습니다. 패스키가 없는 기기마다 하나씩 추가하세요.',
    addPasskey: '패스키 추가',
    recoveryCodes: '복구 코드',
    createRecoveryCodes: '복구 코드 만들기',
    applications: '연결된 앱',
    applicationsHint: '이 계정으로 회원님을 알아봅니다.',
    sessions: '로그인한 위치',
    sessionsHint: '모르는 곳은 로그아웃하고, 그 로그인에 사용된 패스키를 삭제하세요.',
    endOtherSessions: '다른 모든 곳에서 로그아웃',

    renamePasskey: '이 패스키의 이름 변경',
    name: '이름',
    save: '저장',
    cancel: '취소',

    replaceCodes: '새 복구 코드를 만드시겠습니까?',
    replaceCodesMeans: '지금 가지고 있는 코드는 더 이상 사용할 수 없게 됩니다.',
    createNewCodes: '새 코드 만들기',
    keepCodes: '기존 코드 유지',

    yourRecoveryCodes: '복구 코드',
    yourRecoveryCodesHint:
      '이 기기가 없어도 찾을 수 있는 곳에 보관하세요. 각 코드로 한 번 로그인할 수 있습니다. 다시 표시되지 않으며 이전 코드는 더 이상 사용할 수 없습니다.',
    copy: '복사',
    download: '다운로드',
    print: '인쇄',
    codesSaved: '저장했습니다',

    deletePasskey: '이 패스키를 삭제하시겠습니까?',
    deletePasskeyMeans:
      '더 이상 여기에서 로그인할 수 없습니다. 기기에서도 삭제할 때까지 기기에 계속 보일 수 있습니다.',
    delete: '삭제',
    keepPasskey: '유지',

    notFound: '페이지가 없습니다',
    notFoundHow: '주소를 확인하거나 계정으로 이동하세요.',

    remove: '제거',
    events: '지난 활동',
    eventsHint: '이 계정의 로그인, 거부, 변경 내역을 최신순으로 보여 줍니다.',
    showEvents: '지난 활동 보기',
    showEarlierEvents: '이전 활동 보기',
    deletion: '계정 종료',
    deletionHint: '삭제된 계정은 누구도 되돌릴 수 없습니다.',
    deleteAccount: '계정 삭제',
    deleteAccountSure: '계정을 삭제하시겠습니까?',
    deleteAccountMeans:
      '이름과 주소, 패스키, 복구 코드, 로그인, 앱에 허용한 내용이 모두 영구히 삭제됩니다. 패스키로 확인하세요.',
    keepAccount: '계정 유지',
  },

  missing: {
    countryCode: '전화번호는 +와 국가 번호로 시작하세요.',
    identifier: NO_IDENTIFIER,
    recoveryCode: '복구 코드 중 하나를 입력하거나 코드를 받으세요.',
    sentCode: '전송된 코드를 입력하세요.',
    newIdentifier: '먼저 새 값을 입력하세요.',
  },

  authorization: {
    continueTo: (name) => `${name}(으)로 계속`,
    terms: '약관',
    privacy: '개인정보 보호',
    mayIt: (name) => `${name}에 회원님이 누구인지 알리시겠습니까?`,
    scopes: {
      openid: '다시 방문할 때 회원님을 알아보기',
      profile: '이름 보기',
      email: '이메일 주소 보기',
      phone: '전화번호 보기',
      groups: '속한 그룹 보기',
      offline_access: '부재 중에도 접근 권한 유지',
    },
    otherScope: (scope) => `‘${scope}’ 사용`,
  },

  news: {
    confirmSignIn:
      '브라우저가 패스키를 요청합니다. 휴대전화에 있다면 다른 기기를 선택하고 표시된 코드를 휴대전화로 스캔하세요.',
    confirmCreation: '브라우저가 패스키를 만듭니다. 지문, 얼굴 또는 화면 잠금으로 확인하세요.',
    signingIn: '로그인하는 중…',
    stepUp: '패스키로 본인임을 확인하세요…',
    codeSent: '이 계정에 이메일 주소나 전화번호가 있으면 그곳으로 코드를 보냈습니다.',
    savedCodeToo: '확인되었습니다. 이 사이트는 저장해 둔 복구 코드도 요구합니다.',
    otherAccount: (name) =>
      `지금 이 브라우저에는 ${name} 계정이 로그인되어 있습니다. 이 페이지에서 변경된 것은 없습니다.`,
    passkeyReady: '새 패스키가 준비되었습니다.',
    passkeyReadyToName: '새 패스키가 준비되었습니다. 알아보기 쉬운 이름을 지정하세요.',
    passkeyMade: '패스키를 만들었습니다. 다음에는 이 패스키로 로그인하세요.',
    renamed: (name) => `이름을 ${name}(으)로 변경했습니다.`,
    deleted: (name) => `${name}을(를) 삭제했습니다.`,
    sessionEnded: (name) => `${name}을(를) 로그아웃했습니다.`,
    otherSessionsEnded: '다른 모든 곳에서 로그아웃했습니다.',
    disconnected: (name) => `${name}의 연결을 해제했습니다.`,
    copied: '복사했습니다.',
    notCopied: '브라우저에서 복사를 허용하지 않습니다. 다운로드하거나 인쇄하세요.',
    accountChanged: '저장했습니다.',
    addressCodeSent: (address) =>
      `${address}(으)로 코드를 보냈습니다. 여기에 입력할 때까지 아무것도 바뀌지 않습니다.`,
    accountDeleted: '계정이 삭제되었습니다. 기기에서도 제거할 때까지 패스키가 기기에 계속 보일 수 있습니다.',
  },

  identifiers: { username: '사용자 이름', email: '이메일', phone: '전화번호' },
  proved: (address) => `${address} (확인됨)`,
  notProved: (address) => `${address} (아직 확인되지 않음)`,

  identifierChange: {
    none: '아직 없음',
    change: { button: '변경', accessibleName: (name) => `변경: ${name}` },
    add: { button: '추가', accessibleName: (name) => `추가: ${name}` },
    labels: { username: '새 사용자 이름', email: '새 이메일 주소', phone: '새 전화번호(국가 번호 포함)' },
  },
  accountProblems: {
    'user.username_already_in_use': '이미 사용 중인 사용자 이름입니다. 다른 이름을 선택하세요.',
    'user.email_already_in_use': '다른 계정이 그 이메일 주소를 사용하고 있습니다.',
    'user.phone_already_in_use': '다른 계정이 그 전화번호를 사용하고 있습니다.',
    'recovery.channel_not_available': '이 사이트는 그곳으로 코드를 보낼 수 없습니다.',
  },

  events: {
    changed: (members) => `변경됨: ${members}`,
    otherMember: '기타 정보',
    byOthers: '사이트 운영자가 실행',
    unknown: '기타',
    types: {
      'authentication.succeeded': '패스키가 사용됨',
      'authentication.failed': '패스키가 거부됨',
      'step-up.succeeded': '패스키로 확인함',
      'step-up.failed': '확인이 거부됨',
      'registration.succeeded': '새 패스키가 생성됨',
      'registration.failed': '새 패스키가 거부됨',
      'identification.failed': '로그인이 완료되지 않음',
      'user.registered': '계정 생성됨',
      'user.created': '계정 생성됨',
      'user.changed': '계정 변경됨',
      'user.suspended': '계정 정지됨',
      'user.restored': '정지 해제됨',
      'user.signed-in': '로그인함',
      'user.signed-out': '로그아웃함',
      'session.ended': '다른 곳에서 로그아웃함',
      'passkey.added': '패스키 추가됨',
      'passkey.imported': '다른 시스템에서 패스키를 가져옴',
      'passkey.renamed': '패스키 이름 변경됨',
      'passkey.deleted': '패스키 삭제됨',
      'passkey.clone-suspected': '패스키가 복제되었을 수 있음',
      'limit.reached': '시도가 너무 많음',
      'administrator.added': '관리자가 되었습니다',
      'administrator.removed': '더 이상 관리자가 아닙니다',
      'recovery-codes.created': '새 복구 코드',
      'user.address-proved': '주소 확인됨',
      'user.claimed': '주소를 확인한 사람에게 계정이 넘어감',
      'recovery.requested': '복구용 코드가 요청됨',
      'recovery-link.created': '복구용 링크가 생성됨',
      'recovery.succeeded': '코드로 복구함',
      'recovery.failed': '복구용 코드가 거부됨',
      'address.requested': '새 주소로 코드를 보냄',
      'address.succeeded': '새 주소 확인됨',
      'address.failed': '새 주소의 코드가 거부됨',
      'token.issued': '앱에 접근이 허용됨',
      'token.refused': '앱의 접근이 거부됨',
      'token.revoked': '앱의 접근이 종료됨',
      'authorization.refused': '앱의 요청이 거부됨',
      'group.members-changed': '그룹 변경됨',
    },
  },

  offer: {
    recovered:
      '코드로 로그인했습니다. 지금 새 패스키를 만들면 다음에는 코드가 필요 없습니다. 잃어버린 패스키는 삭제할 수 있습니다.',
    elsewhere: '다른 기기의 패스키로 로그인했습니다. 이 기기에 패스키가 있으면 바로 로그인할 수 있습니다.',
  },

  passkey: {
    inUse: '지금 이 패스키로 로그인되어 있습니다.',
    unnamed: '패스키',
    onOneDevice: '한 기기에만 있음: 기기를 잃으면 함께 사라집니다',
    synced: '동기화됨: 다른 기기에서도 사용할 수 있고 백업되어 있습니다',
    notYetSynced: '동기화할 수 있지만 아직 백업되지 않았습니다',
    keptBy: (provider, what) => `보관: ${provider}. ${what}`,
    notUsedYet: (created) => `생성: ${created}, 아직 사용 안 함`,
    lastUsed: (created, used) => `생성: ${created}, 마지막 사용: ${used}`,
    needsUsername: '사용자 이름이 필요합니다. 이 패스키로 로그인할 때는 먼저 입력하세요.',
    maybeCopied: (noticed) =>
      `복사되었을 수 있습니다. 두 기기에서 사용하는 것 같습니다(발견: ${noticed}). 삭제하고 새로 만드세요.`,
    only: '유일한 패스키입니다. 없으면 로그인할 수 없습니다. 먼저 다른 패스키를 추가하세요.',
    rename: { button: '이름 변경', accessibleName: (name) => `${name} 이름 변경` },
    upgrade: { button: '업그레이드', accessibleName: (name) => `${name} 업그레이드` },
    delete: { button: '삭제', accessibleName: (name) => `${name} 삭제` },
  },

  signInTo: (name) => `${name}에 로그인`,
  onDate: (date) => date,

  sessions: {
    unknownBrowser: '브라우저',
    here: '이 브라우저',
    lastSeen: (seen, since) => `마지막 사용: ${seen}, 로그인: ${since}`,
    from: (network) => `네트워크: ${network}`,
    withPasskey: (name) => `패스키 사용: ${name}`,
    withCode: '코드 사용',
    end: { button: '로그아웃', accessibleName: (name) => `${name} 로그아웃` },
  },

  applications: {
    lastUsed: (last, first) => `마지막 사용: ${last}, 처음: ${first}`,
    disconnect: {
      button: '연결 해제',
      accessibleName: (name) => `${name} 연결 해제`,
      sure: (name) => `${name}의 연결을 해제하시겠습니까? 다시 로그인할 때까지 회원님을 알아보지 못합니다.`,
    },
  },

  codes: {
    none: '코드가 없습니다. 코드가 있으면 모든 패스키를 잃어버려도 로그인할 수 있습니다.',
    unused: (count) => counted(count, { other: '사용하지 않은 코드가 #개 있습니다.' }),
    unusedSince: (count, made) =>
      counted(count, { other: `사용하지 않은 코드가 #개 있습니다(생성: ${made}).` }),
    few: '다 쓰기 전에 새 코드를 만드세요.',
    title: (site, account) => `${site} 복구 코드, ${account}`,
    each: '각각 한 번만 사용할 수 있습니다.',
    fileName: 'recovery-codes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': '해당 이름의 계정이 없습니다. 철자를 확인하거나 계정을 만드세요.',
    'session.mfa.webauthn_verification_not_found':
      '이 계정에는 아직 패스키가 없어 패스키로 로그인할 수 없습니다.',
    'session.mfa.webauthn_verification_failed':
      '패스키가 승인되지 않았습니다. 다시 시도하거나 다른 패스키를 사용하세요.',
    'session.mfa.pending_info_not_found':
      '시간이 너무 오래 걸렸거나 시도 횟수가 너무 많습니다. 처음부터 다시 시작하세요.',
    'session.mfa.invalid_recovery_code':
      '이름과 코드가 맞지 않거나 이미 사용한 코드입니다. 둘 다 확인하거나 다른 코드를 사용하세요.',
    'verification_code.code_mismatch': '전송된 코드가 아닙니다. 가장 최근 코드만 사용할 수 있습니다.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': '지금 이 브라우저에는 다른 계정이 로그인되어 있습니다. 변경된 것은 없습니다.',
    'session.identity_conflict':
      '다른 계정의 패스키입니다. 이 계정의 패스키를 선택하거나 패스키 버튼으로 로그인하세요.',
    'session.mfa.webauthn_credential_already_in_use': '이미 등록된 패스키입니다. 그 패스키로 로그인하세요.',
    'session.verification_required':
      '로그인한 지 시간이 지났습니다. 로그아웃했다가 다시 로그인한 후 진행하세요.',
    'session.passkey_required': '이 작업에는 패스키를 사용하세요.',
    'user.address_proof_required': '먼저 그곳으로 연락이 닿는다는 것을 전송되는 코드로 증명하세요.',
    'recovery.second_code_required':
      '이 사이트는 두 개의 코드를 요구합니다. 저장해 둔 코드와 전송되는 코드입니다.',
    'application.not_found': '더 이상 연결되어 있지 않은 앱입니다. 페이지를 새로고침하세요.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': '여기에서 기다리는 앱이 없습니다. 앱에서 다시 시작하세요.',
    'session.not_found': '이미 로그아웃된 브라우저입니다. 페이지를 새로고침하세요.',
    'user.username_already_in_use': '이미 사용 중인 사용자 이름입니다. 다른 이름을 선택하거나 로그인하세요.',
    'user.username_not_allowed':
      '사용할 수 없는 사용자 이름입니다. 다른 이름이나 주소와 비슷하거나 이 사이트가 요구하는 형식이 아닙니다. 다른 이름을 선택하세요.',
    'user.email_already_in_use': '이 이메일 주소를 사용하는 계정이 있습니다. 로그인하세요.',
    'user.phone_already_in_use': '이 전화번호를 사용하는 계정이 있습니다. 로그인하세요.',
    'user.identifier_already_in_use':
      '다른 계정에서 이미 사용하고 있습니다. 다른 것을 사용하거나 로그인하세요.',
    'user.suspended': '정지된 계정입니다. 사이트 운영자에게 문의하세요.',
    'user.too_many_passkeys':
      '이 계정의 패스키 수가 한도에 도달했습니다. 더 이상 사용하지 않는 패스키를 삭제하세요.',
    'user.last_passkey': '유일한 패스키입니다. 삭제하기 전에 다른 패스키를 추가하세요.',
    'passkey.not_found': '이미 없는 패스키입니다. 페이지를 새로고침하세요.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      '이미 사용했거나 만료된 링크입니다. 이 사이트의 운영자에게 새 링크를 요청하세요.',
    'sign_up.closed': '여기서는 계정을 만들 수 없습니다. 이 사이트의 운영자에게 요청하세요.',
    'sign_up.invitation_required':
      '여기서는 초대를 받아야 계정을 만들 수 있습니다. 받은 링크를 열거나 이 사이트의 운영자에게 요청하세요.',
    'invitation.not_found':
      '이미 사용했거나 더 이상 유효하지 않은 초대입니다. 초대한 사람에게 새 초대를 요청하세요.',
    'administrator.link_not_found':
      '이미 사용했거나 만료된 링크입니다. 이 사이트의 운영자에게 새 링크를 요청하세요.',
    'recovery.channel_not_available': '이 사이트는 코드를 보낼 수 없습니다. 복구 코드를 사용하세요.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': '이 페이지에서는 여기에 로그인할 수 없습니다.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': '시도 횟수가 너무 많습니다. 1분 기다린 후 다시 시도하세요.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      '브라우저가 쿠키를 너무 많이 보냅니다. 이 사이트의 쿠키를 삭제한 후 다시 시도하세요.',
    'auth.unauthorized': '로그아웃되었습니다. 다시 로그인하세요.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': '지금 데이터베이스에 연결할 수 없습니다. 잠시 후 다시 시도하세요.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    '여기에서 알 수 없는 패스키입니다. 삭제되었거나 다른 사이트의 패스키입니다. 다른 패스키를 사용하세요.',
  noConnection: '서버가 응답하지 않습니다. 연결을 확인한 후 다시 시도하세요.',
  waitSeconds: (seconds) => wait(counted(seconds, { other: '#초' })),
  waitMinutes: (minutes) => wait(counted(minutes, { other: '#분' })),
  waitHours: (hours) => wait(counted(hours, { other: '#시간' })),

  unsupported: {
    'insecure-origin': '패스키에는 안전한 페이지가 필요합니다. https 또는 localhost로 여세요.',
    'no-webauthn':
      '이 브라우저에서는 패스키를 사용할 수 없습니다. 업데이트하거나 다른 브라우저를 사용하세요.',
  },

  browserProblems: {
    notMade: '패스키가 만들어지지 않았습니다. 취소되었거나 시간이 너무 오래 걸렸습니다. 다시 시도하세요.',
    NotAllowedError:
      '아무 일도 일어나지 않았습니다. 취소되었거나, 시간이 너무 오래 걸렸거나, 이 기기에 이 계정의 패스키가 없습니다. 다시 시도하세요.',
    AbortError: '중단되었습니다. 다시 시도하세요.',
    InvalidStateError:
      '이 기기에는 이미 이 계정의 패스키가 있습니다. 그 패스키로 로그인하거나 다른 기기를 사용하세요.',
    NotSupportedError: '이 기기에서는 여기에 필요한 종류의 패스키를 만들 수 없습니다.',
    ConstraintError:
      '이 기기에서는 본인 확인을 할 수 없습니다. 화면 잠금을 설정하거나 다른 기기를 사용하세요.',
    SecurityError: '이곳의 패스키는 이 주소용이 아닙니다. 페이지 주소를 확인하세요.',
  },
});

export default korean;

export const provider: ProviderTexts = {
  errorTitle: '완료하지 못했습니다',
  errorHow:
    '앱의 요청에 응답할 수 없습니다. 앱으로 돌아가 다시 시작하세요. 그래도 해결되지 않으면 아래 내용을 앱 지원팀에 알려 주세요.',
  errorId: '지원팀용:',
  signOutTitle: '로그아웃하시겠습니까?',
  signOutHow: '여기와 이 브라우저에서 로그인한 앱에서 로그아웃됩니다.',
  signOut: '로그아웃',
  staySignedIn: '로그인 유지',
  signedOutTitle: '로그아웃되었습니다',
  signedOutHow: '이 페이지를 닫아도 됩니다.',
  deviceTitle: '기기 연결',
  deviceHow: '기기에 표시된 코드를 입력하세요.',
  deviceWrong: '알 수 없거나 너무 오래된 코드입니다. 기기를 확인하고 다시 시도하세요.',
  deviceCode: '코드',
  continueOn: '계속',
  deviceConfirmTitle: '기기에서 {name}에 로그인하시겠습니까?',
  deviceConfirmHow:
    '기기에 이 코드가 표시되고 기기가 앞에 있을 때만 계속하세요. 기기를 가진 사람이 회원님으로 로그인됩니다.',
  allow: '허용',
  refuse: '거부',
  deviceDoneTitle: '기기에 로그인되었습니다',
  deviceDoneHow: '{name}이(가) 자동으로 계속됩니다. 이 페이지를 닫아도 됩니다.',
  terms: '약관',
  privacy: '개인정보 보호',
};

export const messages: MessageTexts = {
  codeSubject: '{name} 코드',
  codeHow: '{site}에서 이 코드를 입력하세요. 10분 동안 한 번만 사용할 수 있습니다.',
  codeNotYou: '요청하지 않으셨다면 이 메시지를 무시하고 누구에게도 코드를 알려 주지 마세요.',
  invitationSubject: '{name}에 초대되었습니다',
  invitationHow: '{site}에서 계정을 만들 수 있습니다. 이 링크는 한 번만 사용할 수 있습니다:',
  noticeNotYou: '본인이 아니라면 바로 계정을 확인하세요:',
  'passkey-added': '계정에 패스키가 추가되었습니다.',
  'passkey-deleted': '계정의 패스키가 삭제되었습니다.',
  'recovery-codes-created': '계정에 새 복구 코드가 생겼습니다. 이전 코드는 더 이상 사용할 수 없습니다.',
  'recovery-link-created': '사이트 운영자가 계정으로 돌아갈 수 있는 링크를 만들었습니다.',
  'account-recovered': '누군가 패스키 대신 코드로 계정에 들어왔습니다.',
  'addresses-changed': '계정의 주소가 변경되었습니다.',
  'account-claimed':
    '누군가 계정의 주소를 확인했습니다. 기존 로그인은 종료되고 패스키와 코드는 삭제되었습니다.',
  'passkey-maybe-copied': '계정의 패스키가 복제되었을 수 있습니다. 삭제하고 새로 만드세요.',
  'sessions-ended': '다른 기기에서 계정이 로그아웃되었습니다.',
  'account-suspended': '계정이 정지되었습니다.',
  'account-restored': '계정 정지가 해제되었습니다.',
  'account-deleted': '계정이 삭제되었습니다.',
};
