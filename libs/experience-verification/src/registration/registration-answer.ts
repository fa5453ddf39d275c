import type { RelyingParty } from '../webauthn/relying-party';
import type { RegistrationRequest } from '../records/verification-record.entity';
import type { SpentRecord } from '../records/verification-record.repository';
import {
  type AttestedCredential,
  type AuthenticatorData,
  readAuthenticatorData,
} from '../webauthn/authenticator-data';
import { CeremonyAnswer } from '../webauthn/ceremony-answer';
import { type PublicKey, readCoseKey } from '../webauthn/cose-key';
import { type AttestationObject, readAttestationObject } from './attestation-object';
import type { FidoMetadata } from './fido-metadata';
import type { AttestationPayloadDto } from './registration.dto';

/** A new credential beside what was asked: what the steps of section 7.1 look at. */
export class RegistrationAnswer extends CeremonyAnswer {
  readonly type = 'webauthn.create';
  private object?: AttestationObject;
  private data?: AuthenticatorData;
  private key?: PublicKey;

  constructor(
    override readonly payload: AttestationPayloadDto,
    readonly record: SpentRecord<'registration'>,
    relyingParty: RelyingParty,
    readonly metadata: FidoMetadata,
  ) {
    super(payload, payload.response.clientDataJSON, record, relyingParty);
  }

  get request(): RegistrationRequest {
    return this.record.request;
  }

  get expectedRpId(): string {
    return this.record.rpId;
  }

  /** Conditional create shows no prompt, so that nobody need touch or unlock anything. */
  get mustBePresent(): boolean {
    return this.request.mediation !== 'conditional';
  }

  get mustBeVerified(): boolean {
    return this.mustBePresent && this.request.userVerification === 'required';
  }

  get attestationObject(): AttestationObject {
    return (this.object ??= readAttestationObject(this.payload.response.attestationObject));
  }

  get authenticatorData(): AuthenticatorData {
    return (this.data ??= readAuthenticatorData(this.attestationObject.authenticatorData));
  }

  get attested(): AttestedCredential {
    return this.readAttested();
  }

  /** @throws Error when the authenticator data has none, or can't be read */
  readAttested(): AttestedCredential {
    const { attested } = this.authenticatorData;
    if (!attested) throw new Error('the authenticator data has no attested credential');
    return attested;
  }

  /** @throws Error when it is of no algorithm that is known */
  get publicKey(): PublicKey {
    return (this.key ??= readCoseKey(this.attested.publicKey));
  }

  /** What credProps says (section 10.1.3); null when the client says nothing. */
  get discoverable(): boolean | null {
    const credProps = this.payload.clientExtensionResults?.['credProps'];
    if (typeof credProps !== 'object' || credProps === null || !('rk' in credProps)) return null;
    return typeof credProps.rk === 'boolean' ? credProps.rk : null;
  }
}
