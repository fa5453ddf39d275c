import type { Formats } from '../texts/formats';
import type { Messages, MessageTexts, ProviderTexts } from '../texts/messages';

const TRY_AGAIN = 'Bizim tarafımızda bir sorun oluştu. Birazdan yeniden deneyin.';
const TOO_LATE = 'Çok uzun sürdü. Baştan başlayın.';
const OUR_MISTAKE = 'Bu sayfa yanlış bir şey gönderdi. Sayfayı yenileyip yeniden deneyin.';
const NO_IDENTIFIER =
  'Bu, kullanıcı adına, e-posta adresine ya da ülke kodlu bir telefon numarasına benzemiyor.';
const wait = (time: string) => `Çok fazla deneme yapıldı. ${time} bekleyip yeniden deneyin.`;

const turkish = ({ counted }: Formats): Messages => ({
  direction: 'ltr',

  page: {
    language: 'Dil',
    signIn: 'Oturum aç',
    signInHow: 'Parmak iziniz, yüzünüz ya da ekran kilidinizle. Parola gerekmez.',
    identifier: 'Kullanıcı adı, e-posta ya da telefon',
    continue: 'Devam',
    continueHow: 'Geçiş anahtarınız kendiliğinden önerilmiyorsa önce kim olduğunuzu yazın.',
    or: 'ya da',
    signInWithPasskey: 'Geçiş anahtarıyla oturum aç',
    newHere: 'Burada yeni misiniz?',
    createAccount: 'Hesap oluştur',
    lostPasskeys: 'Geçiş anahtarlarınızı mı kaybettiniz?',

    createAccountHow:
      'Cihazınız sizin için bir geçiş anahtarı oluşturur ve güvenle saklar. Aklınızda tutmanız gereken bir şey yok.',
    createPasskey: 'Geçiş anahtarı oluştur',
    haveAccount: 'Hesabınız var mı?',

    recover: 'Yeniden erişim',
    recoverHow:
      'Geçiş anahtarı yerine bir kodla. Ardından bu cihazda yeni bir geçiş anahtarı oluşturursunuz.',
    recoveryLinkHow:
      'Bu bağlantı sizi bir kez içeri alır. Ardından bu cihazda yeni bir geçiş anahtarı oluşturursunuz.',
    recoveryCode: 'Kurtarma kodu',
    recoveryCodeHint: 'Kaydettiğiniz kodlardan biri. Her kod bir kez geçerlidir.',
    sendCode: 'Bana kod gönder',
    sentCode: 'Size gönderilen kod',
    sentCodeHint: '10 dakika geçerlidir.',
    sendAnotherCode: 'Başka bir kod gönder',
    backToSignIn: 'Oturum açmaya dön',

    consentHow: 'Hesap sayfanızdan istediğiniz zaman geri alabilirsiniz.',
    allow: 'İzin ver',
    refuse: 'Reddet',

    notFound: 'Böyle bir sayfa yok',
    notFoundHow: 'Adresi denetleyin ya da hesabınıza geçin.',

    account: 'Hesabınız',
    signOut: 'Oturumu kapat',
    administration: 'Yönetim',
    nextSteps: 'Dışarıda kalmayın',
    nextStepsHow: 'Kurtarma kodlarını kaydedin ve ikinci bir cihazın geçiş anahtarını ekleyin.',
    offer: 'Bu cihazda bir geçiş anahtarı oluşturun',
    declineOffer: 'Şimdi değil',
    passkeys: 'Geçiş anahtarları',
    passkeysHint:
      'Her biriyle oturum açabilirsiniz. Bunları paylaşmayan her cihaz için bir geçiş anahtarı ekleyin.',
    addPasskey: 'Geçiş anahtarı ekle',
    recoveryCodes: 'Kurtarma kodları',
    createRecoveryCodes: 'Kurtarma kodları oluştur',
    applications: 'Bağlı uygulamalar',
    applicationsHint: 'Sizi bu hesapla tanırlar.',
    sessions: 'Oturumunuzun açık olduğu yerler',
    sessionsHint: 'Tanımadıklarınızı kapatın ve o oturumu açan geçiş anahtarını silin.',
    endOtherSessions: 'Diğer tüm oturumları kapat',

    renamePasskey: 'Bu geçiş anahtarını yeniden adlandır',
    name: 'Ad',
    save: 'Kaydet',
    cancel: 'İptal',

    replaceCodes: 'Yeni kurtarma kodları oluşturulsun mu?',
    replaceCodesMeans: 'Şu anki kodlarınız artık geçerli olmayacak.',
    createNewCodes: 'Yeni kodlar oluştur',
    keepCodes: 'Eskileri koru',

    yourRecoveryCodes: 'Kurtarma kodlarınız',
    yourRecoveryCodesHint:
      'Kodları bu cihaz olmadan da bulabileceğiniz bir yerde saklayın. Her kodla bir kez girebilirsiniz. Yeniden gösterilmezler ve önceki kodlar artık geçerli değildir.',
    copy: 'Kopyala',
    download: 'İndir',
    print: 'Yazdır',
    codesSaved: 'Kodları kaydettim',

    deletePasskey: 'Bu geçiş anahtarı silinsin mi?',
    deletePasskeyMeans:
      'Artık burada onunla oturum açamazsınız. Cihazınızdan da kaldırana kadar orada görünmeye devam edebilir.',
    delete: 'Sil',
    keepPasskey: 'Koru',

    remove: 'Kaldır',
    events: 'Neler oldu',
    eventsHint: 'Bu hesabın girişleri, reddedilenleri ve değişiklikleri, en yeniler önce.',
    showEvents: 'Neler olduğunu göster',
    showEarlierEvents: 'Öncekileri göster',
    deletion: 'Hesabın sonu',
    deletionHint: 'Silinen bir hesabı kimse geri getiremez.',
    deleteAccount: 'Hesabı sil',
    deleteAccountSure: 'Hesabınız silinsin mi?',
    deleteAccountMeans:
      'Adlarınız ve adresleriniz, geçiş anahtarlarınız, kurtarma kodlarınız, oturumlarınız ve uygulamalara verilenler kalıcı olarak silinir. Bir geçiş anahtarıyla onaylayın.',
    keepAccount: 'Hesabı koru',
  },

  missing: {
    identifier: 'Kullanıcı adınızı, e-posta adresinizi ya da telefon numaranızı yazın.',
    countryCode: 'Telefon numarasına + ve ülke koduyla başlayın.',
    recoveryCode: 'Kurtarma kodlarınızdan birini yazın ya da kendinize bir kod gönderin.',
    sentCode: 'Size gönderilen kodu yazın.',
    newIdentifier: 'Önce yenisini yazın.',
  },

  authorization: {
    continueTo: (name) => `${name} uygulamasına devam etmek için`,
    terms: 'Koşullar',
    privacy: 'Gizlilik',
    mayIt: (name) => `${name} kim olduğunuzu bilebilir mi?`,
    scopes: {
      openid: 'Yeniden geldiğinizde sizi tanıma',
      profile: 'Adınızı görme',
      email: 'E-posta adresinizi görme',
      phone: 'Telefon numaranızı görme',
      groups: 'Hangi gruplarda olduğunuzu görme',
      offline_access: 'Siz yokken de erişimi sürdürme',
    },
    otherScope: (scope) => `“${scope}” kullanma`,
  },

  news: {
    confirmSignIn:
      'Tarayıcınız geçiş anahtarınızı istiyor. Telefonunuzda mı? Orada başka bir cihaz seçin ve kodu telefonla tarayın.',
    confirmCreation:
      'Tarayıcınız geçiş anahtarını oluşturuyor: parmak iziniz, yüzünüz ya da ekran kilidinizle onaylayın.',
    signingIn: 'Oturumunuz açılıyor…',
    stepUp: 'Bir geçiş anahtarınızla kimliğinizi doğrulayın…',
    codeSent: 'Bu hesabın bir e-posta adresi ya da telefon numarası varsa oraya bir kod gönderildi.',
    savedCodeToo: 'Bu doğruydu. Bu site, kaydettiğiniz kurtarma kodlarından birini de istiyor.',
    otherAccount: (name) =>
      `Bu tarayıcıda artık ${name} hesabının oturumu açık. Bu sayfa hiçbir şeyi değiştirmedi.`,
    passkeyReady: 'Yeni geçiş anahtarınız hazır.',
    passkeyReadyToName: 'Yeni geçiş anahtarınız hazır. Ona tanıyacağınız bir ad verin.',
    passkeyMade: 'Sizin için bir geçiş anahtarı oluşturuldu. Bir dahaki sefere onunla oturum açın.',
    renamed: (name) => `Yeni adı: ${name}.`,
    deleted: (name) => `Silindi: ${name}.`,
    sessionEnded: (name) => `Oturumu kapatıldı: ${name}.`,
    otherSessionsEnded: 'Diğer tüm oturumlarınız kapatıldı.',
    disconnected: (name) => `Bağlantısı kesildi: ${name}.`,
    copied: 'Kopyalandı.',
    notCopied: 'Tarayıcınız burada kopyalamaya izin vermiyor. Kodları indirin ya da yazdırın.',
    accountChanged: 'Kaydedildi.',
    addressCodeSent: (address) =>
      `${address} adresine bir kod gönderildi. Buraya yazana kadar hiçbir şey değişmez.`,
    accountDeleted:
      'Hesabınız silindi. Geçiş anahtarlarını cihazlarınızdan da kaldırana kadar orada görebilirsiniz.',
  },

  identifiers: { username: 'Kullanıcı adı', email: 'E-posta', phone: 'Telefon' },
  proved: (address) => `${address} (doğrulandı)`,
  notProved: (address) => `${address} (henüz doğrulanmadı)`,

  identifierChange: {
    none: 'Henüz yok',
    change: { button: 'Değiştir', accessibleName: (name) => `Değiştir: ${name}` },
    add: { button: 'Ekle', accessibleName: (name) => `Ekle: ${name}` },
    labels: {
      username: 'Yeni kullanıcı adı',
      email: 'Yeni e-posta adresi',
      phone: 'Ülke koduyla yeni telefon numarası',
    },
  },
  accountProblems: {
    'user.username_already_in_use': 'Bu kullanıcı adı alınmış. Başka birini seçin.',
    'user.email_already_in_use': 'Bu e-posta adresi başka bir hesabın.',
    'user.phone_already_in_use': 'Bu telefon numarası başka bir hesabın.',
    'recovery.channel_not_available': 'Bu site oraya kod gönderemiyor.',
  },

  events: {
    changed: (members) => `Değiştirildi: ${members}`,
    otherMember: 'diğer bilgiler',
    byOthers: 'Bu siteyi işletenler tarafından',
    unknown: 'Başka bir şey',
    types: {
      'authentication.succeeded': 'Bir geçiş anahtarı kullanıldı',
      'authentication.failed': 'Bir geçiş anahtarı reddedildi',
      'step-up.succeeded': 'Geçiş anahtarıyla onaylandı',
      'step-up.failed': 'Bir onay reddedildi',
      'registration.succeeded': 'Yeni bir geçiş anahtarı oluşturuldu',
      'registration.failed': 'Yeni bir geçiş anahtarı reddedildi',
      'identification.failed': 'Bir giriş tamamlanamadı',
      'user.registered': 'Hesap oluşturuldu',
      'user.created': 'Hesap oluşturuldu',
      'user.changed': 'Hesap değiştirildi',
      'user.suspended': 'Hesap askıya alındı',
      'user.restored': 'Askı kaldırıldı',
      'user.signed-in': 'Giriş yapıldı',
      'user.signed-out': 'Çıkış yapıldı',
      'session.ended': 'Başka yerde çıkış yapıldı',
      'passkey.added': 'Geçiş anahtarı eklendi',
      'passkey.imported': 'Geçiş anahtarı başka bir sistemden getirildi',
      'passkey.renamed': 'Geçiş anahtarı yeniden adlandırıldı',
      'passkey.deleted': 'Geçiş anahtarı silindi',
      'passkey.clone-suspected': 'Bir geçiş anahtarı kopyalanmış olabilir',
      'limit.reached': 'Çok fazla deneme',
      'administrator.added': 'Yönetici oldunuz',
      'administrator.removed': 'Artık yönetici değilsiniz',
      'recovery-codes.created': 'Yeni kurtarma kodları',
      'user.address-proved': 'Adres doğrulandı',
      'user.claimed': 'Hesap, adresini doğrulayana verildi',
      'recovery.requested': 'Kurtarma için kod istendi',
      'recovery-link.created': 'Kurtarma bağlantısı oluşturuldu',
      'recovery.succeeded': 'Bir kodla geri girildi',
      'recovery.failed': 'Kurtarma kodu reddedildi',
      'address.requested': 'Yeni bir adrese kod gönderildi',
      'address.succeeded': 'Yeni adres doğrulandı',
      'address.failed': 'Yeni adresin kodu reddedildi',
      'token.issued': 'Bir uygulamaya erişim verildi',
      'token.refused': 'Bir uygulamanın erişimi reddedildi',
      'token.revoked': 'Bir uygulamanın erişimi sona erdi',
      'authorization.refused': 'Bir uygulamanın isteği reddedildi',
      'group.members-changed': 'Gruplar değiştirildi',
    },
  },

  offer: {
    recovered:
      'Bir kodla girdiniz. Şimdi yeni bir geçiş anahtarı oluşturun; bir dahaki sefere kod gerekmez. Kaybettiklerinizi silebilirsiniz.',
    elsewhere:
      'Başka bir cihazın geçiş anahtarıyla oturum açtınız. Kendi geçiş anahtarıyla bu cihaz oturumunuzu hemen açar.',
  },

  passkey: {
    unnamed: 'Geçiş anahtarı',
    onOneDevice: 'Tek bir cihazda kalır: cihazla birlikte kaybolur',
    synced: 'Eşzamanlanıyor: diğer cihazlarınızda da çalışır ve yedeklenir',
    notYetSynced: 'Eşzamanlanabilir, ama henüz yedeklenmedi',
    keptBy: (provider, what) => `Saklayan: ${provider}. ${what}`,
    notUsedYet: (created) => `Oluşturulma: ${created}, henüz kullanılmadı`,
    lastUsed: (created, used) => `Oluşturulma: ${created}, son kullanım: ${used}`,
    inUse: 'Şu anda onunla oturum açtınız.',
    needsUsername: 'Kullanıcı adınızı gerektirir: bununla oturum açarken önce onu yazmalısınız.',
    maybeCopied: (noticed) =>
      `Kopyalanmış olabilir: iki cihaz kullanıyor gibi görünüyor (fark edilme: ${noticed}). Silin ve yenisini oluşturun.`,
    only: 'Bu tek geçiş anahtarınız: o olmadan oturum açamazsınız. Önce bir başkasını ekleyin.',
    rename: { button: 'Yeniden adlandır', accessibleName: (name) => `Yeniden adlandır: ${name}` },
    upgrade: { button: 'Yükselt', accessibleName: (name) => `Yükselt: ${name}` },
    delete: { button: 'Sil', accessibleName: (name) => `Sil: ${name}` },
  },

  signInTo: (name) => `${name} oturumu aç`,
  onDate: (date) => date,

  sessions: {
    unknownBrowser: 'Bir tarayıcı',
    here: 'Bu tarayıcı',
    lastSeen: (seen, since) => `Son kullanım: ${seen}, oturum açılışı: ${since}`,
    from: (network) => `Ağ: ${network}`,
    withPasskey: (name) => `Geçiş anahtarı: ${name}`,
    withCode: 'Bir kodla',
    end: { button: 'Oturumu kapat', accessibleName: (name) => `Oturumu kapat: ${name}` },
  },

  applications: {
    lastUsed: (last, first) => `Son kullanım: ${last}, ilk kullanım: ${first}`,
    disconnect: {
      button: 'Bağlantıyı kes',
      accessibleName: (name) => `Bağlantıyı kes: ${name}`,
      sure: (name) =>
        `${name} ile bağlantı kesilsin mi? Orada yeniden oturum açana kadar sizi artık tanımayacak.`,
    },
  },

  codes: {
    none: 'Hiç kodunuz yok. Bir kodla, tüm geçiş anahtarlarınızı kaybetseniz bile girersiniz.',
    unused: (count) =>
      counted(count, { one: 'Kullanılmamış # kodunuz var.', other: 'Kullanılmamış # kodunuz var.' }),
    unusedSince: (count, made) =>
      `${counted(count, { one: 'Kullanılmamış # kodunuz var', other: 'Kullanılmamış # kodunuz var' })}, oluşturulma: ${made}.`,
    few: 'Kodlarınız bitmeden yenilerini oluşturun.',
    title: (site, account) => `Kurtarma kodları: ${site}, ${account}`,
    each: 'Her kod bir kez geçerlidir.',
    fileName: 'kurtarma-kodlari.txt',
  },

  problems: {
    'guard.invalid_input': NO_IDENTIFIER,
    'user.user_not_exist': 'Bu adda bir hesap yok. Yazımı denetleyin ya da bir hesap oluşturun.',
    'session.mfa.webauthn_verification_not_found':
      'Bu hesabın burada henüz geçiş anahtarı yok; bu yüzden biriyle oturum açamaz.',
    'session.mfa.webauthn_verification_failed':
      'Bu geçiş anahtarı kabul edilmedi. Yeniden deneyin ya da başka birini kullanın.',
    'session.mfa.pending_info_not_found': 'Çok uzun sürdü ya da çok sık denendi. Baştan başlayın.',
    'session.mfa.invalid_recovery_code':
      'Bu ad ile bu kod birbirine uymuyor ya da kod daha önce kullanıldı. İkisini de denetleyin ya da başka bir kod kullanın.',
    'verification_code.code_mismatch': 'Gönderilen kod bu değil. Yalnızca en son kod geçerlidir.',
    'session.verification_failed': TOO_LATE,
    'session.verification_session_not_found': TOO_LATE,
    'session.interaction_not_found': TOO_LATE,
    'session.identifier_not_found': TOO_LATE,
    'session.invalid_interaction_type': TOO_LATE,
    'session.account_mismatch': 'Bu tarayıcıda artık başka bir hesabın oturumu açık. Hiçbir şey değişmedi.',
    'session.identity_conflict':
      'Bu geçiş anahtarı başka bir hesaba ait. Bu hesabın anahtarlarından birini seçin ya da geçiş anahtarı düğmesiyle oturum açın.',
    'session.mfa.webauthn_credential_already_in_use': 'Bu geçiş anahtarı zaten kayıtlı. Onunla oturum açın.',
    'session.verification_required':
      'Oturum açmanızın üzerinden zaman geçti. Oturumu kapatıp yeniden açın, sonra bunu yapın.',
    'session.passkey_required': 'Bunu yapmak için geçiş anahtarlarınızdan birini kullanın.',
    'user.address_proof_required': 'Önce size oradan ulaşılabildiğini, gönderilen bir kodla doğrulayın.',
    'recovery.second_code_required': 'Bu site iki kod ister: biri kaydettiğiniz, diğeri size gönderilen.',
    'application.not_found': 'Bu uygulama artık bağlı değil. Sayfayı yenileyin.',
    'application.configured_by_file': OUR_MISTAKE,
    'group.not_found': OUR_MISTAKE,
    'group.name_already_in_use': OUR_MISTAKE,
    'authorization.not_found': 'Burada sizi bekleyen bir uygulama yok. Uygulamadan yeniden başlayın.',
    'session.not_found': 'Bu tarayıcının oturumu zaten kapalı. Sayfayı yenileyin.',
    'user.username_already_in_use': 'Bu kullanıcı adı alınmış. Başka bir ad seçin ya da oturum açın.',
    'user.username_not_allowed':
      'Bu kullanıcı adı kullanılamaz: başka bir ada ya da bir adrese benziyor veya bu sitenin istediği biçimde değil. Başka bir ad seçin.',
    'user.email_already_in_use': 'Bu e-posta adresiyle bir hesap var. Bunun yerine oturum açın.',
    'user.phone_already_in_use': 'Bu telefon numarasıyla bir hesap var. Bunun yerine oturum açın.',
    'user.identifier_already_in_use': 'Bu zaten başka bir hesabın. Başka birini kullanın ya da oturum açın.',
    'user.suspended': 'Bu hesap askıya alındı. Bu siteyi işletenlere sorun.',
    'user.too_many_passkeys':
      'Bu hesapta olabilecek en çok sayıda geçiş anahtarı var. Artık kullanmadığınız birini silin.',
    'user.last_passkey': 'Bu tek geçiş anahtarınız. Silmeden önce bir başkasını ekleyin.',
    'passkey.not_found': 'Bu geçiş anahtarı zaten silinmiş. Sayfayı yenileyin.',
    'passkey.import_conflict': OUR_MISTAKE,
    'recovery.link_not_found':
      'Bu bağlantı zaten kullanıldı veya süresi doldu. Bu siteyi yönetenlerden yenisini isteyin.',
    'sign_up.closed': 'Burada kimse hesap oluşturamaz. Bu siteyi yönetenlerden bir hesap isteyin.',
    'sign_up.invitation_required':
      'Burada yalnızca davetle hesap oluşturulabilir. Size gönderilen bağlantıyı açın veya bu siteyi yönetenlerden bir davet isteyin.',
    'invitation.not_found':
      'Bu davet zaten kullanıldı veya sona erdi. Sizi davet eden kişiden yenisini isteyin.',
    'administrator.link_not_found':
      'Bu bağlantı zaten kullanıldı veya süresi doldu. Bu siteyi yönetenlerden yenisini isteyin.',
    'recovery.channel_not_available': 'Bu site kod gönderemiyor. Kurtarma kodlarınızdan birini kullanın.',
    'auth.forbidden': OUR_MISTAKE,
    'request.cross_origin': 'Bu sayfanın burada oturum açmasına izin verilmiyor.',
    'request.not_found': OUR_MISTAKE,
    'request.too_many': 'Çok fazla deneme yapıldı. Bir dakika bekleyip yeniden deneyin.',
    'request.body_too_large': OUR_MISTAKE,
    'request.unsupported_media_type': OUR_MISTAKE,
    'request.headers_too_large':
      'Tarayıcınız çok fazla çerez gönderiyor. Bu sitenin çerezlerini silip yeniden deneyin.',
    'auth.unauthorized': 'Oturumunuz kapalı. Yeniden oturum açın.',
    'server.internal_error': TRY_AGAIN,
    'server.shutting_down': TRY_AGAIN,
    'database.unavailable': 'Şu anda veritabanımıza ulaşamıyoruz. Birazdan yeniden deneyin.',
  },

  unknownProblem: TRY_AGAIN,
  unknownPasskey:
    'Bu geçiş anahtarı burada bilinmiyor: silinmiş ya da başka bir siteye ait. Başka birini kullanın.',
  noConnection: 'Sunucu yanıt vermiyor. Bağlantınızı denetleyip yeniden deneyin.',
  waitSeconds: (seconds) => wait(counted(seconds, { one: '# saniye', other: '# saniye' })),
  waitMinutes: (minutes) => wait(counted(minutes, { one: '# dakika', other: '# dakika' })),
  waitHours: (hours) => wait(counted(hours, { one: '# saat', other: '# saat' })),

  unsupported: {
    'insecure-origin':
      'Geçiş anahtarları güvenli bir sayfa ister: bu sayfayı https üzerinden ya da localhost üzerinde açın.',
    'no-webauthn': 'Bu tarayıcı geçiş anahtarlarını kullanamıyor. Güncelleyin ya da başka birini kullanın.',
  },

  browserProblems: {
    NotAllowedError:
      'Hiçbir şey olmadı: iptal edildi, çok uzun sürdü ya da bu cihazda bu hesap için geçiş anahtarı yok. Yeniden deneyin.',
    notMade: 'Geçiş anahtarı oluşturulmadı: iptal edildi ya da çok uzun sürdü. Yeniden deneyin.',
    AbortError: 'Durduruldu. Yeniden deneyin.',
    InvalidStateError:
      'Bu cihazda bu hesap için zaten bir geçiş anahtarı var. Onunla oturum açın ya da başka bir cihaz kullanın.',
    NotSupportedError: 'Bu cihaz, burada gereken türde bir geçiş anahtarı oluşturamıyor.',
    ConstraintError:
      'Bu cihaz siz olduğunuzu doğrulayamıyor. Bir ekran kilidi ayarlayın ya da başka bir cihaz kullanın.',
    SecurityError: 'Buradaki geçiş anahtarları bu adres için değil. Sayfanın adresini denetleyin.',
  },
});

