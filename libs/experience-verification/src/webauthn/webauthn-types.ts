declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Base64url text without padding (RFC 4648 section 5), always in its one canonical spelling. */
export type Base64Url = Branded<string, 'Base64Url'>;

/** A relying party identifier: a domain (WebAuthn Level 3, section 4). */
export type RpId = Branded<string, 'RpId'>;

/** A credential ID of 1 to 1023 bytes, as base64url. */
export type CredentialId = Branded<Base64Url, 'CredentialId'>;

/** Primary key of a user: a UUID made by the server. It never leaves as a user handle. */
export type UserId = Branded<string, 'UserId'>;

/** Primary key of a verification record, the `verificationId` of the API. */
export type VerificationId = Branded<string, 'VerificationId'>;

/** SHA-256 of the interaction cookie's value: enough to find an interaction, useless to act in it. */
export type InteractionId = Branded<Buffer, 'InteractionId'>;

/** Transports that WebAuthn Level 3 (section 5.8.4) and the API know; others are dropped, not refused. */
export const TRANSPORTS = ['usb', 'nfc', 'ble', 'internal', 'cable', 'hybrid', 'smart-card'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const USER_VERIFICATION_REQUIREMENTS = ['required', 'preferred', 'discouraged'] as const;
export type UserVerificationRequirement = (typeof USER_VERIFICATION_REQUIREMENTS)[number];

/** WebAuthn Level 3, section 7.1, step 25: longer credential IDs are refused. */
export const MAX_CREDENTIAL_ID_BYTES = 1023;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Identifiers are opaque to clients: one that can't be a key is simply not found. */
export const isUuid = (value: string): boolean => UUID.test(value);

export const toBase64Url = (bytes: Uint8Array): Base64Url =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url') as Base64Url;

/** A user's passkey, as the options of a ceremony name it. */
export interface OfferedCredential {
  credentialId: Buffer;
  transports: Transport[];
}

/** Whether a passkey may be synced (`multiDevice`, backup eligible) or never leaves its device. */
export const DEVICE_TYPES = ['singleDevice', 'multiDevice'] as const;
export type DeviceType = (typeof DEVICE_TYPES)[number];

/** PublicKeyCredentialDescriptorJSON (WebAuthn Level 3, section 5.8.3), but for the type. */
export const toDescriptor = ({ credentialId, transports }: OfferedCredential) => ({
  id: toBase64Url(credentialId),
  transports,
});

export { fromBase64Url } from '../validation/base64url';

export const knownTransports = (values: readonly unknown[] | null | undefined): Transport[] => [
  ...new Set(values?.filter((value): value is Transport => TRANSPORTS.includes(value as Transport)) ?? []),
];

/** Credentials that options name: Chromium refuses longer lists of allowCredentials and excludeCredentials. */
export const MOST_OFFERED = 64;
