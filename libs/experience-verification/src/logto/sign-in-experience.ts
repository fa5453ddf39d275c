import { Inject, Injectable } from '@nestjs/common';
import { Messages } from '../messages/messages.service';
import { signUpOf } from '../invitations/sign-ups.service';
import type { RelyingParty } from '../webauthn/relying-party';
import { LOGTO_OPTIONS, type ResolvedLogtoOptions } from './logto.options';

const TENANT = { tenantId: 'default', id: 'default' };

/** How people sign in, as Logto's pages are told of it. */
@Injectable()
export class SignInExperience {
  constructor(
    @Inject(LOGTO_OPTIONS) private readonly options: ResolvedLogtoOptions,
    private readonly messages: Messages,
  ) {}

  /** FullSignInExperience: passkeys first, codes where the host can send them, new accounts by username. */
  settings(relyingParty: RelyingParty) {
    return {
      ...TENANT,
      color: { primaryColor: '#2451b2', isDarkModeEnabled: true, darkPrimaryColor: '#9db8ff' },
      branding: {},
      hideLogtoBranding: false,
      languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
      termsOfUseUrl: null,
      privacyPolicyUrl: null,
      agreeToTermsPolicy: 'Automatic',
      signIn: { methods: this.methods() },
      signUp: { identifiers: ['username'], password: false, verify: false, secondaryIdentifiers: [] },
      socialSignIn: {},
      socialSignInConnectorTargets: [],
      socialConnectors: [],
      ssoConnectors: [],
      // Its pages know no invitations.
      signInMode: signUpOf(relyingParty) === 'open' ? 'SignInAndRegister' : 'SignIn',
      forgotPassword: { email: false, phone: false },
      customCss: null,
      customContent: {},
      customUiAssets: null,
      customUiCsp: {},
      passwordPolicy: {},
      passwordExpiration: { enabled: false },
      mfa: { policy: 'NoPrompt', factors: [] },
      adaptiveMfa: {},
      singleSignOnEnabled: false,
      supportEmail: null,
      supportWebsiteUrl: null,
      unknownSessionRedirectUrl: null,
      captchaPolicy: {},
      sentinelPolicy: {},
      verificationCodePolicy: {},
      passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: true },
      signUpProfileFields: [],
      customProfileFields: [],
      usernamePolicy: {
        caseSensitive: true,
        minLength: 1,
        maxLength: 128,
        allowedChars: { lowercase: true, uppercase: true, numbers: true, underscore: true },
      },
      isDevelopmentTenant: false,
      ...this.options.signInExperience,
    };
  }

  /** AccountCenter: passkeys can be changed, who the user is can be seen. */
  accountCentre(origins: string[]) {
    return {
      ...TENANT,
      enabled: true,
      fields: { username: 'ReadOnly', email: 'ReadOnly', phone: 'ReadOnly', passkey: 'Edit', mfa: 'Off' },
      webauthnRelatedOrigins: origins.filter((origin) => origin.startsWith('http')),
      deleteAccountUrl: null,
      customCss: null,
      profileFields: [],
    };
  }

  /**
   * Its page asks for an identifier only where a password or a code could follow; the passkey is tried first either way.
   * There are no passwords: where no code can be sent, the one that is said here keeps the field on the page.
   */
  private methods() {
    const canSend = this.messages.areSent;
    return ['username', 'email', 'phone'].map((identifier) => {
      const verificationCode = canSend && identifier !== 'username';
      return { identifier, password: !verificationCode, verificationCode, isPasswordPrimary: false };
    });
  }
}