export default turkish;

export const provider: ProviderTexts = {
  errorTitle: 'Bu olmadı',
  errorHow:
    'Uygulamanın isteği yanıtlanamadı. Uygulamaya dönüp yeniden başlayın. Bu işe yaramazsa aşağıdakileri destek ekibine bildirin.',
  errorId: 'Destek için:',
  signOutTitle: 'Oturum kapatılsın mı?',
  signOutHow:
    'Hem buradaki oturumunuz hem de bu tarayıcıdan girdiğiniz uygulamalardaki oturumlarınız kapatılır.',
  signOut: 'Oturumu kapat',
  staySignedIn: 'Oturumu açık tut',
  signedOutTitle: 'Oturumunuz kapatıldı',
  signedOutHow: 'Bu sayfayı kapatabilirsiniz.',
  deviceTitle: 'Bir cihaz bağlayın',
  deviceHow: 'Cihazınızda görünen kodu girin.',
  deviceWrong: 'Bu kod bilinmiyor ya da çok eski. Cihazınıza bakıp yeniden deneyin.',
  deviceCode: 'Kod',
  continueOn: 'Devam',
  deviceConfirmTitle: 'Bir cihazda {name} oturumu açılsın mı?',
  deviceConfirmHow:
    'Yalnızca cihazınız bu kodu gösteriyorsa ve cihaz önünüzdeyse. Cihaz kimdeyse, oturumu sizin adınıza açılır.',
  allow: 'İzin ver',
  refuse: 'Reddet',
  deviceDoneTitle: 'Cihazınızda oturum açıldı',
  deviceDoneHow: '{name} kendiliğinden devam eder. Bu sayfayı kapatabilirsiniz.',
  terms: 'Koşullar',
  privacy: 'Gizlilik',
};

