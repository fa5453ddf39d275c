import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'サーバー側で問題が発生しました。しばらくしてからもう一度お試しください。';
const TOO_LATE = '時間がかかりすぎました。最初からやり直してください。';
const OUR_MISTAKE =
  'このページから正しくない内容が送信されました。再読み込みしてから、もう一度お試しください。';
const NO_IDENTIFIER = 'ユーザー名、メールアドレス、または国番号付きの電話番号として認識できません。';
const wait = (time: string) => `試行回数が多すぎます。${time}待ってから、もう一度お試しください。`;

const japanese = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: '言語',
    signIn: 'ログイン',
    signInHow: '指紋、顔、または画面ロックを使います。パスワードは不要です。',
    identifier: 'ユーザー名、メールまたは電話番号',
    continue: '続ける',
    continueHow: 'パスキーが表示されない場合は、先にユーザー名などを入力してください。',
    or: 'または',
    signInWithPasskey: 'パスキーでログイン',
    newHere: '初めてご利用ですか？',
    createAccount: 'アカウントを作成',
    lostPasskeys: 'パスキーをなくしましたか？',

    createAccountHow: 'お使いのデバイスがパスキーを作成し、安全に保管します。覚えておくものはありません。',
    createPasskey: 'パスキーを作成',
    haveAccount: 'アカウントをお持ちですか？',

    recover: 'アクセスを回復',
    recoverHow: 'パスキーの代わりにコードを使います。その後、このデバイスで新しいパスキーを作成します。',
    recoveryLinkHow: 'このリンクで一度だけ入れます。その後、このデバイスで新しいパスキーを作成します。',
    recoveryCode: '回復コード',
    recoveryCodeHint: '保存してある回復コードの一つです。それぞれ一度だけ使えます。',
    sendCode: 'コードを送信',
    sentCode: '届いたコード',
    sentCodeHint: '10分間有効です。',
    sendAnotherCode: '別のコードを送信',
    backToSignIn: 'ログインに戻る',

    consentHow: 'アカウントページでいつでも取り消せます。',
    allow: '許可',
    refuse: '拒否',

    account: 'アカウント',
    signOut: 'ログアウト',
    administration: '管理',
    nextSteps: '締め出されないために',
    nextStepsHow: 'リカバリーコードを保存し、2 台目のデバイスのパスキーを追加してください。',
    offer: 'このデバイスでパスキーを作成',
    declineOffer: '後で',
    passkeys: 'パスキー',
    passkeysHint: 'どのパスキーでもログインできます。まだパスキーがないデバイスごとに追加してください。',
    addPasskey: 'パスキーを追加',
    recoveryCodes: '回復コード',
    createRecoveryCodes: '回復コードを作成',
    applications: '連携中のアプリ',
    applicationsHint: 'このアカウントであなたを認識しています。',
    sessions: 'ログイン中の場所',
    sessionsHint: '心当たりのないものはログアウトさせ、そのログインに使われたパスキーを削除してください。',
    endOtherSessions: 'ほかのすべてからログアウト',

    renamePasskey: 'このパスキーの名前を変更',
    name: '名前',
    save: '保存',
    cancel: 'キャンセル',

    replaceCodes: '新しい回復コードを作成しますか？',
    replaceCodesMeans: '今お持ちのコードは使えなくなります。',
    createNewCodes: '新しいコードを作成',
    keepCodes: '今のコードを残す',

    yourRecoveryCodes: '回復コード',
    yourRecoveryCodesHint:
      'このデバイスがなくても見つけられる場所に保管してください。それぞれ一度だけ使えます。再び表示されることはなく、以前のコードは使えなくなります。',
    copy: 'コピー',
    download: 'ダウンロード',
    print: '印刷',
    codesSaved: '保存しました',

    deletePasskey: 'このパスキーを削除しますか？',
    deletePasskeyMeans:
      'ここでのログインには使えなくなります。デバイスからも削除するまで、デバイスには表示されることがあります。',
    delete: '削除',
    keepPasskey: '残す',

    notFound: 'このページはありません',
    notFoundHow: 'アドレスを確認するか、アカウントに進んでください。',

    remove: '削除',
    events: 'これまでの出来事',
    eventsHint: 'このアカウントのログイン、拒否、変更を新しい順に表示します。',
    showEvents: '出来事を表示',
    showEarlierEvents: '以前のものを表示',
    deletion: 'アカウントの終了',
    deletionHint: '削除したアカウントは誰にも元に戻せません。',
    deleteAccount: 'アカウントを削除',
    deleteAccountSure: 'アカウントを削除しますか？',
    deleteAccountMeans:
      '名前と連絡先、パスキー、回復コード、ログイン、アプリへの許可がすべて完全に削除されます。パスキーで確認してください。',
    keepAccount: 'アカウントを残す',
  },

  missing: {
    countryCode: '電話番号は + と国番号から入力してください。',
    identifier: NO_IDENTIFIER,
    recoveryCode: '回復コードの一つを入力するか、コードを送信してください。',
    sentCode: '届いたコードを入力してください。',
    newIdentifier: '新しいものを入力してください。',
  },

  authorization: {
    continueTo: (name) => `${name} に進みます`,
    terms: '利用規約',
    privacy: 'プライバシー',
    mayIt: (name) => `あなたが誰であるかを ${name} に知らせますか？`,
    scopes: {
      openid: '次回のアクセス時にあなたを認識する',
      profile: '名前を見る',
      email: 'メールアドレスを見る',
      phone: '電話番号を見る',
      groups: '所属するグループを見る',
      offline_access: '不在の間もアクセスを続ける',
    },
    otherScope: (scope) => `「${scope}」を使う`,
  },

  news: {
    confirmSignIn:
      'ブラウザーがパスキーを求めています。スマートフォンにある場合は、別のデバイスを選び、表示されたコードをスマートフォンで読み取ってください。',
    confirmCreation: 'ブラウザーがパスキーを作成します。指紋、顔、または画面ロックで確認してください。',
    signingIn: 'ログインしています…',
    stepUp: 'お持ちのパスキーで本人確認をしてください…',
    codeSent: 'このアカウントにメールアドレスか電話番号が登録されていれば、そちらにコードを送信しました。',
    savedCodeToo: '確認できました。このサイトでは、保存してある回復コードも必要です。',
    otherAccount: (name) =>
      `現在このブラウザーには ${name} がログインしています。このページでは何も変更していません。`,
    passkeyReady: '新しいパスキーを使えるようになりました。',
    passkeyReadyToName: '新しいパスキーを使えるようになりました。見分けやすい名前を付けてください。',
    passkeyMade: 'パスキーを作成しました。次回からはこのパスキーでログインしてください。',
    renamed: (name) => `名前を「${name}」に変更しました。`,
    deleted: (name) => `「${name}」を削除しました。`,
    sessionEnded: (name) => `「${name}」をログアウトさせました。`,
    otherSessionsEnded: 'ほかのすべてからログアウトしました。',
    disconnected: (name) => `「${name}」との連携を解除しました。`,
    copied: 'コピーしました。',
    notCopied: 'このブラウザーではコピーできません。ダウンロードするか、印刷してください。',
    accountChanged: '保存しました。',
    addressCodeSent: (address) => `${address} にコードを送信しました。ここに入力するまで何も変わりません。`,
    accountDeleted:
      'アカウントを削除しました。デバイスに残っているパスキーは、デバイス側でも削除するまで表示されることがあります。',
  },

  identifiers: { username: 'ユーザー名', email: 'メール', phone: '電話番号' },
  proved: (address) => `${address}（確認済み）`,
  notProved: (address) => `${address}（未確認）`,

  identifierChange: {
    none: '未登録',
    change: { button: '変更', accessibleName: (name) => `変更：${name}` },
    add: { button: '追加', accessibleName: (name) => `追加：${name}` },
    labels: {
      username: '新しいユーザー名',
      email: '新しいメールアドレス',
      phone: '新しい電話番号（国番号付き）',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'このユーザー名は使われています。別のものを選んでください。',
    'user.email_already_in_use': 'このメールアドレスは別のアカウントのものです。',
    'user.phone_already_in_use': 'この電話番号は別のアカウントのものです。',
    'recovery.channel_not_available': 'このサイトはそこにコードを送信できません。',
  },

  events: {
    changed: (members) => `変更：${members}`,
    otherMember: 'その他の情報',
    byOthers: 'このサイトの運営者による操作',
    unknown: 'その他',
    types: {
      'authentication.succeeded': 'パスキーが使われました',
      'authentication.failed': 'パスキーが拒否されました',
      'step-up.succeeded': 'パスキーで確認しました',
      'step-up.failed': '確認が拒否されました',
      'registration.succeeded': '新しいパスキーが作成されました',
      'registration.failed': '新しいパスキーが拒否されました',
      'identification.failed': 'ログインが完了しませんでした',
      'user.registered': 'アカウントを作成',
      'user.created': 'アカウントを作成',
      'user.changed': 'アカウントを変更',
      'user.suspended': 'アカウントを停止',
      'user.restored': '停止を解除',
      'user.signed-in': 'ログイン',
      'user.signed-out': 'ログアウト',
      'session.ended': '別の場所でログアウト',
      'passkey.added': 'パスキーを追加',
      'passkey.imported': '別のシステムからパスキーを移行',
      'passkey.renamed': 'パスキーの名前を変更',
      'passkey.deleted': 'パスキーを削除',
      'passkey.clone-suspected': 'パスキーがコピーされた可能性',
      'limit.reached': '試行回数の超過',
      'administrator.added': '管理者になりました',
      'administrator.removed': '管理者ではなくなりました',
      'recovery-codes.created': '新しい回復コード',
      'user.address-proved': '連絡先を確認',
      'user.claimed': '連絡先を確認した人にアカウントを引き渡し',
      'recovery.requested': '回復用コードの要求',
      'recovery-link.created': '回復用のリンクを作成',
      'recovery.succeeded': 'コードで回復',
      'recovery.failed': '回復用コードの拒否',
      'address.requested': '新しい連絡先にコードを送信',
      'address.succeeded': '新しい連絡先を確認',
      'address.failed': '新しい連絡先のコードを拒否',
      'token.issued': 'アプリにアクセスを許可',
      'token.refused': 'アプリのアクセスを拒否',
      'token.revoked': 'アプリのアクセスが終了',
      'authorization.refused': 'アプリの要求を拒否',
      'group.members-changed': 'グループを変更',
    },
  },

  offer: {
    recovered:
      'コードでログインしました。今すぐ新しいパスキーを作成すれば、次回からコードは不要です。なくしたパスキーは削除できます。',
    elsewhere:
      '別のデバイスのパスキーでログインしました。このデバイスにもパスキーがあれば、すぐにログインできます。',
  },

  passkey: {
    inUse: '現在このパスキーでサインインしています。',
    unnamed: 'パスキー',
    onOneDevice: '1台のデバイスだけにあり、そのデバイスをなくすと失われます',
    synced: '同期済み：ほかのデバイスでも使え、バックアップもあります',
    notYetSynced: '同期できますが、まだバックアップされていません',
    keptBy: (provider, what) => `保管先：${provider}。${what}`,
    notUsedYet: (created) => `作成：${created}、まだ使われていません`,
    lastUsed: (created, used) => `作成：${created}、最終使用：${used}`,
    needsUsername: 'ユーザー名が必要です。このパスキーでログインするときは、先に入力してください。',
    maybeCopied: (noticed) =>
      `コピーされた可能性があります。2台のデバイスで使われているようです（検出：${noticed}）。削除して、新しいパスキーを作成してください。`,
    only: 'これは唯一のパスキーです。なくなるとログインできません。先に別のパスキーを追加してください。',
    rename: { button: '名前を変更', accessibleName: (name) => `${name} の名前を変更` },
    upgrade: { button: 'アップグレード', accessibleName: (name) => `${name} をアップグレード` },
    delete: { button: '削除', accessibleName: (name) => `${name} を削除` },
  },

  signInTo: (name) => `${name} にログイン`,
  onDate: (date) => date,

  sessions: {
    unknownBrowser: 'ブラウザー',
    here: 'このブラウザー',
    lastSeen: (seen, since) => `最終使用：${seen}、ログイン：${since}`,
    from: (network) => `ネットワーク：${network}`,
    withPasskey: (name) => `パスキー「${name}」を使用`,
    withCode: 'コードを使用',
    end: { button: 'ログアウト', accessibleName: (name) => `${name} をログアウト` },
  },

  applications: {
    lastUsed: (last, first) => `最終使用：${last}、初回：${first}`,
    disconnect: {
      button: '連携を解除',
      accessibleName: (name) => `${name} との連携を解除`,
      sure: (name) =>
        `${name} との連携を解除しますか？もう一度そちらでログインするまで、あなたを認識しなくなります。`,
    },
  },

  codes: {
    none: '回復コードはありません。コードがあれば、すべてのパスキーをなくしてもログインできます。',
    unused: (count) => counted(count, { other: '未使用のコードが#個あります。' }),
    unusedSince: (count, made) => counted(count, { other: `未使用のコードが#個あります（作成：${made}）。` }),
    few: 'なくなる前に新しいコードを作成してください。',
    title: (site, account) => `${site} の回復コード（${account}）`,
    each: 'それぞれ一度だけ使えます。',
    fileName: 'recovery-codes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist':
      'その名前のアカウントはありません。入力内容を確認するか、アカウントを作成してください。',
    'session.mfa.webauthn_verification_not_found':
      'このアカウントにはまだパスキーがないため、パスキーでログインできません。',
    'session.mfa.webauthn_verification_failed':
      'そのパスキーは受け付けられませんでした。もう一度試すか、別のパスキーを使ってください。',
    'session.mfa.pending_info_not_found':
      '時間がかかりすぎたか、試行回数が多すぎます。最初からやり直してください。',
    'session.mfa.invalid_recovery_code':
      '名前とコードが一致しないか、コードが使用済みです。両方を確認するか、別のコードを使ってください。',
    'verification_code.code_mismatch': '送信されたコードと違います。最新のコードだけが使えます。',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch':
      '現在このブラウザーには別のアカウントがログインしています。何も変更されていません。',
    'session.identity_conflict':
      'そのパスキーは別のアカウントのものです。このアカウントのパスキーを選ぶか、パスキーのボタンからログインしてください。',
    'session.mfa.webauthn_credential_already_in_use':
      'そのパスキーは登録済みです。そのパスキーでログインしてください。',
    'session.verification_required':
      'ログインしてから時間がたっています。いったんログアウトし、ログインし直してから操作してください。',
    'session.passkey_required': 'この操作にはパスキーを使ってください。',
    'user.address_proof_required': '先に、送信されるコードで、そこに連絡できることを証明してください。',
    'recovery.second_code_required':
      'このサイトでは2つのコードが必要です。保存してあるコードと、送信されるコードです。',
    'application.not_found': 'そのアプリとの連携は解除されています。ページを再読み込みしてください。',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'ここで待っているアプリはありません。アプリからやり直してください。',
    'session.not_found': 'そのブラウザーはすでにログアウトしています。ページを再読み込みしてください。',
    'user.username_already_in_use':
      'そのユーザー名は使われています。別の名前を選ぶか、ログインしてください。',
    'user.username_not_allowed':
      'そのユーザー名は使えません。別の名前やアドレスに似ているか、このサイトで求められる形式ではありません。別の名前を選んでください。',
    'user.email_already_in_use': 'そのメールアドレスのアカウントがすでにあります。ログインしてください。',
    'user.phone_already_in_use': 'その電話番号のアカウントがすでにあります。ログインしてください。',
    'user.identifier_already_in_use':
      '別のアカウントで使われています。別のものを使うか、ログインしてください。',
    'user.suspended': 'このアカウントは停止されています。サイトの運営者にお問い合わせください。',
    'user.too_many_passkeys':
      'このアカウントのパスキーは上限に達しています。使わないものを削除してください。',
    'user.last_passkey': 'これは唯一のパスキーです。削除する前に別のパスキーを追加してください。',
    'passkey.not_found': 'そのパスキーはすでにありません。ページを再読み込みしてください。',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'このリンクは使用済みか、期限が切れています。このサイトの管理者に新しいリンクを依頼してください。',
    'sign_up.closed': 'ここではアカウントを作成できません。このサイトの管理者に依頼してください。',
    'sign_up.invitation_required':
      'ここでアカウントを作成するには招待が必要です。受け取ったリンクを開くか、このサイトの管理者に依頼してください。',
    'invitation.not_found':
      'この招待は使用済みか、無効になっています。招待した人に新しい招待を依頼してください。',
    'administrator.link_not_found':
      'このリンクは使用済みか、期限が切れています。このサイトの管理者に新しいリンクを依頼してください。',
    'recovery.channel_not_available': 'このサイトではコードを送信できません。回復コードを使ってください。',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'このページからのログインは許可されていません。',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': '試行回数が多すぎます。1分待ってから、もう一度お試しください。',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'ブラウザーから送信されるCookieが多すぎます。このサイトのCookieを削除してから、もう一度お試しください。',
    'auth.unauthorized': 'ログアウトしています。もう一度ログインしてください。',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': '現在データベースに接続できません。しばらくしてからもう一度お試しください。',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    'そのパスキーはここでは使えません。削除されたか、別のサイトのものです。別のパスキーを使ってください。',
  noConnection: 'サーバーが応答しません。接続を確認してから、もう一度お試しください。',
  waitSeconds: (seconds) => wait(counted(seconds, { other: '#秒' })),
  waitMinutes: (minutes) => wait(counted(minutes, { other: '#分' })),
  waitHours: (hours) => wait(counted(hours, { other: '#時間' })),

  unsupported: {
    'insecure-origin': 'パスキーには安全なページが必要です。https または localhost で開いてください。',
    'no-webauthn': 'このブラウザーではパスキーを使えません。更新するか、別のブラウザーを使ってください。',
  },

  browserProblems: {
    notMade:
      'パスキーは作成されませんでした。キャンセルされたか、時間がかかりすぎました。もう一度お試しください。',
    NotAllowedError:
      '何も行われませんでした。キャンセルされたか、時間がかかりすぎたか、このデバイスにこのアカウントのパスキーがありません。もう一度お試しください。',
    AbortError: '中断されました。もう一度お試しください。',
    InvalidStateError:
      'このデバイスにはすでにこのアカウントのパスキーがあります。そのパスキーでログインするか、別のデバイスを使ってください。',
    NotSupportedError: 'このデバイスでは、ここで必要な種類のパスキーを作成できません。',
    ConstraintError:
      'このデバイスでは本人確認ができません。画面ロックを設定するか、別のデバイスを使ってください。',
    SecurityError: 'このアドレスでは、このサイトのパスキーを使えません。ページのアドレスを確認してください。',
  },
});

