import { createSend } from 'passkey-sign-in-client/request';
import { nameOf } from '../account-name';
import { SERVER } from '../addresses';
import { passkeys } from '../passkey-client';

export interface User {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
  suspended: boolean;
  administrator: boolean;
  createdAt: string;
}

export interface Application {
  id: string;
  name: string;
  type: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  groups: string[];
  configured: boolean;
  secret?: string;
}

export interface Group {
  id: string;
  name: string;
}

export interface Invitation {
  id: string;
  state: string;
  email: string | null;
  groups: string[];
  uses: number;
  maxUses: number;
  createdAt: string;
  expiresAt: string;
}

export interface AuditEvent {
  id: string;
  type: string;
  userId: string | null;
  details: Record<string, unknown>;
  createdAt: string;
}

let account = '';

/** Says whose page it is: in another account's session nothing is done. */
export function manageAs(id: string): void {
  account = id;
  passkeys.expectAccount(id);
}

const send = createSend({
  baseUrl: SERVER,
  headers: (): Record<string, string> => (account === '' ? {} : { 'expected-account': account }),
});

/** Calls the management API; after a while without a passkey, with one first. */
export const call = <T = null>(method: string, path: string, body?: object): Promise<T> =>
  passkeys.withStepUp(() => send<T>(method, path, body));

export const nameOrIdOf = (user: User): string => nameOf(user) ?? user.id;