export const messages: MessageTexts = {
  codeSubject: '{name} kodunuz',
  codeHow: 'Bu kodu {site} adresinde yazın. Bir kez, 10 dakika boyunca geçerlidir.',
  codeNotYou: 'Siz istemediniz mi? O hâlde bu iletiyi yok sayın ve kodu kimseye vermeyin.',
  invitationSubject: '{name} için davetlisiniz',
  invitationHow: '{site} adresinde hesap oluşturabilirsiniz. Bu bağlantı bir kez geçerlidir:',
  noticeNotYou: 'Bunu yapan siz değil miydiniz? Hemen hesabınıza bakın:',
  'passkey-added': 'Hesabınıza bir geçiş anahtarı eklendi.',
  'passkey-deleted': 'Hesabınızın bir geçiş anahtarı silindi.',
  'recovery-codes-created': 'Hesabınızın yeni kurtarma kodları var. Öncekiler artık geçerli değil.',
  'recovery-link-created':
    'Bu siteyi işletenler, hesabınıza yeniden girmenizi sağlayan bir bağlantı oluşturdu.',
  'account-recovered': 'Birisi hesabınıza geçiş anahtarı yerine bir kodla girdi.',
  'addresses-changed': 'Hesabınızın adresleri değiştirildi.',
  'account-claimed':
    'Birisi hesabınızın bir adresini doğruladı: içeride olanın oturumu kapatıldı, geçiş anahtarları ve kodlar silindi.',
  'passkey-maybe-copied':
    'Hesabınızın bir geçiş anahtarı kopyalanmış olabilir. Onu silin ve yenisini oluşturun.',
  'sessions-ended': 'Hesabınızın diğer cihazlardaki oturumları kapatıldı.',
  'account-suspended': 'Hesabınız askıya alındı.',
  'account-restored': 'Hesabınız artık askıda değil.',
  'account-deleted': 'Hesabınız silindi.',
};