export default japanese;

export const provider: ProviderTexts = {
  errorTitle: 'うまくいきませんでした',
  errorHow:
    'アプリからの要求に応答できませんでした。アプリに戻ってやり直してください。それでも解決しない場合は、以下の内容をアプリのサポートにお伝えください。',
  errorId: 'サポート用：',
  signOutTitle: 'ログアウトしますか？',
  signOutHow: 'ここと、このブラウザーからログインしたアプリからログアウトします。',
  signOut: 'ログアウト',
  staySignedIn: 'ログインしたままにする',
  signedOutTitle: 'ログアウトしました',
  signedOutHow: 'このページは閉じてかまいません。',
  deviceTitle: 'デバイスを接続',
  deviceHow: 'デバイスに表示されているコードを入力してください。',
  deviceWrong: 'そのコードは無効か、期限切れです。デバイスを確認して、もう一度お試しください。',
  deviceCode: 'コード',
  continueOn: '続ける',
  deviceConfirmTitle: 'デバイスで {name} にログインしますか？',
  deviceConfirmHow:
    'このコードが表示されたデバイスが目の前にある場合だけ続けてください。そのデバイスを持つ人が、あなたとしてログインします。',
  allow: '許可',
  refuse: '拒否',
  deviceDoneTitle: 'デバイスでログインしました',
  deviceDoneHow: '{name} は自動的に続きます。このページは閉じてかまいません。',
  terms: '利用規約',
  privacy: 'プライバシー',
};

