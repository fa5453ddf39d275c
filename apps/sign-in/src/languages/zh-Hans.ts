import type { Formats } from '../texts/formats';
import type { Messages, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = '我们这边出了点问题。请稍后重试。';
const TOO_LATE = '用时过长。请重新开始。';
const OUR_MISTAKE = '此页面发送了错误的内容。请重新加载后重试。';
const NO_IDENTIFIER = '这不像是用户名、电子邮件地址或带国家/地区代码的电话号码。';
const wait = (time: string) => `尝试次数过多。请等待 ${time}后重试。`;

const simplifiedChinese = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: '语言',
    signIn: '登录',
    signInHow: '使用指纹、面容或屏幕锁。无需密码。',
    identifier: '用户名、电子邮件或电话',
    continue: '继续',
    continueHow: '如果没有自动显示您的通行密钥，请先输入您的用户名等信息。',
    or: '或',
    signInWithPasskey: '使用通行密钥登录',
    newHere: '第一次来？',
    createAccount: '创建账号',
    lostPasskeys: '丢失了通行密钥？',

    createAccountHow: '您的设备会为您创建通行密钥并安全保管。您无需记住任何东西。',
    createPasskey: '创建通行密钥',
    haveAccount: '已有账号？',

    recover: '恢复访问',
    recoverHow: '用代码代替通行密钥。之后您将在此设备上创建新的通行密钥。',
    recoveryCode: '恢复代码',
    recoveryCodeHint: '您保存的代码之一。每个只能使用一次。',
    sendCode: '给我发送代码',
    sentCode: '发送给您的代码',
    sentCodeHint: '10 分钟内有效。',
    sendAnotherCode: '再发送一个代码',
    backToSignIn: '返回登录',

    consentHow: '您可以随时在账号页面撤回。',
    allow: '允许',
    refuse: '拒绝',

    account: '您的账号',
    signOut: '退出登录',
    nextSteps: '避免无法登录',
    nextStepsHow: '请保存恢复代码，并添加第二台设备的通行密钥。',
    offer: '在此设备上创建通行密钥',
    declineOffer: '以后再说',
    passkeys: '通行密钥',
    passkeysHint: '每个都可用来登录。请为还没有通行密钥的每台设备添加一个。',
    addPasskey: '添加通行密钥',
    recoveryCodes: '恢复代码',
    createRecoveryCodes: '创建恢复代码',
    applications: '已关联的应用',
    applicationsHint: '它们通过此账号认识您。',
    sessions: '您登录的位置',
    sessionsHint: '退出您不认识的登录，并删除其所用的通行密钥。',
    endOtherSessions: '退出其他所有登录',

    renamePasskey: '重命名此通行密钥',
    name: '名称',
    save: '保存',
    cancel: '取消',

    replaceCodes: '创建新的恢复代码？',
    replaceCodesMeans: '您现有的代码将失效。',
    createNewCodes: '创建新代码',
    keepCodes: '保留旧代码',

    yourRecoveryCodes: '您的恢复代码',
    yourRecoveryCodesHint:
      '请保存在没有此设备时也能找到的地方。每个代码可登录一次。代码不会再次显示，之前的代码已失效。',
    copy: '复制',
    download: '下载',
    print: '打印',
    codesSaved: '我已保存',

    deletePasskey: '删除此通行密钥？',
    deletePasskeyMeans: '您将无法再用它在此登录。在您从设备上移除之前，设备上可能仍会显示它。',
    delete: '删除',
    keepPasskey: '保留',

    notFound: '没有此页面',
    notFoundHow: '请检查网址，或前往您的账号。',
  },

  missing: {
    countryCode: '电话号码请以 + 和国家/地区代码开头。',
    identifier: NO_IDENTIFIER,
    recoveryCode: '请输入您的一个恢复代码，或让我们给您发送代码。',
    sentCode: '请输入发送给您的代码。',
  },

  authorization: {
    continueTo: (name) => `以继续前往 ${name}`,
    terms: '条款',
    privacy: '隐私',
    mayIt: (name) => `允许 ${name} 知道您是谁吗？`,
    scopes: {
      openid: '在您再次到来时认出您',
      profile: '查看您的姓名',
      email: '查看您的电子邮件地址',
      phone: '查看您的电话号码',
      groups: '查看您所在的群组',
      offline_access: '在您离开时保持访问权限',
    },
    otherScope: (scope) => `使用“${scope}”`,
  },

  news: {
    confirmSignIn: '浏览器正在请求您的通行密钥。它在手机上吗？请选择其他设备，然后用手机扫描代码。',
    confirmCreation: '浏览器正在创建通行密钥：请用指纹、面容或屏幕锁定确认。',
    signingIn: '正在登录…',
    stepUp: '请用您的一个通行密钥确认是您本人…',
    codeSent: '如果此账号有电子邮件地址或电话号码，代码正在发送途中。',
    savedCodeToo: '正确。本网站还需要您保存的一个恢复代码。',
    otherAccount: (name) => `此浏览器现在登录的是 ${name}。此页面未作任何更改。`,
    passkeyReady: '您的新通行密钥已就绪。',
    passkeyReadyToName: '您的新通行密钥已就绪。请为它取一个便于识别的名称。',
    passkeyMade: '已为您创建通行密钥。下次请用它登录。',
    renamed: (name) => `已重命名为 ${name}。`,
    deleted: (name) => `${name} 已删除。`,
    sessionEnded: (name) => `${name} 已退出登录。`,
    otherSessionsEnded: '您已退出其他所有登录。',
    disconnected: (name) => `${name} 已取消关联。`,
    copied: '已复制。',
    notCopied: '您的浏览器不允许在此复制。请下载或打印代码。',
  },

  identifiers: { username: '用户名', email: '电子邮件', phone: '电话' },
  proved: (address) => `${address}（已验证）`,
  notProved: (address) => `${address}（尚未验证）`,

  offer: {
    recovered: '您是用代码登录的。现在创建新的通行密钥，下次就不需要代码了。您可以删除已丢失的通行密钥。',
    elsewhere: '您是用另一台设备的通行密钥登录的。此设备有了自己的通行密钥，就能立即登录。',
  },

  passkey: {
    inUse: '您当前正用它登录。',
    unnamed: '通行密钥',
    onOneDevice: '仅存于一台设备：设备丢失则密钥丢失',
    synced: '已同步：在您的其他设备上也可使用，且已备份',
    notYetSynced: '可以同步，但尚未备份',
    keptBy: (provider, what) => `由 ${provider} 保管。${what}`,
    notUsedYet: (created) => `创建于 ${created}，尚未使用`,
    lastUsed: (created, used) => `创建于 ${created}，上次使用 ${used}`,
    needsUsername: '需要您的用户名：用它登录时请先输入用户名。',
    maybeCopied: (noticed) => `它可能已被复制：似乎有两台设备在使用（发现于 ${noticed}）。请删除并创建新的。`,
    only: '这是您唯一的通行密钥：没有它您将无法登录。请先添加另一个。',
    rename: { button: '重命名', accessibleName: (name) => `重命名 ${name}` },
    upgrade: { button: '升级', accessibleName: (name) => `升级 ${name}` },
    delete: { button: '删除', accessibleName: (name) => `删除 ${name}` },
  },

  onDate: (date) => date,

  sessions: {
    unknownBrowser: '浏览器',
    here: '此浏览器',
    lastSeen: (seen, since) => `上次使用 ${seen}，登录于 ${since}`,
    from: (network) => `来自网络 ${network}`,
    withPasskey: (name) => `使用通行密钥 ${name}`,
    withCode: '使用代码',
    end: { button: '退出登录', accessibleName: (name) => `退出 ${name} 的登录` },
  },

  applications: {
    lastUsed: (last, first) => `上次使用 ${last}，首次使用 ${first}`,
    disconnect: {
      button: '取消关联',
      accessibleName: (name) => `取消关联 ${name}`,
      sure: (name) => `取消关联 ${name}？在您再次登录之前，它将不再认识您。`,
    },
  },

  codes: {
    none: '您没有恢复代码。有了代码，即使丢失所有通行密钥也能登录。',
    unused: (count) => counted(count, { other: '您有 # 个未使用的代码。' }),
    unusedSince: (count, made) => counted(count, { other: `您有 # 个未使用的代码，创建于 ${made}。` }),
    few: '请在用完之前创建新代码。',
    title: (site, account) => `${site} 的恢复代码，${account}`,
    each: '每个只能使用一次。',
    fileName: 'recovery-codes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': '没有使用该名称的账号。请检查拼写，或创建账号。',
    'session.mfa.webauthn_verification_not_found': '此账号在这里还没有通行密钥，因此无法用其登录。',
    'session.mfa.webauthn_verification_failed': '该通行密钥未被接受。请重试，或使用另一个。',
    'session.mfa.pending_info_not_found': '用时过长或尝试次数过多。请重新开始。',
    'session.mfa.invalid_recovery_code': '名称与代码不匹配，或代码已被使用。请检查两者，或使用其他代码。',
    'verification_code.code_mismatch': '这不是所发送的代码。只有最新的代码有效。',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': '此浏览器现在登录的是另一个账号。未作任何更改。',
    'session.identity_conflict': '该通行密钥属于另一个账号。请选择此账号的通行密钥，或用通行密钥按钮登录。',
    'session.mfa.webauthn_credential_already_in_use': '该通行密钥已注册。请用它登录。',
    'session.verification_required': '您登录已有一段时间。请退出后重新登录，再进行此操作。',
    'session.passkey_required': '请使用您的一个通行密钥进行此操作。',
    'user.address_proof_required': '请先通过发送给您的验证码证明您可以在那里收到消息。',
    'recovery.second_code_required': '本网站需要两个代码：一个是您保存的，一个是发送给您的。',
    'application.not_found': '该应用已不再关联。请重新加载页面。',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': '这里没有应用在等您。请从应用重新开始。',
    'session.not_found': '该浏览器已退出登录。请重新加载页面。',
    'user.username_already_in_use': '该用户名已被占用。请另选一个，或登录。',
    'user.username_not_allowed':
      '该用户名不可使用：它与其他名称或地址相似，或不符合本网站要求的格式。请另选一个。',
    'user.email_already_in_use': '已有使用该电子邮件地址的账号。请直接登录。',
    'user.phone_already_in_use': '已有使用该电话号码的账号。请直接登录。',
    'user.suspended': '此账号已被停用。请联系本网站的管理者。',
    'user.too_many_passkeys': '此账号的通行密钥数量已达上限。请删除一个不再使用的。',
    'user.last_passkey': '这是您唯一的通行密钥。请先添加另一个再删除。',
    'passkey.not_found': '该通行密钥已不存在。请重新加载页面。',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.channel_not_available': '本网站无法发送代码。请使用您的一个恢复代码。',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': '不允许此页面在这里登录。',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': '尝试次数过多。请等待一分钟后重试。',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large': '您的浏览器发送的 Cookie 过多。请删除本网站的 Cookie 后重试。',
    'auth.unauthorized': '您已退出登录。请重新登录。',
    'server.internal_error': TRY_AGAIN,
    'database.unavailable': '目前无法连接我们的数据库。请稍后重试。',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey: '这里不认识该通行密钥：它已被删除，或属于其他网站。请使用另一个。',
  noConnection: '服务器没有响应。请检查网络连接后重试。',
  waitSeconds: (seconds) => wait(counted(seconds, { other: '# 秒' })),
  waitMinutes: (minutes) => wait(counted(minutes, { other: '# 分钟' })),
  waitHours: (hours) => wait(counted(hours, { other: '# 小时' })),

  unsupported: {
    'insecure-origin': '通行密钥需要安全的页面：请通过 https 或在 localhost 上打开。',
    'no-webauthn': '此浏览器不支持通行密钥。请更新，或使用其他浏览器。',
  },

  browserProblems: {
    notMade: '未创建通行密钥：操作已取消或耗时过长。请重试。',
    NotAllowedError: '没有完成：操作被取消、用时过长，或此设备没有此账号的通行密钥。请重试。',
    AbortError: '操作已停止。请重试。',
    InvalidStateError: '此设备已有此账号的通行密钥。请用它登录，或使用其他设备。',
    NotSupportedError: '此设备无法创建这里所需类型的通行密钥。',
    ConstraintError: '此设备无法确认是您本人。请设置屏幕锁，或使用其他设备。',
    SecurityError: '这里的通行密钥不适用于此网址。请检查页面的网址。',
  },
});

export default simplifiedChinese;

export const provider: ProviderTexts = {
  errorTitle: '未能成功',
  errorHow: '无法响应应用的请求。请返回应用重新开始。如果仍无效，请将以下内容告知该应用的支持人员。',
  errorId: '供支持人员使用：',
  signOutTitle: '退出登录？',
  signOutHow: '您将在此退出登录，并退出您用此浏览器登录的应用。',
  signOut: '退出登录',
  staySignedIn: '保持登录',
  signedOutTitle: '您已退出登录',
  signedOutHow: '您可以关闭此页面。',
  deviceTitle: '连接设备',
  deviceHow: '请输入您的设备显示的代码。',
  deviceWrong: '该代码无效或已过期。请查看您的设备后重试。',
  deviceCode: '代码',
  continueOn: '继续',
  deviceConfirmTitle: '在设备上登录 {name}？',
  deviceConfirmHow: '仅当您的设备显示此代码且就在您面前时才继续。持有该设备的人将以您的身份登录。',
  allow: '允许',
  refuse: '拒绝',
  deviceDoneTitle: '您的设备已登录',
  deviceDoneHow: '{name} 会自动继续。您可以关闭此页面。',
};
