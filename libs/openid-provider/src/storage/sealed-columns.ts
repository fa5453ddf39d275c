import type { SealedColumn } from 'nestjs-passkey-sign-in';

export const SIGNING_KEY: SealedColumn = {
  table: 'oidc_signing_keys',
  name: 'id',
  sealed: 'key',
  purpose: 'openid-provider signing keys',
};

export const PAYLOAD: SealedColumn = {
  table: 'oidc_payloads',
  name: 'key',
  sealed: 'payload',
  purpose: 'openid-provider payloads',
};

/** All of the provider's, beside `experienceVerificationSealedColumns`. */
export const openIdProviderSealedColumns = [SIGNING_KEY, PAYLOAD];
