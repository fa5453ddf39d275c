import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { type Answer, Browser, expectStatus, type Identifier } from '../support/browser';

const EXPERIENCE = '/api/experience';
const VERIFICATION = `${EXPERIENCE}/verification`;
const PROFILE = `${EXPERIENCE}/profile`;
const FACTORS = '/api/my-account/mfa-verifications';

/** `MfaFactor.WebAuthn`, which its pages put in the place of `public-key`. */
const asFactor = <T extends AuthenticationResponseJSON | RegistrationResponseJSON>(response: T) => ({
  ...response,
  type: 'WebAuthn',
});

export interface Factor {
  id: string;
  type: string;
  createdAt: string;
  lastUsedAt?: string;
  name?: string;
  agent?: string;
}

/** A browser in Logto's sign-in page (packages/experience) and account centre (packages/account), by their calls. */
export class LogtoPages extends Browser {
  /** Providers of its app: settings, texts, and once passkeys are on, options for the button and for autofill. */
  async openSignInPage(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const settings = expectStatus(200, await this.get<Settings>('/api/.well-known/sign-in-exp'));
    expectStatus(200, await this.get('/api/.well-known/phrases?lng=en'));
    expect(settings.passkeySignIn.enabled).toBe(true);
    const path = `${EXPERIENCE}/preflight/sign-in-passkey/authentication`;
    return expectStatus(200, await this.post<AuthenticationCreated>(path)).authenticationOptions;
  }

  /** usePasskeySignIn, and usePasskeyAutofillConditionalUI once a passkey was picked. */
  async usePasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<Answer> {
    const response = this.authenticator.authenticate(options);
    expectStatus(204, await this.init('SignIn'));
    const path = `${VERIFICATION}/sign-in-passkey/authentication/verify`;
    const { verificationId } = expectStatus(
      200,
      await this.post<Verified>(path, { payload: asFactor(response) }),
    );
    return this.identifyAndSubmit({ verificationId });
  }

  /** useStartIdentifierPasskeySignInProcessing, then useIdentifierPasskeySignInVerification. */
  async usePasskeyOf(identifier: Identifier): Promise<Answer> {
    expectStatus(204, await this.init('SignIn'));
    const path = `${VERIFICATION}/sign-in-passkey/authentication`;
    const created = await this.post<AuthenticationCreated>(path, { identifier });
    if (created.status !== 200) return created as unknown as Answer;
    const { verificationId, authenticationOptions } = created.body;
    const payload = asFactor(this.authenticator.authenticate(authenticationOptions));
    expectStatus(200, await this.post<Verified>(`${path}/verify`, { verificationId, payload }));
    return this.identifyAndSubmit({ verificationId });
  }

  /** registerWithUsername and identifyAndSubmitInteraction. */
  async registerUsername(value: string): Promise<Answer> {
    expectStatus(204, await this.init('Register'));
    const profile = await this.post(PROFILE, { type: 'username', value });
    if (profile.status !== 204) return profile;
    return this.identifyAndSubmit({});
  }

  /** sendVerificationCode and identifyWithVerificationCode. */
  async useCode(identifier: Identifier, sent: () => string): Promise<Answer> {
    expectStatus(204, await this.init('SignIn'));
    const path = `${VERIFICATION}/verification-code`;
    const { verificationId } = expectStatus(
      200,
      await this.post<Verified>(path, { interactionEvent: 'SignIn', identifier }),
    );
    const body = { identifier, code: sent(), verificationId };
    expectStatus(200, await this.post<Verified>(`${path}/verify`, body));
    return this.identifyAndSubmit({ verificationId });
  }

  /** The page `/create-passkey` (PasskeySetup), to which `user.passkey_preferred` leads. */
  openPasskeySetup = async (): Promise<RegistrationCreated> =>
    expectStatus(200, await this.post<RegistrationCreated>(`${VERIFICATION}/web-authn/registration`));

  /** bindSignInPasskey. */
  async createPasskey({ verificationId, registrationOptions }: RegistrationCreated): Promise<Answer> {
    const payload = asFactor(this.authenticator.register(registrationOptions));
    const path = `${VERIFICATION}/web-authn/registration/verify`;
    expectStatus(200, await this.post<Verified>(path, { verificationId, payload }));
    const bound = await this.post(`${PROFILE}/mfa/passkey`, { verificationId });
    return bound.status === 204 ? this.submit() : bound;
  }

  /** bindMfa, of the page for factors. */
  async bindFactor({ verificationId, registrationOptions }: RegistrationCreated): Promise<Answer> {
    const payload = asFactor(this.authenticator.register(registrationOptions));
    const path = `${VERIFICATION}/web-authn/registration/verify`;
    expectStatus(200, await this.post<Verified>(path, { verificationId, payload }));
    expectStatus(204, await this.post(`${PROFILE}/mfa`, { type: 'WebAuthn', verificationId }));
    return this.submit();
  }

  /** skipPasskeyBinding. */
  async skipPasskey(): Promise<Answer> {
    const skipped = await this.post(`${PROFILE}/mfa/passkey-skipped`);
    return skipped.status === 204 ? this.submit() : skipped;
  }

  readInteraction = () => this.get(`${EXPERIENCE}/interaction`);
  changeEvent = (interactionEvent: string) =>
    this.call('PUT', `${EXPERIENCE}/interaction-event`, { interactionEvent });

  /** PasskeyBinding of the account centre: fetched when it opens, then a passkey, and its name. */
  async addPasskey(name?: string): Promise<Answer> {
    const path = '/api/verifications/web-authn/registration';
    const created = await this.account<VerificationCreated>('POST', path);
    if (created.status !== 200) return created as unknown as Answer;
    const { verificationRecordId, registrationOptions, expiresAt } = created.body;
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const payload = asFactor(this.authenticator.register(registrationOptions));
    const verified = expectStatus(
      200,
      await this.account<VerificationCreated>('POST', `${path}/verify`, { verificationRecordId, payload }),
    );
    expect(verified).toEqual({ verificationRecordId });
    const newIdentifierVerificationRecordId = verified.verificationRecordId;
    return this.account('POST', FACTORS, { type: 'WebAuthn', newIdentifierVerificationRecordId, name });
  }

  listFactors = async (): Promise<Factor[]> =>
    expectStatus(200, await this.account<Factor[]>('GET', FACTORS));
  renameFactor = (id: string, name: string) => this.account('PATCH', `${FACTORS}/${id}/name`, { name });
  deleteFactor = (id: string) => this.account('DELETE', `${FACTORS}/${id}`);

  /** createAuthenticatedKy, with the header of changes. */
  account = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    this.call<T>(method, path, body, {
      authorization: 'Bearer access-token-of-the-account-centre',
      'logto-verification-id': 'verification-of-the-account-centre',
    });

  private init = (interactionEvent: 'SignIn' | 'Register') =>
    this.call('PUT', EXPERIENCE, { interactionEvent });

  private async identifyAndSubmit(body: object): Promise<Answer> {
    const identified = await this.post(`${EXPERIENCE}/identification`, body);
    return identified.status < 300 ? this.submit() : identified;
  }
}

interface Settings {
  passkeySignIn: { enabled: boolean };
}

interface Verified {
  verificationId: string;
}

interface AuthenticationCreated extends Verified {
  authenticationOptions: PublicKeyCredentialRequestOptionsJSON;
}

interface RegistrationCreated extends Verified {
  registrationOptions: PublicKeyCredentialCreationOptionsJSON;
}

interface VerificationCreated {
  verificationRecordId: string;
  registrationOptions: PublicKeyCredentialCreationOptionsJSON;
  expiresAt: string;
}
