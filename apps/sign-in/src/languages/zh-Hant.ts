import type { Formats } from '../texts/formats';
import type { Messages, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = '我們這邊出了點問題。請稍後重試。';
const TOO_LATE = '用時過長。請重新開始。';
const OUR_MISTAKE = '此頁面傳送了錯誤的內容。請重新載入後重試。';
const NO_IDENTIFIER = '這不像是使用者名稱、電子郵件地址或帶國家/地區代碼的電話號碼。';
const wait = (time: string) => `嘗試次數過多。請等待 ${time}後重試。`;

const traditionalChinese = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: '語言',
    signIn: '登入',
    signInHow: '使用指紋、臉部或螢幕鎖定。無需密碼。',
    identifier: '使用者名稱、電子郵件或電話',
    continue: '繼續',
    continueHow: '如果沒有自動顯示您的密碼金鑰，請先輸入您的使用者名稱等資訊。',
    or: '或',
    signInWithPasskey: '使用密碼金鑰登入',
    newHere: '第一次來？',
    createAccount: '建立帳號',
    lostPasskeys: '遺失了密碼金鑰？',

    createAccountHow: '您的裝置會為您建立密碼金鑰並安全保管。您無需記住任何東西。',
    createPasskey: '建立密碼金鑰',
    haveAccount: '已有帳號？',

    recover: '恢復存取',
    recoverHow: '用代碼代替密碼金鑰。之後您將在此裝置上建立新的密碼金鑰。',
    recoveryLinkHow: '此連結可讓您進入一次。之後您將在此裝置上建立新的密碼金鑰。',
    recoveryCode: '復原代碼',
    recoveryCodeHint: '您儲存的代碼之一。每個只能使用一次。',
    sendCode: '給我傳送代碼',
    sentCode: '傳送給您的代碼',
    sentCodeHint: '10 分鐘內有效。',
    sendAnotherCode: '再傳送一個代碼',
    backToSignIn: '返回登入',

    consentHow: '您可以隨時在帳號頁面撤回。',
    allow: '允許',
    refuse: '拒絕',

    account: '您的帳號',
    signOut: '登出',
    nextSteps: '避免無法登入',
    nextStepsHow: '請儲存復原碼，並新增第二部裝置的密碼金鑰。',
    offer: '在此裝置上建立密碼金鑰',
    declineOffer: '以後再說',
    passkeys: '密碼金鑰',
    passkeysHint: '每個都可用來登入。請為還沒有密碼金鑰的每部裝置新增一個。',
    addPasskey: '新增密碼金鑰',
    recoveryCodes: '復原代碼',
    createRecoveryCodes: '建立復原代碼',
    applications: '已連結的應用程式',
    applicationsHint: '它們透過此帳號認識您。',
    sessions: '您登入的位置',
    sessionsHint: '登出您不認識的登入，並刪除其所用的密碼金鑰。',
    endOtherSessions: '登出其他所有登入',

    renamePasskey: '重新命名此密碼金鑰',
    name: '名稱',
    save: '儲存',
    cancel: '取消',

    replaceCodes: '建立新的復原代碼？',
    replaceCodesMeans: '您現有的代碼將失效。',
    createNewCodes: '建立新代碼',
    keepCodes: '保留舊代碼',

    yourRecoveryCodes: '您的復原代碼',
    yourRecoveryCodesHint:
      '請儲存在沒有此裝置時也能找到的地方。每個代碼可登入一次。代碼不會再次顯示，之前的代碼已失效。',
    copy: '複製',
    download: '下載',
    print: '列印',
    codesSaved: '我已儲存',

    deletePasskey: '刪除此密碼金鑰？',
    deletePasskeyMeans: '您將無法再用它在此登入。在您從裝置上移除之前，裝置上可能仍會顯示它。',
    delete: '刪除',
    keepPasskey: '保留',

    notFound: '沒有此頁面',
    notFoundHow: '請檢查網址，或前往您的帳號。',
  },

  missing: {
    countryCode: '電話號碼請以 + 和國碼開頭。',
    identifier: NO_IDENTIFIER,
    recoveryCode: '請輸入您的一個復原代碼，或讓我們給您傳送代碼。',
    sentCode: '請輸入傳送給您的代碼。',
  },

  authorization: {
    continueTo: (name) => `以繼續前往 ${name}`,
    terms: '條款',
    privacy: '隱私權',
    mayIt: (name) => `允許 ${name} 知道您是誰嗎？`,
    scopes: {
      openid: '在您再次到來時認出您',
      profile: '查看您的姓名',
      email: '查看您的電子郵件地址',
      phone: '查看您的電話號碼',
      groups: '查看您所在的群組',
      offline_access: '在您離開時保持存取權限',
    },
    otherScope: (scope) => `使用「${scope}」`,
  },

  news: {
    confirmSignIn: '瀏覽器正在要求您的密碼金鑰。它在手機上嗎？請選擇其他裝置，然後用手機掃描代碼。',
    confirmCreation: '瀏覽器正在建立密碼金鑰：請用指紋、臉部或螢幕鎖定確認。',
    signingIn: '正在登入…',
    stepUp: '請用您的一個密碼金鑰確認是您本人…',
    codeSent: '如果此帳號有電子郵件地址或電話號碼，代碼正在傳送途中。',
    savedCodeToo: '正確。本網站還需要您儲存的一個復原代碼。',
    otherAccount: (name) => `此瀏覽器現在登入的是 ${name}。此頁面未作任何更改。`,
    passkeyReady: '您的新密碼金鑰已就緒。',
    passkeyReadyToName: '您的新密碼金鑰已就緒。請為它取一個便於識別的名稱。',
    passkeyMade: '已為您建立密碼金鑰。下次請用它登入。',
    renamed: (name) => `已重新命名為 ${name}。`,
    deleted: (name) => `${name} 已刪除。`,
    sessionEnded: (name) => `${name} 已登出。`,
    otherSessionsEnded: '您已登出其他所有登入。',
    disconnected: (name) => `${name} 已取消連結。`,
    copied: '已複製。',
    notCopied: '您的瀏覽器不允許在此複製。請下載或列印代碼。',
  },

  identifiers: { username: '使用者名稱', email: '電子郵件', phone: '電話' },
  proved: (address) => `${address}（已驗證）`,
  notProved: (address) => `${address}（尚未驗證）`,

  offer: {
    recovered: '您是用代碼登入的。現在建立新的密碼金鑰，下次就不需要代碼了。您可以刪除已遺失的密碼金鑰。',
    elsewhere: '您是用另一部裝置的密碼金鑰登入的。此裝置有了自己的密碼金鑰，就能立即登入。',
  },

  passkey: {
    inUse: '您目前正用它登入。',
    unnamed: '密碼金鑰',
    onOneDevice: '僅存於一部裝置：裝置遺失則金鑰遺失',
    synced: '已同步：在您的其他裝置上也可使用，且已備份',
    notYetSynced: '可以同步，但尚未備份',
    keptBy: (provider, what) => `由 ${provider} 保管。${what}`,
    notUsedYet: (created) => `建立於 ${created}，尚未使用`,
    lastUsed: (created, used) => `建立於 ${created}，上次使用 ${used}`,
    needsUsername: '需要您的使用者名稱：用它登入時請先輸入使用者名稱。',
    maybeCopied: (noticed) => `它可能已被複製：似乎有兩部裝置在使用（發現於 ${noticed}）。請刪除並建立新的。`,
    only: '這是您唯一的密碼金鑰：沒有它您將無法登入。請先新增另一個。',
    rename: { button: '重新命名', accessibleName: (name) => `重新命名 ${name}` },
    upgrade: { button: '升級', accessibleName: (name) => `升級 ${name}` },
    delete: { button: '刪除', accessibleName: (name) => `刪除 ${name}` },
  },

  onDate: (date) => date,

  sessions: {
    unknownBrowser: '瀏覽器',
    here: '此瀏覽器',
    lastSeen: (seen, since) => `上次使用 ${seen}，登入於 ${since}`,
    from: (network) => `來自網路 ${network}`,
    withPasskey: (name) => `使用密碼金鑰 ${name}`,
    withCode: '使用代碼',
    end: { button: '登出', accessibleName: (name) => `登出 ${name} 的登入` },
  },

  applications: {
    lastUsed: (last, first) => `上次使用 ${last}，首次使用 ${first}`,
    disconnect: {
      button: '取消連結',
      accessibleName: (name) => `取消連結 ${name}`,
      sure: (name) => `取消連結 ${name}？在您再次登入之前，它將不再認識您。`,
    },
  },

  codes: {
    none: '您沒有復原代碼。有了代碼，即使遺失所有密碼金鑰也能登入。',
    unused: (count) => counted(count, { other: '您有 # 個未使用的代碼。' }),
    unusedSince: (count, made) => counted(count, { other: `您有 # 個未使用的代碼，建立於 ${made}。` }),
    few: '請在用完之前建立新代碼。',
    title: (site, account) => `${site} 的復原代碼，${account}`,
    each: '每個只能使用一次。',
    fileName: 'recovery-codes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': '沒有使用該名稱的帳號。請檢查拼寫，或建立帳號。',
    'session.mfa.webauthn_verification_not_found': '此帳號在這裡還沒有密碼金鑰，因此無法用其登入。',
    'session.mfa.webauthn_verification_failed': '該密碼金鑰未被接受。請重試，或使用另一個。',
    'session.mfa.pending_info_not_found': '用時過長或嘗試次數過多。請重新開始。',
    'session.mfa.invalid_recovery_code': '名稱與代碼不匹配，或代碼已被使用。請檢查兩者，或使用其他代碼。',
    'verification_code.code_mismatch': '這不是所傳送的代碼。只有最新的代碼有效。',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': '此瀏覽器現在登入的是另一個帳號。未作任何更改。',
    'session.identity_conflict': '該密碼金鑰屬於另一個帳號。請選擇此帳號的密碼金鑰，或用密碼金鑰按鈕登入。',
    'session.mfa.webauthn_credential_already_in_use': '該密碼金鑰已註冊。請用它登入。',
    'session.verification_required': '您登入已有一段時間。請登出後重新登入，再進行此操作。',
    'session.passkey_required': '請使用您的一個密碼金鑰進行此操作。',
    'user.address_proof_required': '請先透過傳送給您的驗證碼證明您可以在那裡收到訊息。',
    'recovery.second_code_required': '本網站需要兩個代碼：一個是您儲存的，一個是傳送給您的。',
    'application.not_found': '該應用程式已不再連結。請重新載入頁面。',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': '這裡沒有應用程式在等您。請從應用程式重新開始。',
    'session.not_found': '該瀏覽器已登出。請重新載入頁面。',
    'user.username_already_in_use': '該使用者名稱已被佔用。請另選一個，或登入。',
    'user.username_not_allowed':
      '該使用者名稱不可使用：它與其他名稱或地址相似，或不符合本網站要求的格式。請另選一個。',
    'user.email_already_in_use': '已有使用該電子郵件地址的帳號。請直接登入。',
    'user.phone_already_in_use': '已有使用該電話號碼的帳號。請直接登入。',
    'user.suspended': '此帳號已被停權。請聯系本網站的管理者。',
    'user.too_many_passkeys': '此帳號的密碼金鑰數量已達上限。請刪除一個不再使用的。',
    'user.last_passkey': '這是您唯一的密碼金鑰。請先新增另一個再刪除。',
    'passkey.not_found': '該密碼金鑰已不存在。請重新載入頁面。',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found': '該連結已被使用或已過期。請向本網站的管理者索取新連結。',
    'recovery.channel_not_available': '本網站無法傳送代碼。請使用您的一個復原代碼。',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': '不允許此頁面在這裡登入。',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': '嘗試次數過多。請等待一分鐘後重試。',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large': '您的瀏覽器傳送的 Cookie 過多。請刪除本網站的 Cookie 後重試。',
    'auth.unauthorized': '您已登出。請重新登入。',
    'server.internal_error': TRY_AGAIN,
    'database.unavailable': '目前無法連線我們的資料庫。請稍後重試。',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey: '這裡不認識該密碼金鑰：它已被刪除，或屬於其他網站。請使用另一個。',
  noConnection: '伺服器沒有回應。請檢查網路連線後重試。',
  waitSeconds: (seconds) => wait(counted(seconds, { other: '# 秒' })),
  waitMinutes: (minutes) => wait(counted(minutes, { other: '# 分鐘' })),
  waitHours: (hours) => wait(counted(hours, { other: '# 小時' })),

  unsupported: {
    'insecure-origin': '密碼金鑰需要安全的頁面：請透過 https 或在 localhost 上打開。',
    'no-webauthn': '此瀏覽器不支援密碼金鑰。請更新，或使用其他瀏覽器。',
  },

  browserProblems: {
    notMade: '未建立密碼金鑰：已取消或花費時間過長。請再試一次。',
    NotAllowedError: '沒有完成：操作被取消、用時過長，或此裝置沒有此帳號的密碼金鑰。請重試。',
    AbortError: '操作已停止。請重試。',
    InvalidStateError: '此裝置已有此帳號的密碼金鑰。請用它登入，或使用其他裝置。',
    NotSupportedError: '此裝置無法建立這裡所需類型的密碼金鑰。',
    ConstraintError: '此裝置無法確認是您本人。請設置螢幕鎖定，或使用其他裝置。',
    SecurityError: '這裡的密碼金鑰不適用於此網址。請檢查頁面的網址。',
  },
});

export default traditionalChinese;

export const provider: ProviderTexts = {
  errorTitle: '未能成功',
  errorHow:
    '無法回應應用程式的請求。請返回應用程式重新開始。如果仍無效，請將以下內容告知該應用程式的支援人員。',
  errorId: '供支援人員使用：',
  signOutTitle: '登出？',
  signOutHow: '您將在此登出，並登出您用此瀏覽器登入的應用程式。',
  signOut: '登出',
  staySignedIn: '保持登入',
  signedOutTitle: '您已登出',
  signedOutHow: '您可以關閉此頁面。',
  deviceTitle: '連線裝置',
  deviceHow: '請輸入您的裝置顯示的代碼。',
  deviceWrong: '該代碼無效或已過期。請查看您的裝置後重試。',
  deviceCode: '代碼',
  continueOn: '繼續',
  deviceConfirmTitle: '在裝置上登入 {name}？',
  deviceConfirmHow: '僅當您的裝置顯示此代碼且就在您面前時才繼續。持有該裝置的人將以您的身份登入。',
  allow: '允許',
  refuse: '拒絕',
  deviceDoneTitle: '您的裝置已登入',
  deviceDoneHow: '{name} 會自動繼續。您可以關閉此頁面。',
};