export const messages: MessageTexts = {
  codeSubject: '{name} のコード',
  codeHow: '{site} でこのコードを入力してください。10分間、1回だけ有効です。',
  codeNotYou: '心当たりがない場合は、このメッセージを無視し、コードを誰にも教えないでください。',
  invitationSubject: '{name} への招待',
  invitationHow: '{site} でアカウントを作成できます。このリンクは1回だけ有効です：',
  noticeNotYou: '心当たりがない場合は、すぐにアカウントを確認してください：',
  'passkey-added': 'アカウントにパスキーが追加されました。',
  'passkey-deleted': 'アカウントのパスキーが削除されました。',
  'recovery-codes-created': '新しい回復コードが作成されました。以前のコードは使えません。',
  'recovery-link-created': 'このサイトの運営者が、アカウントに戻るためのリンクを作成しました。',
  'account-recovered': 'パスキーの代わりにコードでアカウントへのログインがありました。',
  'addresses-changed': 'アカウントの連絡先が変更されました。',
  'account-claimed':
    'アカウントの連絡先が確認されました。それまでのログインは終了し、パスキーとコードは削除されました。',
  'passkey-maybe-copied':
    'アカウントのパスキーがコピーされた可能性があります。削除して新しいものを作成してください。',
  'sessions-ended': 'ほかのデバイスでアカウントからログアウトしました。',
  'account-suspended': 'アカウントが停止されました。',
  'account-restored': 'アカウントの停止が解除されました。',
  'account-deleted': 'アカウントが削除されました。',
};
