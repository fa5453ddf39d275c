import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'حدث خطأ من جانبنا. حاول مرة أخرى بعد قليل.';
const TOO_LATE = 'استغرق ذلك وقتًا طويلاً. ابدأ من جديد.';
const OUR_MISTAKE = 'أرسلت هذه الصفحة شيئًا غير صحيح. أعد تحميلها ثم حاول مرة أخرى.';
const NO_IDENTIFIER = 'لا يبدو هذا اسم مستخدم أو عنوان بريد إلكتروني أو رقم هاتف مع رمز البلد.';
const wait = (time: string) => `محاولات كثيرة جدًا. انتظر ${time} ثم حاول مرة أخرى.`;

const arabic = ({ counted }: Formats): Messages => ({
  direction: 'rtl',

  page: {
    language: 'اللغة',
    signIn: 'تسجيل الدخول',
    signInHow: 'ببصمة إصبعك أو وجهك أو قفل الشاشة. من دون كلمة مرور.',
    identifier: 'اسم المستخدم أو البريد الإلكتروني أو الهاتف',
    continue: 'متابعة',
    continueHow: 'إذا لم يُعرض مفتاح المرور تلقائيًا: اكتب أولًا من أنت.',
    or: 'أو',
    signInWithPasskey: 'تسجيل الدخول بمفتاح مرور',
    newHere: 'هل أنت جديد هنا؟',
    createAccount: 'إنشاء حساب',
    lostPasskeys: 'هل فقدت مفاتيح المرور؟',

    createAccountHow: 'ينشئ جهازك مفتاح مرور لك ويحفظه بأمان. لا شيء عليك تذكّره.',
    createPasskey: 'إنشاء مفتاح مرور',
    haveAccount: 'هل لديك حساب؟',

    recover: 'استعادة الوصول',
    recoverHow: 'برمز بدلاً من مفتاح المرور. ثم تنشئ مفتاح مرور جديدًا على هذا الجهاز.',
    recoveryLinkHow: 'يتيح لك هذا الرابط الدخول مرة واحدة. ثم تنشئ مفتاح مرور جديدًا على هذا الجهاز.',
    recoveryCode: 'رمز الاسترداد',
    recoveryCodeHint: 'أحد الرموز التي حفظتها. يعمل كل رمز مرة واحدة.',
    sendCode: 'أرسل لي رمزًا',
    sentCode: 'الرمز الذي أُرسل إليك',
    sentCodeHint: 'صالح لمدة 10 دقائق.',
    sendAnotherCode: 'إرسال رمز آخر',
    backToSignIn: 'العودة إلى تسجيل الدخول',

    consentHow: 'يمكنك التراجع عن ذلك في أي وقت من صفحة حسابك.',
    allow: 'سماح',
    refuse: 'رفض',

    account: 'حسابك',
    signOut: 'تسجيل الخروج',
    administration: 'الإدارة',
    nextSteps: 'لا تفقد الوصول أبدًا',
    nextStepsHow: 'احفظ رموز الاسترداد، وأضف مفتاح مرور من جهاز ثانٍ.',
    offer: 'أنشئ مفتاح مرور على هذا الجهاز',
    declineOffer: 'ليس الآن',
    passkeys: 'مفاتيح المرور',
    passkeysHint: 'يمكنك تسجيل الدخول بأي منها. أضف واحدًا لكل جهاز ليس لديه مفتاح بعد.',
    addPasskey: 'إضافة مفتاح مرور',
    recoveryCodes: 'رموز الاسترداد',
    createRecoveryCodes: 'إنشاء رموز استرداد',
    applications: 'التطبيقات المرتبطة',
    applicationsHint: 'تعرفك هذه التطبيقات من خلال هذا الحساب.',
    sessions: 'أماكن تسجيل دخولك',
    sessionsHint: 'سجّل الخروج مما لا تعرفه، واحذف مفتاح المرور الذي استُخدم للدخول.',
    endOtherSessions: 'تسجيل الخروج من كل الأماكن الأخرى',

    renamePasskey: 'إعادة تسمية مفتاح المرور هذا',
    name: 'الاسم',
    save: 'حفظ',
    cancel: 'إلغاء',

    replaceCodes: 'إنشاء رموز استرداد جديدة؟',
    replaceCodesMeans: 'لن تعمل الرموز التي لديك الآن بعد ذلك.',
    createNewCodes: 'إنشاء رموز جديدة',
    keepCodes: 'الإبقاء على القديمة',

    yourRecoveryCodes: 'رموز الاسترداد الخاصة بك',
    yourRecoveryCodesHint:
      'احتفظ بها حيث تجدها من دون هذا الجهاز. يتيح لك كل رمز الدخول مرة واحدة. لن تُعرض مرة أخرى، ولم تعد الرموز السابقة تعمل.',
    copy: 'نسخ',
    download: 'تنزيل',
    print: 'طباعة',
    codesSaved: 'لقد حفظتها',

    deletePasskey: 'حذف مفتاح المرور هذا؟',
    deletePasskeyMeans: 'لن تتمكن من تسجيل الدخول به هنا. قد تراه على جهازك إلى أن تزيله من هناك أيضًا.',
    delete: 'حذف',
    keepPasskey: 'الإبقاء عليه',

    notFound: 'لا توجد صفحة كهذه',
    notFoundHow: 'تحقق من العنوان، أو انتقل إلى حسابك.',

    remove: 'إزالة',
    events: 'ما الذي حدث',
    eventsHint: 'عمليات الدخول والرفض والتغييرات في هذا الحساب، الأحدث أولاً.',
    showEvents: 'عرض ما حدث',
    showEarlierEvents: 'عرض الأقدم',
    deletion: 'نهاية الحساب',
    deletionHint: 'لا يمكن لأحد استعادة حساب محذوف.',
    deleteAccount: 'حذف الحساب',
    deleteAccountSure: 'حذف حسابك؟',
    deleteAccountMeans:
      'ستُحذف نهائيًا أسماؤك وعناوينك ومفاتيح المرور ورموز الاسترداد وعمليات الدخول وما مُنح للتطبيقات. أكّد ذلك بمفتاح مرور.',
    keepAccount: 'الإبقاء على الحساب',
  },

  missing: {
    countryCode: 'ابدأ رقم الهاتف بعلامة + ورمز البلد.',
    identifier: NO_IDENTIFIER,
    recoveryCode: 'اكتب أحد رموز الاسترداد، أو اطلب إرسال رمز إليك.',
    sentCode: 'اكتب الرمز الذي أُرسل إليك.',
    newIdentifier: 'اكتب القيمة الجديدة أولاً.',
  },

  authorization: {
    continueTo: (name) => `للمتابعة إلى ${name}`,
    terms: 'الشروط',
    privacy: 'الخصوصية',
    mayIt: (name) => `هل تسمح لـ ${name} بمعرفة من أنت؟`,
    scopes: {
      openid: 'التعرّف عليك عند عودتك',
      profile: 'الاطلاع على اسمك',
      email: 'الاطلاع على عنوان بريدك الإلكتروني',
      phone: 'الاطلاع على رقم هاتفك',
      groups: 'الاطلاع على المجموعات التي تنتمي إليها',
      offline_access: 'الاحتفاظ بالوصول أثناء غيابك',
    },
    otherScope: (scope) => `استخدام «${scope}»`,
  },

  news: {
    confirmSignIn: 'يطلب المتصفح مفتاح المرور. هل هو على هاتفك؟ اختر جهازًا آخر، ثم امسح الرمز بالهاتف.',
    confirmCreation: 'ينشئ المتصفح مفتاح المرور: أكّد ببصمتك أو وجهك أو قفل الشاشة.',
    signingIn: 'جارٍ تسجيل دخولك…',
    stepUp: 'أكّد هويتك بأحد مفاتيح المرور الخاصة بك…',
    codeSent: 'إذا كان لهذا الحساب بريد إلكتروني أو رقم هاتف، فإن رمزًا في طريقه إليه.',
    savedCodeToo: 'هذا صحيح. يطلب هذا الموقع أيضًا أحد رموز الاسترداد المحفوظة لديك.',
    otherAccount: (name) => `سُجّل دخول ${name} الآن في هذا المتصفح. لم تغيّر هذه الصفحة شيئًا.`,
    passkeyReady: 'مفتاح المرور الجديد جاهز.',
    passkeyReadyToName: 'مفتاح المرور الجديد جاهز. أعطه اسمًا تتعرف عليه به.',
    passkeyMade: 'أُنشئ مفتاح مرور لك. سجّل الدخول به في المرة القادمة.',
    renamed: (name) => `أصبح الاسم ${name}.`,
    deleted: (name) => `تم حذف ${name}.`,
    sessionEnded: (name) => `تم تسجيل خروج ${name}.`,
    otherSessionsEnded: 'تم تسجيل خروجك من كل الأماكن الأخرى.',
    disconnected: (name) => `تم إلغاء ربط ${name}.`,
    copied: 'تم النسخ.',
    notCopied: 'لا يسمح متصفحك بالنسخ هنا. نزّل الرموز أو اطبعها.',
    accountChanged: 'تم الحفظ.',
    addressCodeSent: (address) => `رمز في طريقه إلى ${address}. لن يتغير شيء حتى تكتبه هنا.`,
    accountDeleted: 'تم حذف حسابك. قد ترى مفاتيح المرور الخاصة به على أجهزتك إلى أن تزيلها من هناك أيضًا.',
  },

  identifiers: { username: 'اسم المستخدم', email: 'البريد الإلكتروني', phone: 'الهاتف' },
  proved: (address) => `${address} (تم التحقق)`,
  notProved: (address) => `${address} (لم يتم التحقق بعد)`,

  identifierChange: {
    none: 'لا يوجد بعد',
    change: { button: 'تغيير', accessibleName: (name) => `تغيير: ${name}` },
    add: { button: 'إضافة', accessibleName: (name) => `إضافة: ${name}` },
    labels: {
      username: 'اسم المستخدم الجديد',
      email: 'عنوان البريد الإلكتروني الجديد',
      phone: 'رقم الهاتف الجديد مع رمز البلد',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'اسم المستخدم هذا مأخوذ. اختر اسمًا آخر.',
    'user.email_already_in_use': 'حساب آخر لديه عنوان البريد الإلكتروني هذا.',
    'user.phone_already_in_use': 'حساب آخر لديه رقم الهاتف هذا.',
    'recovery.channel_not_available': 'لا يستطيع هذا الموقع إرسال رمز إلى هناك.',
  },

  events: {
    changed: (members) => `تم تغيير: ${members}`,
    otherMember: 'بيانات أخرى',
    byOthers: 'من قِبل القائمين على هذا الموقع',
    unknown: 'شيء آخر',
    types: {
      'authentication.succeeded': 'استُخدم مفتاح مرور',
      'authentication.failed': 'رُفض مفتاح مرور',
      'step-up.succeeded': 'تم التأكيد بمفتاح مرور',
      'step-up.failed': 'رُفض تأكيد',
      'registration.succeeded': 'أُنشئ مفتاح مرور جديد',
      'registration.failed': 'رُفض مفتاح مرور جديد',
      'identification.failed': 'لم يكتمل تسجيل دخول',
      'user.registered': 'تم إنشاء الحساب',
      'user.created': 'تم إنشاء الحساب',
      'user.changed': 'تم تغيير الحساب',
      'user.suspended': 'تم إيقاف الحساب',
      'user.restored': 'انتهى إيقاف الحساب',
      'user.signed-in': 'تسجيل دخول',
      'user.signed-out': 'تسجيل خروج',
      'session.ended': 'تسجيل خروج من مكان آخر',
      'passkey.added': 'أُضيف مفتاح مرور',
      'passkey.imported': 'نُقل مفتاح مرور من نظام آخر',
      'passkey.renamed': 'تغيّر اسم مفتاح مرور',
      'passkey.deleted': 'حُذف مفتاح مرور',
      'passkey.clone-suspected': 'ربما نُسخ مفتاح مرور',
      'limit.reached': 'محاولات كثيرة جدًا',
      'administrator.added': 'أصبحت مسؤولًا',
      'administrator.removed': 'لم تعد مسؤولًا',
      'recovery-codes.created': 'رموز استرداد جديدة',
      'user.address-proved': 'تم التحقق من عنوان',
      'user.claimed': 'انتقل الحساب إلى من تحقق من عنوانه',
      'recovery.requested': 'طُلب رمز للاسترداد',
      'recovery-link.created': 'أُنشئ رابط للاسترداد',
      'recovery.succeeded': 'استرداد برمز',
      'recovery.failed': 'رُفض رمز للاسترداد',
      'address.requested': 'أُرسل رمز إلى عنوان جديد',
      'address.succeeded': 'تم التحقق من عنوان جديد',
      'address.failed': 'رُفض رمز لعنوان جديد',
      'token.issued': 'مُنح تطبيق حق الوصول',
      'token.refused': 'رُفض وصول تطبيق',
      'token.revoked': 'انتهى وصول تطبيق',
      'authorization.refused': 'رُفض طلب تطبيق',
      'group.members-changed': 'تغيّرت المجموعات',
    },
  },

  offer: {
    recovered:
      'لقد دخلت برمز. أنشئ مفتاح مرور جديدًا الآن، فلن تحتاج إلى رمز في المرة القادمة. يمكنك حذف المفاتيح التي فقدتها.',
    elsewhere: 'سجّلت الدخول بمفتاح مرور من جهاز آخر. بمفتاح خاص به، سيسجّل هذا الجهاز دخولك على الفور.',
  },

  passkey: {
    inUse: 'أنت مسجل الدخول به الآن.',
    unnamed: 'مفتاح مرور',
    onOneDevice: 'موجود على جهاز واحد: يُفقد معه',
    synced: 'تتم مزامنته: يعمل على أجهزتك الأخرى أيضًا وله نسخة احتياطية',
    notYetSynced: 'تمكن مزامنته، لكن ليست له نسخة احتياطية بعد',
    keptBy: (provider, what) => `محفوظ لدى ${provider}. ${what}`,
    notUsedYet: (created) => `أُنشئ ${created}، ولم يُستخدم بعد`,
    lastUsed: (created, used) => `أُنشئ ${created}، وآخر استخدام ${used}`,
    needsUsername: 'يحتاج إلى اسم المستخدم: اكتبه أولاً عند تسجيل الدخول بهذا المفتاح.',
    maybeCopied: (noticed) =>
      `ربما تم نسخه: يبدو أن جهازين يستخدمانه (لوحظ ذلك ${noticed}). احذفه وأنشئ مفتاحًا جديدًا.`,
    only: 'هذا مفتاح المرور الوحيد لديك: من دونه لا يمكنك تسجيل الدخول. أضف مفتاحًا آخر أولاً.',
    rename: { button: 'إعادة تسمية', accessibleName: (name) => `إعادة تسمية ${name}` },
    upgrade: { button: 'ترقية', accessibleName: (name) => `ترقية ${name}` },
    delete: { button: 'حذف', accessibleName: (name) => `حذف ${name}` },
  },

  signInTo: (name) => `تسجيل الدخول إلى ${name}`,
  onDate: (date) => `في ${date}`,

  sessions: {
    unknownBrowser: 'متصفح',
    here: 'هذا المتصفح',
    lastSeen: (seen, since) => `آخر استخدام ${seen}، وتسجيل الدخول ${since}`,
    from: (network) => `من الشبكة ${network}`,
    withPasskey: (name) => `بمفتاح المرور ${name}`,
    withCode: 'برمز',
    end: { button: 'تسجيل الخروج', accessibleName: (name) => `تسجيل خروج ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `آخر استخدام ${last}، وأول استخدام ${first}`,
    disconnect: {
      button: 'إلغاء الربط',
      accessibleName: (name) => `إلغاء ربط ${name}`,
      sure: (name) => `إلغاء ربط ${name}؟ لن يعرفك التطبيق بعد ذلك إلى أن تسجّل الدخول فيه مجددًا.`,
    },
  },

  codes: {
    none: 'ليست لديك رموز. برمز واحد يمكنك الدخول حتى لو فقدت كل مفاتيح المرور.',
    unused: (count) =>
      counted(count, {
        zero: 'ليست لديك رموز غير مستخدمة.',
        one: 'لديك رمز واحد غير مستخدم.',
        two: 'لديك رمزان غير مستخدمين.',
        few: 'لديك # رموز غير مستخدمة.',
        many: 'لديك # رمزًا غير مستخدم.',
        other: 'لديك # رمز غير مستخدم.',
      }),
    unusedSince: (count, made) =>
      counted(count, {
        zero: `ليست لديك رموز غير مستخدمة، أُنشئت ${made}.`,
        one: `لديك رمز واحد غير مستخدم، أُنشئ ${made}.`,
        two: `لديك رمزان غير مستخدمين، أُنشئا ${made}.`,
        few: `لديك # رموز غير مستخدمة، أُنشئت ${made}.`,
        many: `لديك # رمزًا غير مستخدم، أُنشئت ${made}.`,
        other: `لديك # رمز غير مستخدم، أُنشئت ${made}.`,
      }),
    few: 'أنشئ رموزًا جديدة قبل أن تنفد.',
    title: (site, account) => `رموز الاسترداد لموقع ${site}، ${account}`,
    each: 'يعمل كل رمز مرة واحدة.',
    fileName: 'recovery-codes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'لا يوجد حساب بهذا الاسم. تحقق من كتابته، أو أنشئ حسابًا.',
    'session.mfa.webauthn_verification_not_found':
      'ليس لهذا الحساب مفتاح مرور هنا بعد، لذلك لا يمكن تسجيل الدخول به.',
    'session.mfa.webauthn_verification_failed':
      'لم يُقبل مفتاح المرور هذا. حاول مرة أخرى، أو استخدم مفتاحًا آخر.',
    'session.mfa.pending_info_not_found': 'استغرق ذلك وقتًا طويلاً، أو كثرت المحاولات. ابدأ من جديد.',
    'session.mfa.invalid_recovery_code':
      'هذا الاسم وهذا الرمز غير متوافقين، أو سبق استخدام الرمز. تحقق منهما، أو استخدم رمزًا آخر.',
    'verification_code.code_mismatch': 'ليس هذا هو الرمز الذي أُرسل. الرمز الأحدث وحده يعمل.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'سُجّل دخول حساب آخر الآن في هذا المتصفح. لم يتغير شيء.',
    'session.identity_conflict':
      'مفتاح المرور هذا لحساب آخر. اختر مفتاحًا لهذا الحساب، أو سجّل الدخول بزر مفتاح المرور.',
    'session.mfa.webauthn_credential_already_in_use': 'مفتاح المرور هذا مسجّل بالفعل. سجّل الدخول به.',
    'session.verification_required': 'مضى وقت على تسجيل دخولك. سجّل الخروج ثم الدخول مجددًا، وبعدها افعل ذلك.',
    'session.passkey_required': 'استخدم أحد مفاتيح المرور الخاصة بك لفعل ذلك.',
    'user.address_proof_required': 'أثبت أولًا أنه يمكن الوصول إليك هناك، برمز يُرسل إليك.',
    'recovery.second_code_required': 'يطلب هذا الموقع رمزين: رمزًا حفظته، ورمزًا يُرسل إليك.',
    'application.not_found': 'لم يعد هذا التطبيق مرتبطًا. أعد تحميل الصفحة.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'لا ينتظرك أي تطبيق هنا. ابدأ من جديد من التطبيق.',
    'session.not_found': 'تم تسجيل خروج هذا المتصفح بالفعل. أعد تحميل الصفحة.',
    'user.username_already_in_use': 'اسم المستخدم هذا محجوز. اختر اسمًا آخر، أو سجّل الدخول.',
    'user.username_not_allowed':
      'لا يمكن استخدام اسم المستخدم هذا: يشبه اسمًا آخر أو عنوانًا، أو ليس بالصيغة التي يطلبها هذا الموقع. اختر اسمًا آخر.',
    'user.email_already_in_use': 'يوجد حساب بهذا البريد الإلكتروني. سجّل الدخول بدلاً من ذلك.',
    'user.phone_already_in_use': 'يوجد حساب برقم الهاتف هذا. سجّل الدخول بدلاً من ذلك.',
    'user.identifier_already_in_use': 'هذا يستخدمه حساب آخر. استخدم غيره، أو سجّل الدخول.',
    'user.suspended': 'هذا الحساب موقوف. تواصل مع القائمين على هذا الموقع.',
    'user.too_many_passkeys': 'بلغ هذا الحساب الحد الأقصى من مفاتيح المرور. احذف مفتاحًا لم تعد تستخدمه.',
    'user.last_passkey': 'هذا مفتاح المرور الوحيد لديك. أضف مفتاحًا آخر قبل حذفه.',
    'passkey.not_found': 'لم يعد مفتاح المرور هذا موجودًا. أعد تحميل الصفحة.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'سبق استخدام هذا الرابط، أو انتهت صلاحيته. اطلب رابطًا جديدًا من القائمين على هذا الموقع.',
    'sign_up.closed': 'لا يمكن لأحد إنشاء حساب هنا. اطلب حسابًا من القائمين على هذا الموقع.',
    'sign_up.invitation_required':
      'لا يمكن إنشاء حساب هنا إلا بدعوة. افتح الرابط الذي وصلك، أو اطلب رابطًا من القائمين على هذا الموقع.',
    'invitation.not_found': 'سبق استخدام هذه الدعوة، أو انتهت. اطلب دعوة جديدة ممن دعاك.',
    'administrator.link_not_found':
      'سبق استخدام هذا الرابط، أو انتهت صلاحيته. اطلب رابطًا جديدًا من القائمين على هذا الموقع.',
    'recovery.channel_not_available': 'لا يمكن لهذا الموقع إرسال الرموز. استخدم أحد رموز الاسترداد.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'لا يُسمح لهذه الصفحة بتسجيل الدخول هنا.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'محاولات كثيرة جدًا. انتظر دقيقة ثم حاول مرة أخرى.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'يرسل متصفحك ملفات تعريف ارتباط كثيرة جدًا. احذف ما يخص هذا الموقع ثم حاول مرة أخرى.',
    'auth.unauthorized': 'تم تسجيل خروجك. سجّل الدخول مجددًا.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': 'يتعذّر الوصول إلى قاعدة بياناتنا الآن. حاول مرة أخرى بعد قليل.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey: 'مفتاح المرور هذا غير معروف هنا: تم حذفه، أو هو لموقع آخر. استخدم مفتاحًا آخر.',
  noConnection: 'الخادم لا يستجيب. تحقق من اتصالك ثم حاول مرة أخرى.',
  waitSeconds: (seconds) =>
    wait(
      counted(seconds, {
        zero: '# ثانية',
        one: 'ثانية واحدة',
        two: 'ثانيتين',
        few: '# ثوانٍ',
        many: '# ثانية',
        other: '# ثانية',
      }),
    ),
  waitMinutes: (minutes) =>
    wait(
      counted(minutes, {
        zero: '# دقيقة',
        one: 'دقيقة واحدة',
        two: 'دقيقتين',
        few: '# دقائق',
        many: '# دقيقة',
        other: '# دقيقة',
      }),
    ),
  waitHours: (hours) =>
    wait(
      counted(hours, {
        zero: '# ساعة',
        one: 'ساعة واحدة',
        two: 'ساعتين',
        few: '# ساعات',
        many: '# ساعة',
        other: '# ساعة',
      }),
    ),

  unsupported: {
    'insecure-origin': 'تحتاج مفاتيح المرور إلى صفحة آمنة: افتح هذه الصفحة عبر https أو على localhost.',
    'no-webauthn': 'لا يدعم هذا المتصفح مفاتيح المرور. حدّثه، أو استخدم متصفحًا آخر.',
  },

  browserProblems: {
    notMade: 'لم يُنشأ مفتاح مرور: أُلغيت العملية أو استغرقت وقتًا طويلًا. حاول مرة أخرى.',
    NotAllowedError:
      'لم يحدث شيء: أُلغيت العملية، أو استغرقت وقتًا طويلاً، أو ليس على هذا الجهاز مفتاح مرور لهذا الحساب. حاول مرة أخرى.',
    AbortError: 'تم إيقاف العملية. حاول مرة أخرى.',
    InvalidStateError: 'على هذا الجهاز مفتاح مرور لهذا الحساب بالفعل. سجّل الدخول به، أو استخدم جهازًا آخر.',
    NotSupportedError: 'لا يمكن لهذا الجهاز إنشاء مفتاح مرور من النوع المطلوب هنا.',
    ConstraintError: 'لا يمكن لهذا الجهاز التحقق من هويتك. اضبط قفل شاشة، أو استخدم جهازًا آخر.',
    SecurityError: 'مفاتيح المرور هنا ليست لهذا العنوان. تحقق من عنوان الصفحة.',
  },
});

export default arabic;

export const provider: ProviderTexts = {
  errorTitle: 'لم ينجح ذلك',
  errorHow:
    'تعذّرت الاستجابة لطلب التطبيق. عُد إلى التطبيق وابدأ من جديد. إن لم يُفد ذلك، فأخبر فريق دعم التطبيق بما يرد أدناه.',
  errorId: 'لفريق الدعم:',
  signOutTitle: 'تسجيل الخروج؟',
  signOutHow: 'سيتم تسجيل خروجك من هنا، ومن التطبيقات التي سجّلت الدخول إليها من هذا المتصفح.',
  signOut: 'تسجيل الخروج',
  staySignedIn: 'البقاء مسجّلاً',
  signedOutTitle: 'تم تسجيل خروجك',
  signedOutHow: 'يمكنك إغلاق هذه الصفحة.',
  deviceTitle: 'ربط جهاز',
  deviceHow: 'أدخل الرمز الذي يعرضه جهازك.',
  deviceWrong: 'هذا الرمز غير معروف أو قديم جدًا. انظر إلى جهازك وحاول مرة أخرى.',
  deviceCode: 'الرمز',
  continueOn: 'متابعة',
  deviceConfirmTitle: 'تسجيل الدخول إلى {name} على جهاز؟',
  deviceConfirmHow: 'فقط إذا كان جهازك يعرض هذا الرمز وهو أمامك. من بحوزته الجهاز سيُسجَّل دخوله باسمك.',
  allow: 'سماح',
  refuse: 'رفض',
  deviceDoneTitle: 'تم تسجيل الدخول على جهازك',
  deviceDoneHow: 'يتابع {name} تلقائيًا. يمكنك إغلاق هذه الصفحة.',
  terms: 'الشروط',
  privacy: 'الخصوصية',
};

export const messages: MessageTexts = {
  codeSubject: 'رمزك في {name}',
  codeHow: 'اكتب هذا الرمز في {site}. يعمل مرة واحدة لمدة 10 دقائق.',
  codeNotYou: 'لم تطلبه؟ تجاهل هذه الرسالة ولا تعطِ الرمز لأحد.',
  invitationSubject: 'لديك دعوة إلى {name}',
  invitationHow: 'يمكنك إنشاء حساب في {site}. يعمل هذا الرابط مرة واحدة:',
  noticeNotYou: 'لم تكن أنت؟ راجع حسابك فورًا:',
  'passkey-added': 'أُضيف مفتاح مرور إلى حسابك.',
  'passkey-deleted': 'حُذف مفتاح مرور من حسابك.',
  'recovery-codes-created': 'لحسابك رموز استرداد جديدة. الرموز السابقة لم تعد تعمل.',
  'recovery-link-created': 'أنشأ القائمون على هذا الموقع رابطًا يعيدك إلى حسابك.',
  'account-recovered': 'دخل شخص ما إلى حسابك برمز بدلاً من مفتاح مرور.',
  'addresses-changed': 'تغيّرت عناوين حسابك.',
  'account-claimed': 'تحقق شخص ما من عنوان في حسابك: سُجّل خروج من كان فيه، وحُذفت مفاتيح المرور والرموز.',
  'passkey-maybe-copied': 'ربما نُسخ مفتاح مرور في حسابك. احذفه وأنشئ مفتاحًا جديدًا.',
  'sessions-ended': 'سُجّل خروج حسابك على أجهزة أخرى.',
  'account-suspended': 'تم إيقاف حسابك.',
  'account-restored': 'لم يعد حسابك موقوفًا.',
  'account-deleted': 'تم حذف حسابك.',
};
