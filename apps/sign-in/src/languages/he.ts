import type { Formats } from '../texts/formats';
import type { Messages, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'משהו השתבש אצלנו. אפשר לנסות שוב בעוד רגע.';
const TOO_LATE = 'זה ארך יותר מדי זמן. יש להתחיל מחדש.';
const OUR_MISTAKE = 'הדף הזה שלח משהו שגוי. יש לטעון אותו מחדש ולנסות שוב.';
const NO_IDENTIFIER = 'זה לא נראה כמו שם משתמש, כתובת אימייל או מספר טלפון עם קידומת מדינה.';
const wait = (time: string) => `יותר מדי ניסיונות. יש להמתין ${time} ולנסות שוב.`;

const hebrew = ({ counted }: Formats): Messages => ({
  direction: 'rtl',

  page: {
    language: 'שפה',
    signIn: 'כניסה',
    signInHow: 'בטביעת אצבע, בזיהוי פנים או בנעילת המסך. בלי סיסמה.',
    identifier: 'שם משתמש, אימייל או טלפון',
    continue: 'המשך',
    continueHow: 'אם מפתח הגישה לא מוצע מעצמו: כתבו קודם מי אתם.',
    or: 'או',
    signInWithPasskey: 'כניסה עם מפתח גישה',
    newHere: 'פעם ראשונה כאן?',
    createAccount: 'יצירת חשבון',
    lostPasskeys: 'איבדת את מפתחות הגישה?',

    createAccountHow: 'המכשיר שלך יוצר עבורך מפתח גישה ושומר עליו. אין צורך לזכור דבר.',
    createPasskey: 'יצירת מפתח גישה',
    haveAccount: 'יש לך חשבון?',

    recover: 'שחזור הגישה',
    recoverHow: 'עם קוד במקום מפתח גישה. לאחר מכן יוצרים מפתח גישה חדש במכשיר הזה.',
    recoveryLinkHow: 'הקישור הזה מכניס פעם אחת. לאחר מכן יוצרים מפתח גישה חדש במכשיר הזה.',
    recoveryCode: 'קוד שחזור',
    recoveryCodeHint: 'אחד מהקודים ששמרת. כל קוד פועל פעם אחת.',
    sendCode: 'שליחת קוד אליי',
    sentCode: 'הקוד שנשלח אליך',
    sentCodeHint: 'הקוד תקף ל-10 דקות.',
    sendAnotherCode: 'שליחת קוד נוסף',
    backToSignIn: 'חזרה לכניסה',

    consentHow: 'אפשר לחזור בך בכל עת, בדף החשבון.',
    allow: 'אישור',
    refuse: 'סירוב',

    account: 'החשבון שלך',
    signOut: 'יציאה',
    nextSteps: 'לא להינעל בחוץ',
    nextStepsHow: 'שמרו קודי שחזור והוסיפו מפתח גישה ממכשיר שני.',
    offer: 'יצירת מפתח גישה במכשיר הזה',
    declineOffer: 'לא עכשיו',
    passkeys: 'מפתחות גישה',
    passkeysHint: 'אפשר להיכנס עם כל אחד מהם. כדאי להוסיף מפתח לכל מכשיר שעדיין אין בו.',
    addPasskey: 'הוספת מפתח גישה',
    recoveryCodes: 'קודי שחזור',
    createRecoveryCodes: 'יצירת קודי שחזור',
    applications: 'אפליקציות מחוברות',
    applicationsHint: 'הן מכירות אותך דרך החשבון הזה.',
    sessions: 'היכן נכנסת לחשבון',
    sessionsHint: 'יש לנתק את מה שלא מוכר לך, ולמחוק את מפתח הגישה ששימש לכניסה.',
    endOtherSessions: 'יציאה מכל מקום אחר',

    renamePasskey: 'שינוי השם של מפתח הגישה',
    name: 'שם',
    save: 'שמירה',
    cancel: 'ביטול',

    replaceCodes: 'ליצור קודי שחזור חדשים?',
    replaceCodesMeans: 'הקודים שיש לך עכשיו לא יפעלו עוד.',
    createNewCodes: 'יצירת קודים חדשים',
    keepCodes: 'השארת הקודים הקיימים',

    yourRecoveryCodes: 'קודי השחזור שלך',
    yourRecoveryCodesHint:
      'יש לשמור אותם במקום נגיש גם בלי המכשיר הזה. כל קוד מאפשר כניסה אחת. הם לא יוצגו שוב, והקודים הקודמים כבר לא פועלים.',
    copy: 'העתקה',
    download: 'הורדה',
    print: 'הדפסה',
    codesSaved: 'שמרתי אותם',

    deletePasskey: 'למחוק את מפתח הגישה?',
    deletePasskeyMeans: 'לא ניתן יהיה להיכנס איתו לכאן. ייתכן שהוא עדיין יופיע במכשיר, עד שיוסר גם שם.',
    delete: 'מחיקה',
    keepPasskey: 'השארה',

    notFound: 'אין דף כזה',
    notFoundHow: 'אפשר לבדוק את הכתובת, או להמשיך לחשבון שלך.',

    remove: 'הסרה',
    events: 'מה קרה',
    eventsHint: 'כניסות, דחיות ושינויים בחשבון הזה, מהחדש לישן.',
    showEvents: 'הצגת מה שקרה',
    showEarlierEvents: 'הצגת מוקדמים יותר',
    deletion: 'סיום החשבון',
    deletionHint: 'אי אפשר להחזיר חשבון שנמחק.',
    deleteAccount: 'מחיקת החשבון',
    deleteAccountSure: 'למחוק את החשבון?',
    deleteAccountMeans:
      'השמות והכתובות, מפתחות הגישה, קודי השחזור, הכניסות ומה שניתן לאפליקציות יימחקו לצמיתות. יש לאשר עם מפתח גישה.',
    keepAccount: 'השארת החשבון',
  },

  missing: {
    countryCode: 'התחילו מספר טלפון ב־+ ובקידומת המדינה.',
    identifier: NO_IDENTIFIER,
    recoveryCode: 'יש להקליד אחד מקודי השחזור שלך, או לבקש שיישלח אליך קוד.',
    sentCode: 'יש להקליד את הקוד שנשלח אליך.',
    newIdentifier: 'יש להקליד קודם את הערך החדש.',
  },

  authorization: {
    continueTo: (name) => `כדי להמשיך אל ${name}`,
    terms: 'תנאים',
    privacy: 'פרטיות',
    mayIt: (name) => `לאפשר ל-${name} לדעת מי אני?`,
    scopes: {
      openid: 'לזהות אותך בביקור הבא',
      profile: 'לראות את שמך',
      email: 'לראות את כתובת האימייל שלך',
      phone: 'לראות את מספר הטלפון שלך',
      groups: 'לראות לאילו קבוצות יש לך שייכות',
      offline_access: 'לשמור על גישה גם בהיעדרך',
    },
    otherScope: (scope) => `להשתמש ב-”${scope}“`,
  },

  news: {
    confirmSignIn: 'הדפדפן מבקש את מפתח הגישה. הוא בטלפון? בחרו מכשיר אחר וסרקו את הקוד בטלפון.',
    confirmCreation: 'הדפדפן יוצר את מפתח הגישה: אשרו בטביעת אצבע, בפנים או בנעילת המסך.',
    signingIn: 'הכניסה מתבצעת…',
    stepUp: 'יש לאשר את זהותך עם אחד ממפתחות הגישה שלך…',
    codeSent: 'אם לחשבון הזה יש כתובת אימייל או מספר טלפון, קוד בדרך אליהם.',
    savedCodeToo: 'נכון. האתר הזה מבקש גם אחד מקודי השחזור ששמרת.',
    otherAccount: (name) => `החשבון ${name} מחובר עכשיו בדפדפן הזה. הדף הזה לא שינה דבר.`,
    passkeyReady: 'מפתח הגישה החדש שלך מוכן.',
    passkeyReadyToName: 'מפתח הגישה החדש שלך מוכן. כדאי לתת לו שם שיקל לזהות אותו.',
    passkeyMade: 'נוצר עבורך מפתח גישה. בפעם הבאה אפשר להיכנס איתו.',
    renamed: (name) => `השם שונה ל-${name}.`,
    deleted: (name) => `${name} נמחק.`,
    sessionEnded: (name) => `${name} נותק.`,
    otherSessionsEnded: 'יצאת מכל מקום אחר.',
    disconnected: (name) => `הקישור אל ${name} בוטל.`,
    copied: 'הועתק.',
    notCopied: 'הדפדפן לא מאפשר להעתיק כאן. אפשר להוריד או להדפיס את הקודים.',
    accountChanged: 'נשמר.',
    addressCodeSent: (address) => `קוד בדרך אל ${address}. שום דבר לא ישתנה עד להקלדתו כאן.`,
    accountDeleted: 'החשבון נמחק. ייתכן שמפתחות הגישה שלו עדיין יופיעו במכשירים, עד שיוסרו גם שם.',
  },

  identifiers: { username: 'שם משתמש', email: 'אימייל', phone: 'טלפון' },
  proved: (address) => `${address} (אומת)`,
  notProved: (address) => `${address} (טרם אומת)`,

  identifierChange: {
    none: 'אין עדיין',
    change: { button: 'שינוי', accessibleName: (name) => `שינוי: ${name}` },
    add: { button: 'הוספה', accessibleName: (name) => `הוספה: ${name}` },
    labels: {
      username: 'שם משתמש חדש',
      email: 'כתובת אימייל חדשה',
      phone: 'מספר טלפון חדש, עם קידומת המדינה',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'שם המשתמש הזה תפוס. יש לבחור אחר.',
    'user.email_already_in_use': 'לחשבון אחר יש את כתובת האימייל הזאת.',
    'user.phone_already_in_use': 'לחשבון אחר יש את מספר הטלפון הזה.',
    'recovery.channel_not_available': 'האתר הזה לא יכול לשלוח לשם קוד.',
  },

  events: {
    changed: (members) => `שונה: ${members}`,
    otherMember: 'פרטים אחרים',
    byOthers: 'על ידי מפעילי האתר',
    unknown: 'משהו אחר',
    types: {
      'authentication.succeeded': 'נעשה שימוש במפתח גישה',
      'authentication.failed': 'מפתח גישה נדחה',
      'step-up.succeeded': 'אושר עם מפתח גישה',
      'step-up.failed': 'אישור נדחה',
      'registration.succeeded': 'נוצר מפתח גישה חדש',
      'registration.failed': 'מפתח גישה חדש נדחה',
      'identification.failed': 'כניסה לא הושלמה',
      'user.registered': 'החשבון נוצר',
      'user.created': 'החשבון נוצר',
      'user.changed': 'החשבון שונה',
      'user.suspended': 'החשבון הושעה',
      'user.restored': 'ההשעיה הסתיימה',
      'user.signed-in': 'כניסה',
      'user.signed-out': 'יציאה',
      'session.ended': 'יציאה ממקום אחר',
      'passkey.added': 'נוסף מפתח גישה',
      'passkey.imported': 'הועבר מפתח גישה ממערכת אחרת',
      'passkey.renamed': 'שונה שם של מפתח גישה',
      'passkey.deleted': 'נמחק מפתח גישה',
      'passkey.clone-suspected': 'ייתכן שמפתח גישה הועתק',
      'limit.reached': 'יותר מדי ניסיונות',
      'recovery-codes.created': 'קודי שחזור חדשים',
      'user.address-proved': 'כתובת אומתה',
      'user.claimed': 'החשבון עבר למי שאימת את הכתובת שלו',
      'recovery.requested': 'התבקש קוד לשחזור',
      'recovery-link.created': 'נוצר קישור לשחזור',
      'recovery.succeeded': 'שחזור עם קוד',
      'recovery.failed': 'קוד לשחזור נדחה',
      'address.requested': 'נשלח קוד לכתובת חדשה',
      'address.succeeded': 'כתובת חדשה אומתה',
      'address.failed': 'קוד לכתובת חדשה נדחה',
      'token.issued': 'אפליקציה קיבלה גישה',
      'token.refused': 'גישה של אפליקציה נדחתה',
      'token.revoked': 'גישה של אפליקציה הסתיימה',
      'authorization.refused': 'בקשה של אפליקציה נדחתה',
      'group.members-changed': 'הקבוצות שונו',
    },
  },

  offer: {
    recovered:
      'נכנסת עם קוד. אם יוצרים עכשיו מפתח גישה חדש, בפעם הבאה לא יידרש קוד. אפשר למחוק את המפתחות שאבדו.',
    elsewhere: 'נכנסת עם מפתח גישה של מכשיר אחר. עם מפתח משלו, המכשיר הזה יכניס אותך מיד.',
  },

  passkey: {
    inUse: 'אתם מחוברים איתו כעת.',
    unnamed: 'מפתח גישה',
    onOneDevice: 'נמצא במכשיר אחד בלבד: אובד יחד איתו',
    synced: 'מסונכרן: פועל גם במכשירים האחרים שלך, ומגובה',
    notYetSynced: 'אפשר לסנכרן אותו, אבל הוא עדיין לא מגובה',
    keptBy: (provider, what) => `נשמר אצל ${provider}. ${what}`,
    notUsedYet: (created) => `נוצר ${created}, עדיין לא נעשה בו שימוש`,
    lastUsed: (created, used) => `נוצר ${created}, שימוש אחרון ${used}`,
    needsUsername: 'דורש את שם המשתמש: יש להקליד אותו תחילה בכניסה עם המפתח הזה.',
    maybeCopied: (noticed) =>
      `ייתכן שהמפתח הועתק: נראה ששני מכשירים משתמשים בו (התגלה ${noticed}). כדאי למחוק אותו וליצור חדש.`,
    only: 'זה מפתח הגישה היחיד שלך: בלעדיו לא ניתן להיכנס. יש להוסיף קודם מפתח אחר.',
    rename: { button: 'שינוי שם', accessibleName: (name) => `שינוי שם: ${name}` },
    upgrade: { button: 'שדרוג', accessibleName: (name) => `שדרוג: ${name}` },
    delete: { button: 'מחיקה', accessibleName: (name) => `מחיקה: ${name}` },
  },

  signInTo: (name) => `כניסה אל ${name}`,
  onDate: (date) => `ב-${date}`,

  sessions: {
    unknownBrowser: 'דפדפן',
    here: 'הדפדפן הזה',
    lastSeen: (seen, since) => `שימוש אחרון ${seen}, כניסה ${since}`,
    from: (network) => `מהרשת ${network}`,
    withPasskey: (name) => `עם מפתח הגישה ${name}`,
    withCode: 'עם קוד',
    end: { button: 'ניתוק', accessibleName: (name) => `ניתוק: ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `שימוש אחרון ${last}, ראשון ${first}`,
    disconnect: {
      button: 'ביטול הקישור',
      accessibleName: (name) => `ביטול הקישור: ${name}`,
      sure: (name) => `לבטל את הקישור אל ${name}? האפליקציה לא תכיר אותך עד לכניסה הבאה בה.`,
    },
  },

  codes: {
    none: 'אין לך קודים. עם קוד אפשר להיכנס גם אם כל מפתחות הגישה אבדו.',
    unused: (count) =>
      counted(count, {
        one: 'יש לך קוד אחד שלא נוצל.',
        two: 'יש לך שני קודים שלא נוצלו.',
        other: 'יש לך # קודים שלא נוצלו.',
      }),
    unusedSince: (count, made) =>
      counted(count, {
        one: `יש לך קוד אחד שלא נוצל, נוצר ${made}.`,
        two: `יש לך שני קודים שלא נוצלו, נוצרו ${made}.`,
        other: `יש לך # קודים שלא נוצלו, נוצרו ${made}.`,
      }),
    few: 'כדאי ליצור חדשים לפני שייגמרו.',
    title: (site, account) => `קודי שחזור עבור ${site}, ${account}`,
    each: 'כל קוד פועל פעם אחת.',
    fileName: 'recovery-codes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'אין חשבון בשם הזה. אפשר לבדוק את האיות, או ליצור חשבון.',
    'session.mfa.webauthn_verification_not_found':
      'לחשבון הזה אין עדיין מפתח גישה כאן, ולכן לא ניתן להיכנס כך.',
    'session.mfa.webauthn_verification_failed': 'מפתח הגישה לא התקבל. אפשר לנסות שוב, או להשתמש באחר.',
    'session.mfa.pending_info_not_found': 'זה ארך יותר מדי זמן, או שהיו יותר מדי ניסיונות. יש להתחיל מחדש.',
    'session.mfa.invalid_recovery_code':
      'השם והקוד אינם תואמים, או שהקוד כבר נוצל. יש לבדוק את שניהם, או להשתמש בקוד אחר.',
    'verification_code.code_mismatch': 'זה לא הקוד שנשלח. רק הקוד האחרון פועל.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'חשבון אחר מחובר עכשיו בדפדפן הזה. דבר לא השתנה.',
    'session.identity_conflict':
      'מפתח הגישה שייך לחשבון אחר. יש לבחור מפתח של החשבון הזה, או להיכנס עם כפתור מפתח הגישה.',
    'session.mfa.webauthn_credential_already_in_use': 'מפתח הגישה כבר רשום. אפשר להיכנס איתו.',
    'session.verification_required': 'עבר זמן מאז הכניסה. יש לצאת, להיכנס שוב, ואז לבצע זאת.',
    'session.passkey_required': 'לשם כך יש להשתמש באחד ממפתחות הגישה שלך.',
    'user.address_proof_required': 'הוכיחו תחילה שאפשר להשיג אתכם שם, באמצעות קוד שיישלח אליכם.',
    'recovery.second_code_required': 'האתר הזה מבקש שני קודים: אחד ששמרת, ואחד שנשלח אליך.',
    'application.not_found': 'האפליקציה כבר לא מחוברת. יש לטעון את הדף מחדש.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'אף אפליקציה לא מחכה לך כאן. יש להתחיל מחדש מהאפליקציה.',
    'session.not_found': 'הדפדפן הזה כבר נותק. יש לטעון את הדף מחדש.',
    'user.username_already_in_use': 'שם המשתמש תפוס. אפשר לבחור אחר, או להיכנס.',
    'user.username_not_allowed':
      'אי אפשר להשתמש בשם המשתמש הזה: הוא דומה לשם אחר או לכתובת, או שאינו בצורה שהאתר מבקש. יש לבחור אחר.',
    'user.email_already_in_use': 'כבר יש חשבון עם כתובת האימייל הזו. אפשר פשוט להיכנס.',
    'user.phone_already_in_use': 'כבר יש חשבון עם מספר הטלפון הזה. אפשר פשוט להיכנס.',
    'user.suspended': 'החשבון הזה מושעה. יש לפנות למפעילי האתר.',
    'user.too_many_passkeys': 'בחשבון הזה יש כבר המספר המרבי של מפתחות גישה. יש למחוק אחד שאינו בשימוש.',
    'user.last_passkey': 'זה מפתח הגישה היחיד שלך. יש להוסיף אחר לפני המחיקה.',
    'passkey.not_found': 'מפתח הגישה כבר לא קיים. יש לטעון את הדף מחדש.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found': 'הקישור הזה כבר נוצל, או שפג תוקפו. יש לבקש קישור חדש ממפעילי האתר.',
    'administrator.link_not_found': 'הקישור הזה כבר נוצל, או שפג תוקפו. יש לבקש קישור חדש ממפעילי האתר.',
    'recovery.channel_not_available': 'האתר הזה לא יכול לשלוח קודים. יש להשתמש באחד מקודי השחזור שלך.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'הדף הזה אינו מורשה להיכנס כאן.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'יותר מדי ניסיונות. יש להמתין דקה ולנסות שוב.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large': 'הדפדפן שולח יותר מדי קובצי Cookie. יש למחוק את אלה של האתר ולנסות שוב.',
    'auth.unauthorized': 'יצאת מהחשבון. יש להיכנס שוב.',
    'server.internal_error': TRY_AGAIN,
    'database.unavailable': 'לא ניתן כרגע לגשת למסד הנתונים שלנו. אפשר לנסות שוב בעוד רגע.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey: 'מפתח הגישה לא מוכר כאן: הוא נמחק, או שייך לאתר אחר. יש להשתמש באחר.',
  noConnection: 'השרת לא עונה. יש לבדוק את החיבור ולנסות שוב.',
  waitSeconds: (seconds) => wait(counted(seconds, { one: 'שנייה', two: 'שתי שניות', other: '# שניות' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: 'דקה', two: 'שתי דקות', other: '# דקות' })),
  waitHours: (hours) => wait(counted(hours, { one: 'שעה', two: 'שעתיים', other: '# שעות' })),

  unsupported: {
    'insecure-origin': 'מפתחות גישה דורשים דף מאובטח: יש לפתוח את הדף ב-https, או ב-localhost.',
    'no-webauthn': 'הדפדפן הזה לא תומך במפתחות גישה. יש לעדכן אותו, או להשתמש באחר.',
  },

  browserProblems: {
    notMade: 'לא נוצר מפתח גישה: הפעולה בוטלה או ארכה זמן רב מדי. נסו שוב.',
    NotAllowedError:
      'דבר לא קרה: הפעולה בוטלה, ארכה יותר מדי זמן, או שבמכשיר הזה אין מפתח גישה לחשבון הזה. אפשר לנסות שוב.',
    AbortError: 'הפעולה נעצרה. אפשר לנסות שוב.',
    InvalidStateError: 'במכשיר הזה כבר יש מפתח גישה לחשבון הזה. אפשר להיכנס איתו, או להשתמש במכשיר אחר.',
    NotSupportedError: 'המכשיר הזה לא יכול ליצור מפתח גישה מהסוג הנדרש כאן.',
    ConstraintError: 'המכשיר הזה לא יכול לאמת את זהותך. יש להגדיר נעילת מסך, או להשתמש במכשיר אחר.',
    SecurityError: 'מפתחות הגישה של האתר אינם מיועדים לכתובת הזו. יש לבדוק את כתובת הדף.',
  },
});

export default hebrew;

export const provider: ProviderTexts = {
  errorTitle: 'זה לא הצליח',
  errorHow:
    'לא ניתן היה להיענות לבקשת האפליקציה. יש לחזור לאפליקציה ולהתחיל מחדש. אם זה לא עוזר, יש למסור לתמיכה שלה את מה שמופיע למטה.',
  errorId: 'לתמיכה:',
  signOutTitle: 'לצאת?',
  signOutHow: 'תתבצע יציאה מכאן, ומהאפליקציות שנכנסת אליהן מהדפדפן הזה.',
  signOut: 'יציאה',
  staySignedIn: 'להישאר בחשבון',
  signedOutTitle: 'יצאת מהחשבון',
  signedOutHow: 'אפשר לסגור את הדף.',
  deviceTitle: 'חיבור מכשיר',
  deviceHow: 'יש להזין את הקוד שהמכשיר מציג.',
  deviceWrong: 'הקוד אינו מוכר או ישן מדי. יש להסתכל במכשיר ולנסות שוב.',
  deviceCode: 'קוד',
  continueOn: 'המשך',
  deviceConfirmTitle: 'להיכנס אל {name} במכשיר?',
  deviceConfirmHow: 'רק אם המכשיר מציג את הקוד הזה ונמצא לפניך. מי שמחזיק במכשיר ייכנס בשמך.',
  allow: 'אישור',
  refuse: 'סירוב',
  deviceDoneTitle: 'המכשיר שלך מחובר',
  deviceDoneHow: '{name} ממשיכה מעצמה. אפשר לסגור את הדף.',
};
