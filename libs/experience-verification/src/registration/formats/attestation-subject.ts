import type { AttestedCredential, AuthenticatorData } from '../../webauthn/authenticator-data';
import type { PublicKey } from '../../webauthn/cose-key';
import type { RelyingPartyPolicy } from '../../webauthn/relying-party';

/** What an attestation statement is about, beside it: all that its verification looks at (WebAuthn Level 3, section 8). */
export interface AttestationSubject {
  authenticatorData: AuthenticatorData;
  /** Authenticator data and the hash of the client data, one after the other: what is signed. */
  signed: Buffer;
  /** SHA-256. */
  clientDataHash: Buffer;
  attested: AttestedCredential;
  publicKey: PublicKey;
  policy: RelyingPartyPolicy;
}
