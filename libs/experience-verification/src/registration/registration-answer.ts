import type { RelyingParty } from '../webauthn/relying-party';
import type { RegistrationRequest } from '../records/verification-record.entity';
import type { SpentRecord } from '../records/verification-record.repository';
import {
  type AttestedCredential,
  type AuthenticatorData,
  readAuthenticatorData,
} from '../webauthn/authenticator-data';
import { ZERO_AAGUID } from '../passkeys/passkey-provider';
import { CeremonyAnswer } from '../webauthn/ceremony-answer';
import { type PublicKey, readCoseKey } from '../webauthn/cose-key';
import { type AttestationObject, readAttestationObject } from './attestation-object';
import type { AttestationRoots } from '../trust/certificates/attestation-roots';
import type { AttestationStatement } from './formats/attestation-statement';
import type { AttestationSubject } from './formats/attestation-subject';
import type { FidoMetadata } from '../trust/metadata/fido-metadata';
import { modelOf } from '../trust/metadata/authenticator-model';
import type { AttestationPayloadDto } from './registration.dto';

/** Where trust anchors come from (section 7.1, step 23). */
export interface TrustSources {
  roots: AttestationRoots;
  metadata: FidoMetadata;
}

/** A new credential beside what was asked: what the steps of section 7.1 look at. */
export class RegistrationAnswer extends CeremonyAnswer {
  readonly type = 'webauthn.create';
  private object?: AttestationObject;
  private data?: AuthenticatorData;
  private key?: PublicKey;
  private passed?: readonly AttestationStatement[];

  constructor(
    override readonly payload: AttestationPayloadDto,
    readonly record: SpentRecord<'registration'>,
    relyingParty: RelyingParty,
    readonly trust: TrustSources,
  ) {
    super(payload, payload.response.clientDataJSON, record, relyingParty);
  }

  get request(): RegistrationRequest {
    return this.record.request;
  }

  get expectedRpId(): string {
    return this.record.rpId;
  }

  /** Conditional create shows no prompt, so that nobody need touch anything. */
  get mustBePresent(): boolean {
    return this.request.mediation !== 'conditional';
  }

  get mustBeVerified(): boolean {
    return this.request.userVerification === 'required';
  }

  get attestationObject(): AttestationObject {
    return (this.object ??= readAttestationObject(this.payload.response.attestationObject));
  }

  get authenticatorData(): AuthenticatorData {
    return (this.data ??= readAuthenticatorData(this.attestationObject.authenticatorData));
  }

  /** Its AAGUID is none where no statement signs it: those of fido-u2f do not (section 8.6). */
  get attested(): AttestedCredential {
    const attested = this.readAttested();
    const isSigned = this.statements.some(({ format }) => format !== 'fido-u2f');
    return isSigned ? attested : { ...attested, aaguid: ZERO_AAGUID };
  }

  /** The attestation statements that have passed so far: one, or some of a compound attestation. */
  get statements(): readonly AttestationStatement[] {
    return this.passed ?? this.attestationObject.statements;
  }

  /** The model that the attestation names; null: nothing is attested. */
  get attestedModel(): string | null {
    const statement = this.statements.find(({ format }) => format !== 'none');
    return statement ? modelOf(this.attested.aaguid, statement.certificates) : null;
  }

  get subject(): AttestationSubject {
    const { clientData, authenticatorData, publicKey, relyingParty } = this;
    return {
      authenticatorData,
      signed: Buffer.concat([this.attestationObject.authenticatorData, clientData.hash]),
      clientDataHash: clientData.hash,
      attested: this.readAttested(),
      publicKey,
      policy: relyingParty.policy,
    };
  }

  /**
   * Goes on with the statements that pass a check: all must, or by policy one of a compound attestation.
   * @param check throws Error with the reason
   * @throws Error of a statement that had to pass
   */
  async goOnWith(check: (statement: AttestationStatement) => unknown): Promise<void> {
    const passed: AttestationStatement[] = [];
    let refused: Error | undefined;
    for (const statement of this.statements) {
      try {
        await check(statement);
        passed.push(statement);
      } catch (error) {
        refused = error instanceof Error ? error : new Error(String(error));
        if (this.relyingParty.policy.compoundAttestation === 'every') break;
      }
    }
    const isEnough = this.relyingParty.policy.compoundAttestation === 'any' && passed.length > 0;
    if (refused && !isEnough) throw refused;
    this.passed = passed;
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
