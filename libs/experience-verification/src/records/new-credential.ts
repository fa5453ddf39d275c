import type { Base64Url, CredentialId, RpId, Transport } from '../webauthn/webauthn-types';

/** A verified credential that waits in its verification record to be bound to a user. */
export interface NewCredential {
  credentialId: CredentialId;
  rpId: RpId;
  /** COSE_Key. */
  publicKey: Base64Url;
  signCount: number;
  transports: Transport[];
  aaguid: string;
  backupEligible: boolean;
  backupState: boolean;
  uvInitialized: boolean;
  discoverable: boolean | null;
  attestationFormat: string;
  /** As the FIDO Metadata names it: AAGUID or key identifier in hex. Null: not attested. */
  attestedModel: string | null;
}

/** Of which type the column of each is in a credential record; its name is the member's in snake case. */
const COLUMN_TYPES: Record<keyof NewCredential, string> = {
  credentialId: 'bytea',
  rpId: 'text',
  publicKey: 'bytea',
  signCount: 'bigint',
  transports: 'text[]',
  aaguid: 'uuid',
  backupEligible: 'boolean',
  backupState: 'boolean',
  uvInitialized: 'boolean',
  discoverable: 'boolean',
  attestationFormat: 'text',
  attestedModel: 'text',
};

/** SQL: the bytes of base64url without padding, which PostgreSQL does not read. */
const bytes = (base64url: string) =>
  `decode(rpad(translate(${base64url}, '-_', '+/'), length(${base64url}) + (4 - length(${base64url}) % 4) % 4, '='), 'base64')`;

const listed = (ofEach: (member: string, type: string) => string) =>
  Object.entries(COLUMN_TYPES)
    .map(([member, type]) => ofEach(member, type))
    .join(', ');

/** SQL lists to insert a new credential by: the columns, their values, and the members of its JSON that these are read from. */
export const NEW_CREDENTIAL = {
  columns: listed((member) => member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  values: listed((member, type) => (type === 'bytea' ? bytes(`"${member}"`) : `"${member}"`)),
  members: listed((member, type) => `"${member}" ${type === 'bytea' ? 'text' : type}`),
};
