import type * as t from './api-types.ts';
import type { Send } from './request.ts';

const EXPERIENCE = '/api/experience';
const VERIFICATION = `${EXPERIENCE}/verification`;
const AUTHENTICATION = `${VERIFICATION}/sign-in-web-authn/authentication`;
const STEP_UP = `${VERIFICATION}/web-authn/authentication`;
const REGISTRATION = `${VERIFICATION}/web-authn/registration`;
export const ACCOUNT = '/api/my-account';
const PASSKEYS = `${ACCOUNT}/passkeys`;

const pageQuery = (limit: number, cursor?: string) =>
  new URLSearchParams({ limit: String(limit), ...(cursor !== undefined && { cursor }) }).toString();

/** Every call of the API that a sign-in frontend needs. Each may throw ApiError or ConnectionError. */
export const createApi = (send: Send) => ({
  /** Starts afresh: whatever interaction this browser was in ends. */
  startInteraction: (interactionEvent: t.InteractionEvent) =>
    send<null>('PUT', EXPERIENCE, { interactionEvent } satisfies t.StartInteraction),
  /** Uses a verified record: finds the user, or in a `Register` interaction creates one. */
  identify: (verificationId: string) =>
    send<null>('POST', `${EXPERIENCE}/identification`, { verificationId } satisfies t.Identification),
  /** Signs the identified user in. */
  submit: () => send<t.Submitted>('POST', `${EXPERIENCE}/submit`),
  /** Which application waits for the user, if one does; else ApiError `authorization.not_found`. */
  getAuthorization: () => send<t.Authorization>('GET', `${EXPERIENCE}/authorization`),
  /** Allows the application what it asks for, or refuses it. */
  consent: (approve: boolean) =>
    send<t.Consented>('POST', `${EXPERIENCE}/consent`, { approve } satisfies t.Consent),
  abandonInteraction: () => send<null>('DELETE', EXPERIENCE),

  createAuthentication: (body: t.CreateAuthentication) =>
    send<t.CreatedAuthentication>('POST', AUTHENTICATION, body),
  /** For whichever passkey the person picks: by a button, or from autofill. */
  createDiscoverableAuthentication: (body: t.Extensible = {}) =>
    send<t.CreatedAuthentication>('POST', `${EXPERIENCE}/preflight/sign-in-web-authn/authentication`, body),
  verifyAuthentication: (body: t.VerifyAuthentication) =>
    send<t.Verified>('POST', `${AUTHENTICATION}/verify`, body),

  createStepUp: (body: t.Extensible = {}) => send<t.CreatedAuthentication>('POST', STEP_UP, body),
  verifyStepUp: (body: t.VerifyAuthentication) => send<t.Verified>('POST', `${STEP_UP}/verify`, body),

  createRegistration: (body: t.CreateRegistration = {}) =>
    send<t.CreatedRegistration>('POST', REGISTRATION, body),
  verifyRegistration: (body: t.VerifyRegistration) =>
    send<t.Verified>('POST', `${REGISTRATION}/verify`, body),

  verifyRecoveryCode: (body: t.VerifyRecoveryCode) =>
    send<t.Verified>('POST', `${VERIFICATION}/recovery-code/verify`, body),
  /** Spends a link by which management lets the user in. */
  verifyRecoveryLink: (body: t.VerifyRecoveryLink) =>
    send<t.Verified>('POST', `${VERIFICATION}/recovery-link/verify`, body),
  /** Has a code sent to the owner of the account; the answer is the same when there is none. */
  sendVerificationCode: (body: t.SendVerificationCode) =>
    send<t.Verified>('POST', `${VERIFICATION}/verification-code`, body),
  verifyVerificationCode: (body: t.VerifyVerificationCode) =>
    send<t.Verified>('POST', `${VERIFICATION}/verification-code/verify`, body),

  getAccount: () => send<t.Account>('GET', ACCOUNT),
  /** Changes the user name; null takes a name or an address away. */
  changeAccount: (body: t.ChangeAccount) => send<t.Account>('PATCH', ACCOUNT, body),
  /** Deletes the account, for good, and signs this browser out. */
  deleteAccount: () => send<null>('DELETE', ACCOUNT),
  /** Has a code sent to an address that is to be the account's. */
  sendAddressCode: (body: t.ProveAddress) => send<t.Verified>('POST', `${ACCOUNT}/addresses`, body),
  /** With the right code the address is the account's, in place of the one of its type. */
  verifyAddress: (body: t.VerifyVerificationCode) =>
    send<t.Account>('POST', `${ACCOUNT}/addresses/verify`, body),
  /** What happened to the account, newest first. */
  listEvents: (cursor?: string, limit = 50) =>
    send<t.AccountEventPage>('GET', `${ACCOUNT}/events?${pageQuery(limit, cursor)}`),
  listPasskeys: () => send<t.Passkey[]>('GET', PASSKEYS),
  getSignals: () => send<t.Signals>('GET', `${PASSKEYS}/signals`),
  /** Binds a verified registration to the signed-in user. */
  bindPasskey: (body: t.AddPasskey) => send<t.Passkey>('POST', PASSKEYS, body),
  renamePasskey: (id: string, name: string) =>
    send<t.Passkey>('PATCH', `${PASSKEYS}/${id}`, { name } satisfies t.RenamePasskey),
  deletePasskey: (id: string) => send<null>('DELETE', `${PASSKEYS}/${id}`),
  /** Where the user is signed in, the latest used first. */
  listSessions: () => send<t.Session[]>('GET', `${ACCOUNT}/sessions`),
  endSession: (id: string) => send<null>('DELETE', `${ACCOUNT}/sessions/${id}`),
  /** All but this browser's. */
  endOtherSessions: () => send<null>('DELETE', `${ACCOUNT}/sessions`),
  getRecoveryCodesStatus: () => send<t.RecoveryCodesStatus>('GET', `${ACCOUNT}/recovery-codes`),
  /** New codes, told this once; earlier ones are void. */
  createRecoveryCodes: () => send<t.RecoveryCodes>('POST', `${ACCOUNT}/recovery-codes`),
  /** Applications that the user has signed in to, the latest first. */
  listApplications: () => send<t.MyApplication[]>('GET', `${ACCOUNT}/applications`),
  /** @param id a URL, of one that is known by its metadata document */
  disconnectApplication: (id: string) =>
    send<null>('DELETE', `${ACCOUNT}/applications/${encodeURIComponent(id)}`),
  signOut: () => send<null>('DELETE', '/api/session'),
});

export type Api = ReturnType<typeof createApi>;
