import type { Base64Url, CredentialId, RpId, Transport } from './webauthn-types';

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
