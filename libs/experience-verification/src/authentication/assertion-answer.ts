import { ExperienceException } from '../errors/experience.exception';
import type { RelyingParty } from '../webauthn/relying-party';
import type { AuthenticationCeremony } from '../records/verification-record.entity';
import type { KnownCredential, SpentRecord } from '../records/verification-record.repository';
import { type AuthenticatorData, readAuthenticatorData } from '../webauthn/authenticator-data';
import { CeremonyAnswer } from '../webauthn/ceremony-answer';
import { fromBase64Url } from '../webauthn/webauthn-types';
import type { FidoMetadata } from '../trust/metadata/fido-metadata';
import type { AssertionPayloadDto } from './authentication.dto';
import { decoyCredential } from './decoy-assertion';

export const UNKNOWN_CREDENTIAL = 'the credential is not known to this relying party';

/** An assertion beside what was asked: what the steps of section 7.2 look at. */
export class AssertionAnswer extends CeremonyAnswer {
  readonly type = 'webauthn.get';
  readonly mustBePresent = true;
  private found?: KnownCredential;
  private data?: AuthenticatorData;

  /**
   * @param nameUnknown whether a credential that was deleted here is named in the discoverable flow, for the page to tell
   *   the authenticator. One that is merely not known is not: a database that lost its data must not make authenticators
   *   lose theirs. Only where accounts are no secret: else a decoy's credential ID could be told from a real one.
   */
  constructor(
    override readonly payload: AssertionPayloadDto,
    readonly record: SpentRecord<AuthenticationCeremony>,
    relyingParty: RelyingParty,
    private readonly nameUnknown: boolean,
    readonly metadata: Pick<FidoMetadata, 'entryOf'>,
  ) {
    super(payload, payload.response.clientDataJSON, record, relyingParty);
  }

  get mustBeVerified(): boolean {
    return this.record.request.userVerification === 'required';
  }

  /** With the appid extension used, the hash is of the AppID (section 10.1.1). */
  get expectedRpId(): string {
    const { appid } = this.relyingParty.policy;
    const isUsed = appid !== undefined && this.payload.clientExtensionResults?.['appid'] === true;
    return isUsed ? appid : this.record.rpId;
  }

  get credential(): KnownCredential {
    return this.findCredential();
  }

  /**
   * The record of the credential that it names; where accounts are kept secret, a decoy for one that is not known.
   * @throws ExperienceException when it is not known
   */
  findCredential(): KnownCredential {
    return (this.found ??= this.record.credential ?? this.decoy());
  }

  get authenticatorDataBytes(): Uint8Array {
    return readBytes('authenticatorData', this.payload.response.authenticatorData);
  }

  get authenticatorData(): AuthenticatorData {
    return (this.data ??= readAuthenticatorData(this.authenticatorDataBytes));
  }

  get signature(): Uint8Array {
    return readBytes('signature', this.payload.response.signature);
  }

  private decoy(): KnownCredential {
    const { userId, rpId, deletedHere } = this.record;
    const credentialId = this.payload.id;
    if (!this.nameUnknown) return decoyCredential(credentialId);
    throw new ExperienceException('session.mfa.webauthn_verification_failed', {
      reason: UNKNOWN_CREDENTIAL,
      data: userId === null && deletedHere ? { unknownCredential: { rpId, credentialId } } : undefined,
    });
  }
}

/** @throws Error when the text is no base64url */
function readBytes(member: string, text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (!bytes) throw new Error(`${member} is not base64url`);
  return bytes;
}
