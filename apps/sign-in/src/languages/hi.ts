import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'हमारी ओर से कोई गड़बड़ी हुई। थोड़ी देर में फिर कोशिश करें।';
const TOO_LATE = 'इसमें बहुत समय लग गया। फिर से शुरू करें।';
const OUR_MISTAKE = 'इस पेज ने कुछ गलत भेजा। इसे फिर से लोड करें और दोबारा कोशिश करें।';
const NO_IDENTIFIER = 'यह उपयोगकर्ता नाम, ईमेल पता या देश के कोड वाला फ़ोन नंबर नहीं लगता।';
const wait = (time: string) => `बहुत ज़्यादा कोशिशें हुईं। ${time} रुकें, फिर कोशिश करें।`;

const hindi = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'भाषा',
    signIn: 'साइन इन करें',
    signInHow: 'अपने फ़िंगरप्रिंट, चेहरे या स्क्रीन लॉक से। पासवर्ड की ज़रूरत नहीं।',
    identifier: 'उपयोगकर्ता नाम, ईमेल या फ़ोन',
    continue: 'जारी रखें',
    continueHow: 'अगर आपकी पासकी अपने-आप नहीं दिखती, तो पहले बताएँ कि आप कौन हैं।',
    or: 'या',
    signInWithPasskey: 'पासकी से साइन इन करें',
    newHere: 'यहाँ नए हैं?',
    createAccount: 'खाता बनाएँ',
    lostPasskeys: 'आपकी पासकी खो गईं?',

    createAccountHow: 'आपका डिवाइस आपके लिए पासकी बनाता है और उसे सुरक्षित रखता है। कुछ याद नहीं रखना पड़ता।',
    createPasskey: 'पासकी बनाएँ',
    haveAccount: 'पहले से खाता है?',

    recover: 'फिर से प्रवेश पाएँ',
    recoverHow: 'पासकी की जगह कोड से। उसके बाद आप इस डिवाइस पर नई पासकी बनाते हैं।',
    recoveryLinkHow: 'यह लिंक आपको एक बार अंदर आने देता है। फिर आप इस डिवाइस पर नई पासकी बनाते हैं।',
    recoveryCode: 'रिकवरी कोड',
    recoveryCodeHint: 'आपके सहेजे हुए कोड में से एक। हर कोड एक बार काम करता है।',
    sendCode: 'मुझे कोड भेजें',
    sentCode: 'आपको भेजा गया कोड',
    sentCodeHint: 'यह 10 मिनट तक काम करता है।',
    sendAnotherCode: 'दूसरा कोड भेजें',
    backToSignIn: 'साइन इन पर वापस जाएँ',

    consentHow: 'आप इसे अपने खाते के पेज पर कभी भी वापस ले सकते हैं।',
    allow: 'अनुमति दें',
    refuse: 'मना करें',

    notFound: 'ऐसा कोई पेज नहीं है',
    notFoundHow: 'पता जाँचें, या अपने खाते पर जाएँ।',

    account: 'आपका खाता',
    signOut: 'साइन आउट करें',
    administration: 'प्रशासन',
    nextSteps: 'अपने खाते तक पहुँच बनाए रखें',
    nextStepsHow: 'रिकवरी कोड सहेजें, और किसी दूसरे डिवाइस की पासकी जोड़ें।',
    offer: 'इस डिवाइस पर पासकी बनाएँ',
    declineOffer: 'अभी नहीं',
    passkeys: 'पासकी',
    passkeysHint: 'हर एक से आप साइन इन कर सकते हैं। जिस डिवाइस पर ये नहीं पहुँचतीं, उसके लिए एक और जोड़ें।',
    addPasskey: 'पासकी जोड़ें',
    recoveryCodes: 'रिकवरी कोड',
    createRecoveryCodes: 'रिकवरी कोड बनाएँ',
    applications: 'जुड़े हुए ऐप्लिकेशन',
    applicationsHint: 'वे आपको इस खाते से पहचानते हैं।',
    sessions: 'आप कहाँ साइन इन हैं',
    sessionsHint: 'जिसे आप नहीं पहचानते उसे साइन आउट करें, और जिस पासकी से वह आया उसे मिटाएँ।',
    endOtherSessions: 'बाकी सब जगह से साइन आउट करें',

    renamePasskey: 'इस पासकी का नाम बदलें',
    name: 'नाम',
    save: 'सहेजें',
    cancel: 'रद्द करें',

    replaceCodes: 'नए रिकवरी कोड बनाएँ?',
    replaceCodesMeans: 'आपके अभी के कोड फिर काम नहीं करेंगे।',
    createNewCodes: 'नए कोड बनाएँ',
    keepCodes: 'पुराने रखें',

    yourRecoveryCodes: 'आपके रिकवरी कोड',
    yourRecoveryCodesHint:
      'इन्हें ऐसी जगह रखें जहाँ ये इस डिवाइस के बिना भी मिलें। हर कोड से आप एक बार प्रवेश पाते हैं। ये दोबारा नहीं दिखाए जाएँगे, और पहले वाले अब काम नहीं करते।',
    copy: 'कॉपी करें',
    download: 'डाउनलोड करें',
    print: 'प्रिंट करें',
    codesSaved: 'मैंने इन्हें सहेज लिया है',

    deletePasskey: 'यह पासकी मिटाएँ?',
    deletePasskeyMeans:
      'इससे आप यहाँ फिर साइन इन नहीं कर पाएँगे। जब तक आप इसे अपने डिवाइस से भी नहीं हटाते, यह वहाँ दिख सकती है।',
    delete: 'मिटाएँ',
    keepPasskey: 'रहने दें',

    remove: 'हटाएँ',
    events: 'क्या-क्या हुआ',
    eventsHint: 'इस खाते के साइन-इन, अस्वीकृतियाँ और बदलाव, सबसे नए पहले।',
    showEvents: 'देखें क्या-क्या हुआ',
    showEarlierEvents: 'पहले के दिखाएँ',
    deletion: 'खाते का अंत',
    deletionHint: 'हटाए गए खाते को कोई वापस नहीं ला सकता।',
    deleteAccount: 'खाता हटाएँ',
    deleteAccountSure: 'अपना खाता हटाएँ?',
    deleteAccountMeans:
      'आपके नाम और पते, पासकी, रिकवरी कोड, साइन-इन और ऐप्स को दी गई पहुँच हमेशा के लिए हटा दी जाएगी। पासकी से इसकी पुष्टि करें।',
    keepAccount: 'खाता रखें',
  },

  missing: {
    identifier: 'अपना उपयोगकर्ता नाम, ईमेल पता या फ़ोन नंबर लिखें।',
    countryCode: 'फ़ोन नंबर को + और देश के कोड से शुरू करें।',
    recoveryCode: 'अपना कोई रिकवरी कोड लिखें, या अपने लिए कोड भिजवाएँ।',
    sentCode: 'आपको भेजा गया कोड लिखें।',
    newIdentifier: 'पहले नया मान लिखें।',
  },

  authorization: {
    continueTo: (name) => `${name} पर जाने के लिए`,
    terms: 'शर्तें',
    privacy: 'निजता',
    mayIt: (name) => `क्या ${name} जान सकता है कि आप कौन हैं?`,
    scopes: {
      openid: 'दोबारा आने पर आपको पहचानना',
      profile: 'आपका नाम देखना',
      email: 'आपका ईमेल पता देखना',
      phone: 'आपका फ़ोन नंबर देखना',
      groups: 'देखना कि आप किन समूहों में हैं',
      offline_access: 'आपकी गैरमौजूदगी में भी पहुँच बनाए रखना',
    },
    otherScope: (scope) => `“${scope}” का उपयोग करना`,
  },

  news: {
    confirmSignIn:
      'आपका ब्राउज़र आपकी पासकी माँग रहा है। क्या वह आपके फ़ोन पर है? वहाँ दूसरा डिवाइस चुनें, और कोड को फ़ोन से स्कैन करें।',
    confirmCreation: 'आपका ब्राउज़र पासकी बना रहा है: अपने फ़िंगरप्रिंट, चेहरे या स्क्रीन लॉक से पुष्टि करें।',
    signingIn: 'आपको साइन इन किया जा रहा है…',
    stepUp: 'अपनी किसी पासकी से पुष्टि करें कि यह आप ही हैं…',
    codeSent: 'अगर इस खाते में कोई ईमेल पता या फ़ोन नंबर है, तो उस पर कोड भेज दिया गया है।',
    savedCodeToo: 'यह सही था। यह साइट आपके सहेजे हुए रिकवरी कोड में से भी एक माँगती है।',
    otherAccount: (name) => `इस ब्राउज़र में अब ${name} साइन इन है। इस पेज ने कुछ नहीं बदला।`,
    passkeyReady: 'आपकी नई पासकी तैयार है।',
    passkeyReadyToName: 'आपकी नई पासकी तैयार है। इसे ऐसा नाम दें जिससे आप इसे पहचानें।',
    passkeyMade: 'आपके लिए पासकी बनाई गई। अगली बार उसी से साइन इन करें।',
    renamed: (name) => `नया नाम: ${name}`,
    deleted: (name) => `मिटाई गई: ${name}`,
    sessionEnded: (name) => `साइन आउट किया गया: ${name}`,
    otherSessionsEnded: 'आप बाकी सब जगह से साइन आउट हो गए हैं।',
    disconnected: (name) => `कनेक्शन हटाया गया: ${name}`,
    copied: 'कॉपी हो गया।',
    notCopied: 'आपका ब्राउज़र यहाँ कॉपी नहीं करने देता। इन्हें डाउनलोड या प्रिंट करें।',
    accountChanged: 'सहेजा गया।',
    addressCodeSent: (address) => `${address} पर एक कोड भेजा गया है। यहाँ लिखने तक कुछ नहीं बदलेगा।`,
    accountDeleted:
      'आपका खाता हटा दिया गया है। उसकी पासकी आपके डिवाइस पर तब तक दिख सकती हैं, जब तक आप उन्हें वहाँ से भी न हटाएँ।',
  },

  identifiers: { username: 'उपयोगकर्ता नाम', email: 'ईमेल', phone: 'फ़ोन' },
  proved: (address) => `${address} (पुष्टि हो चुकी है)`,
  notProved: (address) => `${address} (अभी पुष्टि नहीं हुई)`,

  identifierChange: {
    none: 'अभी कुछ नहीं',
    change: { button: 'बदलें', accessibleName: (name) => `बदलें: ${name}` },
    add: { button: 'जोड़ें', accessibleName: (name) => `जोड़ें: ${name}` },
    labels: { username: 'नया उपयोगकर्ता नाम', email: 'नया ईमेल पता', phone: 'देश कोड के साथ नया फ़ोन नंबर' },
  },
  accountProblems: {
    'user.username_already_in_use': 'यह उपयोगकर्ता नाम लिया जा चुका है। कोई दूसरा चुनें।',
    'user.email_already_in_use': 'यह ईमेल पता किसी दूसरे खाते का है।',
    'user.phone_already_in_use': 'यह फ़ोन नंबर किसी दूसरे खाते का है।',
    'recovery.channel_not_available': 'यह साइट वहाँ कोड नहीं भेज सकती।',
  },

  events: {
    changed: (members) => `बदला गया: ${members}`,
    otherMember: 'अन्य जानकारी',
    byOthers: 'इस साइट को चलाने वालों द्वारा',
    unknown: 'कुछ और',
    types: {
      'authentication.succeeded': 'पासकी का उपयोग हुआ',
      'authentication.failed': 'पासकी अस्वीकार हुई',
      'step-up.succeeded': 'पासकी से पुष्टि हुई',
      'step-up.failed': 'पुष्टि अस्वीकार हुई',
      'registration.succeeded': 'नई पासकी बनी',
      'registration.failed': 'नई पासकी अस्वीकार हुई',
      'identification.failed': 'साइन-इन पूरा नहीं हो सका',
      'user.registered': 'खाता बना',
      'user.created': 'खाता बना',
      'user.changed': 'खाता बदला',
      'user.suspended': 'खाता निलंबित हुआ',
      'user.restored': 'निलंबन समाप्त हुआ',
      'user.signed-in': 'साइन इन किया',
      'user.signed-out': 'साइन आउट किया',
      'session.ended': 'दूसरी जगह साइन आउट किया',
      'passkey.added': 'पासकी जोड़ी गई',
      'passkey.imported': 'पासकी दूसरे सिस्टम से लाई गई',
      'passkey.renamed': 'पासकी का नाम बदला',
      'passkey.deleted': 'पासकी हटाई गई',
      'passkey.clone-suspected': 'पासकी की नकल हुई हो सकती है',
      'limit.reached': 'बहुत अधिक प्रयास',
      'administrator.added': 'आपको प्रशासक की भूमिका मिली',
      'administrator.removed': 'अब आपके पास प्रशासक की भूमिका नहीं है',
      'recovery-codes.created': 'नए रिकवरी कोड',
      'user.address-proved': 'पता प्रमाणित हुआ',
      'user.claimed': 'खाता उसे मिला जिसने उसका पता प्रमाणित किया',
      'recovery.requested': 'वापस आने के लिए कोड माँगा गया',
      'recovery-link.created': 'वापस आने के लिए लिंक बना',
      'recovery.succeeded': 'कोड से वापस आए',
      'recovery.failed': 'वापस आने का कोड अस्वीकार हुआ',
      'address.requested': 'नए पते पर कोड भेजा गया',
      'address.succeeded': 'नया पता प्रमाणित हुआ',
      'address.failed': 'नए पते का कोड अस्वीकार हुआ',
      'token.issued': 'किसी ऐप को पहुँच मिली',
      'token.refused': 'किसी ऐप को पहुँच नहीं मिली',
      'token.revoked': 'किसी ऐप की पहुँच समाप्त हुई',
      'authorization.refused': 'किसी ऐप का अनुरोध अस्वीकार हुआ',
      'group.members-changed': 'समूह बदले',
    },
  },

  offer: {
    recovered:
      'आप कोड से आए हैं। अभी नई पासकी बनाएँ, तो अगली बार कोड की ज़रूरत नहीं होगी। जो खो गई हैं उन्हें आप मिटा सकते हैं।',
    elsewhere: 'आपने दूसरे डिवाइस की पासकी से साइन इन किया। अपनी पासकी होने पर यह डिवाइस आपको तुरंत साइन इन कराएगा।',
  },

  passkey: {
    unnamed: 'पासकी',
    onOneDevice: 'एक ही डिवाइस पर रहती है: उसके साथ खो जाती है',
    synced: 'सिंक होती है: आपके दूसरे डिवाइस पर भी काम करती है, और उसका बैकअप है',
    notYetSynced: 'सिंक हो सकती है, पर अभी बैकअप नहीं है',
    keptBy: (provider, what) => `${provider} में रखी है। ${what}`,
    notUsedYet: (created) => `बनाई गई: ${created}, अभी इस्तेमाल नहीं हुई`,
    lastUsed: (created, used) => `बनाई गई: ${created}, पिछली बार इस्तेमाल: ${used}`,
    inUse: 'आप अभी इसी से साइन इन हैं।',
    needsUsername: 'इसे आपका उपयोगकर्ता नाम चाहिए: इससे साइन इन करते समय पहले वह लिखना होगा।',
    maybeCopied: (noticed) =>
      `हो सकता है इसकी नकल हुई हो: लगता है दो डिवाइस इसका इस्तेमाल करते हैं (पता चला: ${noticed})। इसे मिटाएँ और नई बनाएँ।`,
    only: 'यह आपकी अकेली पासकी है: इसके बिना आप साइन इन नहीं कर पाएँगे। पहले एक और जोड़ें।',
    rename: { button: 'नाम बदलें', accessibleName: (name) => `नाम बदलें: ${name}` },
    upgrade: { button: 'अपग्रेड करें', accessibleName: (name) => `अपग्रेड करें: ${name}` },
    delete: { button: 'मिटाएँ', accessibleName: (name) => `मिटाएँ: ${name}` },
  },

  signInTo: (name) => `${name} में साइन इन करें`,
  onDate: (date) => date,

  sessions: {
    unknownBrowser: 'कोई ब्राउज़र',
    here: 'यह ब्राउज़र',
    lastSeen: (seen, since) => `पिछली बार इस्तेमाल: ${seen}, साइन इन: ${since}`,
    from: (network) => `नेटवर्क: ${network}`,
    withPasskey: (name) => `पासकी: ${name}`,
    withCode: 'कोड से',
    end: { button: 'साइन आउट करें', accessibleName: (name) => `साइन आउट करें: ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `पिछली बार इस्तेमाल: ${last}, पहली बार: ${first}`,
    disconnect: {
      button: 'कनेक्शन हटाएँ',
      accessibleName: (name) => `कनेक्शन हटाएँ: ${name}`,
      sure: (name) => `${name} का कनेक्शन हटाएँ? जब तक आप वहाँ फिर साइन इन नहीं करते, वह आपको नहीं पहचानेगा।`,
    },
  },

  codes: {
    none: 'आपके पास कोई कोड नहीं है। कोड से आप तब भी प्रवेश पाते हैं जब सारी पासकी खो जाएँ।',
    unused: (count) =>
      counted(count, {
        one: 'आपके पास # कोड है जो इस्तेमाल नहीं हुआ।',
        other: 'आपके पास # कोड हैं जो इस्तेमाल नहीं हुए।',
      }),
    unusedSince: (count, made) =>
      `${counted(count, {
        one: 'आपके पास # कोड है जो इस्तेमाल नहीं हुआ',
        other: 'आपके पास # कोड हैं जो इस्तेमाल नहीं हुए',
      })}, बनाए गए: ${made}`,
    few: 'खत्म होने से पहले नए बना लें।',
    title: (site, account) => `रिकवरी कोड: ${site}, ${account}`,
    each: 'हर कोड एक बार काम करता है।',
    fileName: 'recovery-codes.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'इस नाम का कोई खाता नहीं है। वर्तनी जाँचें, या खाता बनाएँ।',
    'session.mfa.webauthn_verification_not_found':
      'इस खाते की यहाँ अभी कोई पासकी नहीं है, इसलिए पासकी से साइन इन नहीं हो सकता।',
    'session.mfa.webauthn_verification_failed':
      'यह पासकी स्वीकार नहीं हुई। फिर कोशिश करें, या कोई दूसरी इस्तेमाल करें।',
    'session.mfa.pending_info_not_found': 'इसमें बहुत समय लग गया, या बहुत बार कोशिश हुई। फिर से शुरू करें।',
    'session.mfa.invalid_recovery_code':
      'यह नाम और यह कोड मेल नहीं खाते, या कोड पहले ही इस्तेमाल हो चुका है। दोनों जाँचें, या दूसरा कोड इस्तेमाल करें।',
    'verification_code.code_mismatch': 'यह भेजा गया कोड नहीं है। सिर्फ़ सबसे नया कोड काम करता है।',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'इस ब्राउज़र में अब दूसरा खाता साइन इन है। कुछ नहीं बदला।',
    'session.identity_conflict':
      'यह पासकी दूसरे खाते की है। इस खाते की कोई पासकी चुनें, या पासकी वाले बटन से साइन इन करें।',
    'session.mfa.webauthn_credential_already_in_use': 'यह पासकी पहले से दर्ज है। इसी से साइन इन करें।',
    'session.verification_required':
      'आपको साइन इन किए कुछ समय हो गया है। साइन आउट करें, फिर साइन इन करें, और तब यह करें।',
    'session.passkey_required': 'यह करने के लिए अपनी कोई पासकी इस्तेमाल करें।',
    'user.address_proof_required': 'पहले भेजे गए कोड से साबित करें कि यह पता आपका है।',
    'recovery.second_code_required': 'यह साइट दो कोड माँगती है: एक जो आपने सहेजा, और एक जो आपको भेजा जाता है।',
    'application.not_found': 'वह ऐप्लिकेशन अब जुड़ा हुआ नहीं है। पेज को फिर से लोड करें।',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'यहाँ कोई ऐप्लिकेशन आपका इंतज़ार नहीं कर रहा। ऐप्लिकेशन से फिर शुरू करें।',
    'session.not_found': 'वह ब्राउज़र पहले ही साइन आउट हो चुका है। पेज को फिर से लोड करें।',
    'user.username_already_in_use': 'यह उपयोगकर्ता नाम लिया जा चुका है। दूसरा चुनें, या साइन इन करें।',
    'user.username_not_allowed':
      'यह उपयोगकर्ता नाम इस्तेमाल नहीं हो सकता: यह किसी दूसरे नाम या पते जैसा है, या इस साइट के माँगे रूप में नहीं है। दूसरा चुनें।',
    'user.email_already_in_use': 'इस ईमेल पते का खाता पहले से है। साइन इन करें।',
    'user.phone_already_in_use': 'इस फ़ोन नंबर का खाता पहले से है। साइन इन करें।',
    'user.identifier_already_in_use': 'यह किसी दूसरे खाते का है। दूसरा चुनें, या साइन इन करें।',
    'user.suspended': 'यह खाता निलंबित है। इस साइट को चलाने वालों से पूछें।',
    'user.too_many_passkeys': 'इस खाते में और पासकी नहीं जुड़ सकतीं। कोई ऐसी मिटाएँ जिसे आप अब इस्तेमाल नहीं करते।',
    'user.last_passkey': 'यह आपकी अकेली पासकी है। मिटाने से पहले एक और जोड़ें।',
    'passkey.not_found': 'यह पासकी पहले ही मिट चुकी है। पेज को फिर से लोड करें।',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'यह लिंक पहले ही इस्तेमाल हो चुका है या इसकी समय-सीमा खत्म हो गई है। इस साइट को चलाने वालों से नया लिंक माँगें।',
    'sign_up.closed': 'यहाँ कोई खाता नहीं बना सकता। इस साइट को चलाने वालों से खाता माँगें।',
    'sign_up.invitation_required':
      'यहाँ केवल निमंत्रण से खाता बनाया जा सकता है। आपको मिला लिंक खोलें, या इस साइट को चलाने वालों से लिंक माँगें।',
    'invitation.not_found':
      'यह निमंत्रण पहले ही इस्तेमाल हो चुका है या खत्म हो गया है। जिसने आपको बुलाया है, उससे नया निमंत्रण माँगें।',
    'administrator.link_not_found':
      'यह लिंक पहले ही इस्तेमाल हो चुका है या इसकी समय-सीमा खत्म हो गई है। इस साइट को चलाने वालों से नया लिंक माँगें।',
    'recovery.channel_not_available': 'यह साइट कोड नहीं भेज सकती। अपना कोई रिकवरी कोड इस्तेमाल करें।',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'इस पेज को यहाँ साइन इन करने की अनुमति नहीं है।',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'बहुत ज़्यादा कोशिशें हुईं। एक मिनट रुकें, फिर कोशिश करें।',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large': 'आपका ब्राउज़र बहुत ज़्यादा कुकी भेज रहा है। इस साइट की कुकी मिटाएँ, फिर कोशिश करें।',
    'auth.unauthorized': 'आप साइन आउट हैं। फिर से साइन इन करें।',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': 'हम अभी अपने डेटाबेस तक नहीं पहुँच पा रहे। थोड़ी देर में फिर कोशिश करें।',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey: 'यह पासकी यहाँ नहीं पहचानी जाती: यह मिटाई जा चुकी है, या दूसरी साइट की है। कोई दूसरी इस्तेमाल करें।',
  noConnection: 'सर्वर जवाब नहीं दे रहा। अपना कनेक्शन जाँचें, फिर कोशिश करें।',
  waitSeconds: (seconds) => wait(counted(seconds, { one: '# सेकंड', other: '# सेकंड' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: '# मिनट', other: '# मिनट' })),
  waitHours: (hours) => wait(counted(hours, { one: '# घंटा', other: '# घंटे' })),

  unsupported: {
    'insecure-origin': 'पासकी के लिए सुरक्षित पेज चाहिए: इसे https से, या localhost पर खोलें।',
    'no-webauthn': 'यह ब्राउज़र पासकी इस्तेमाल नहीं कर सकता। इसे अपडेट करें, या दूसरा इस्तेमाल करें।',
  },

  browserProblems: {
    NotAllowedError:
      'कुछ नहीं हुआ: इसे रद्द किया गया, बहुत समय लगा, या इस डिवाइस पर इस खाते की कोई पासकी नहीं है। फिर कोशिश करें।',
    notMade: 'पासकी नहीं बनी: इसे रद्द किया गया, या बहुत समय लगा। फिर कोशिश करें।',
    AbortError: 'इसे रोक दिया गया। फिर कोशिश करें।',
    InvalidStateError: 'इस डिवाइस पर इस खाते की पासकी पहले से है। उसी से साइन इन करें, या दूसरा डिवाइस इस्तेमाल करें।',
    NotSupportedError: 'यह डिवाइस वैसी पासकी नहीं बना सकता जैसी यहाँ चाहिए।',
    ConstraintError: 'यह डिवाइस जाँच नहीं सकता कि यह आप हैं। स्क्रीन लॉक लगाएँ, या दूसरा डिवाइस इस्तेमाल करें।',
    SecurityError: 'यहाँ की पासकी इस पते के लिए नहीं हैं। पेज का पता जाँचें।',
  },
});

export default hindi;

export const provider: ProviderTexts = {
  errorTitle: 'यह नहीं हो सका',
  errorHow:
    'ऐप्लिकेशन के अनुरोध का जवाब नहीं दिया जा सका। ऐप्लिकेशन पर वापस जाएँ और फिर शुरू करें। अगर इससे मदद न मिले, तो नीचे लिखी बातें उसकी सहायता टीम को बताएँ।',
  errorId: 'सहायता टीम के लिए:',
  signOutTitle: 'साइन आउट करें?',
  signOutHow: 'आप यहाँ से, और इस ब्राउज़र से साइन इन किए गए ऐप्लिकेशन से साइन आउट हो जाएँगे।',
  signOut: 'साइन आउट करें',
  staySignedIn: 'साइन इन रहें',
  signedOutTitle: 'आप साइन आउट हो गए हैं',
  signedOutHow: 'आप यह पेज बंद कर सकते हैं।',
  deviceTitle: 'डिवाइस जोड़ें',
  deviceHow: 'आपके डिवाइस पर दिख रहा कोड लिखें।',
  deviceWrong: 'यह कोड पहचाना नहीं गया, या बहुत पुराना है। अपना डिवाइस देखें और फिर कोशिश करें।',
  deviceCode: 'कोड',
  continueOn: 'जारी रखें',
  deviceConfirmTitle: 'किसी डिवाइस पर {name} में साइन इन करें?',
  deviceConfirmHow:
    'सिर्फ़ तब, जब आपका डिवाइस यही कोड दिखाए और वह आपके सामने हो। जिसके पास वह डिवाइस है, वह आपके रूप में साइन इन होगा।',
  allow: 'अनुमति दें',
  refuse: 'मना करें',
  deviceDoneTitle: 'आपके डिवाइस पर साइन इन हो गया',
  deviceDoneHow: '{name} आगे अपने-आप चलता है। आप यह पेज बंद कर सकते हैं।',
  terms: 'शर्तें',
  privacy: 'निजता',
};

export const messages: MessageTexts = {
  codeSubject: '{name} के लिए आपका कोड',
  codeHow: 'यह कोड {site} पर लिखें। यह एक बार, 10 मिनट तक काम करता है।',
  codeNotYou: 'आपने नहीं माँगा? तो इस संदेश को अनदेखा करें और कोड किसी को न दें।',
  invitationSubject: 'आपको {name} का निमंत्रण है',
  invitationHow: 'आप {site} पर खाता बना सकते हैं। यह लिंक एक बार काम करता है:',
  noticeNotYou: 'यह आप नहीं थे? तो तुरंत अपना खाता देखें:',
  'passkey-added': 'आपके खाते में एक पासकी जोड़ी गई।',
  'passkey-deleted': 'आपके खाते की एक पासकी हटाई गई।',
  'recovery-codes-created': 'आपके खाते में नए रिकवरी कोड हैं। पहले वाले अब काम नहीं करते।',
  'recovery-link-created': 'इस साइट को चलाने वालों ने एक लिंक बनाया है जिससे आप अपने खाते में वापस आ सकते हैं।',
  'account-recovered': 'कोई पासकी के बजाय कोड से आपके खाते में आया।',
  'addresses-changed': 'आपके खाते के पते बदले गए।',
  'account-claimed':
    'किसी ने आपके खाते का एक पता प्रमाणित किया: जो उसमें था वह साइन आउट है, और पासकी व कोड हटा दिए गए।',
  'passkey-maybe-copied': 'आपके खाते की एक पासकी की नकल हुई हो सकती है। उसे हटाएँ और नई बनाएँ।',
  'sessions-ended': 'आपका खाता दूसरे डिवाइस पर साइन आउट किया गया।',
  'account-suspended': 'आपका खाता निलंबित किया गया।',
  'account-restored': 'आपका खाता अब निलंबित नहीं है।',
  'account-deleted': 'आपका खाता हटाया गया।',
};
