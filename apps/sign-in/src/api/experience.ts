import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import type { Identifier } from '../identifier';
import { request } from './request';

const EXPERIENCE = '/api/experience';
const AUTHENTICATION = `${EXPERIENCE}/verification/sign-in-web-authn/authentication`;
const REGISTRATION = `${EXPERIENCE}/verification/web-authn/registration`;

interface Verified {
  verificationId: string;
}

export interface CreatedAuthentication extends Verified {
  authenticationOptions: PublicKeyCredentialRequestOptionsJSON;
}

export interface CreatedRegistration extends Verified {
  registrationOptions: PublicKeyCredentialCreationOptionsJSON;
}

export const startInteraction = (interactionEvent: 'SignIn' | 'Register') =>
  request<null>('PUT', EXPERIENCE, { interactionEvent });

export const createAuthentication = (identifier: Identifier) =>
  request<CreatedAuthentication>('POST', AUTHENTICATION, { identifier });

export const createDiscoverableAuthentication = () =>
  request<CreatedAuthentication>('POST', `${EXPERIENCE}/preflight/sign-in-web-authn/authentication`, {});

export const verifyAuthentication = (verificationId: string, payload: AuthenticationResponseJSON) =>
  request<Verified>('POST', `${AUTHENTICATION}/verify`, { verificationId, payload });

/** Without an identifier: a further passkey of the signed-in user. */
export const createRegistration = (identifier?: Identifier) =>
  request<CreatedRegistration>('POST', REGISTRATION, identifier ? { identifier } : {});

export const verifyRegistration = (verificationId: string, payload: RegistrationResponseJSON) =>
  request<Verified>('POST', `${REGISTRATION}/verify`, { verificationId, payload });

export const identify = (verificationId: string) =>
  request<null>('POST', `${EXPERIENCE}/identification`, { verificationId });

export const submit = () => request<{ redirectTo: string }>('POST', `${EXPERIENCE}/submit`);
