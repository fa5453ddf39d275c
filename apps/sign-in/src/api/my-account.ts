import { request } from './request';

export interface Account {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
}

export interface Passkey {
  id: string;
  name: string | null;
  provider?: { name: string };
  deviceType: 'singleDevice' | 'multiDevice';
  backedUp: boolean;
  discoverable: boolean | null;
  createdAt: string;
  lastUsedAt: string | null;
}

/** Arguments of the browser's Signal API. */
export interface Signals {
  allAcceptedCredentials: AllAcceptedCredentialsOptions;
  currentUserDetails: CurrentUserDetailsOptions;
}

const ACCOUNT = '/api/my-account';

export const getAccount = () => request<Account>('GET', ACCOUNT);
export const listPasskeys = () => request<Passkey[]>('GET', `${ACCOUNT}/passkeys`);
export const getSignals = () => request<Signals>('GET', `${ACCOUNT}/passkeys/signals`);
export const bindPasskey = (verificationId: string) =>
  request<Passkey>('POST', `${ACCOUNT}/passkeys`, { verificationId });
export const renamePasskey = (id: string, name: string) =>
  request<Passkey>('PATCH', `${ACCOUNT}/passkeys/${id}`, { name });
export const deletePasskey = (id: string) => request<null>('DELETE', `${ACCOUNT}/passkeys/${id}`);
export const signOut = () => request<null>('DELETE', '/api/session');
