import type { RelyingParty } from './relying-party';
import type { AuthenticatorData } from './authenticator-data';
import type { CredentialPayloadDto } from './credential-payload.dto';
import { ReceivedClientData } from './received-client-data';
import type { RpId } from './webauthn-types';

/** What the record of a ceremony's options says, as far as both ceremonies have it. */
export interface AskedOptions {
  challenge: Buffer;
  rpId: RpId;
}

/**
 * An answer to the options of a ceremony, beside what was asked: all that its steps look at. What came is read where a
 * step first asks for it, and what can't be read is refused there.
 */
export abstract class CeremonyAnswer {
  readonly clientData: ReceivedClientData;

  constructor(
    readonly payload: CredentialPayloadDto,
    clientDataJSON: string,
    readonly asked: AskedOptions,
    readonly relyingParty: RelyingParty,
  ) {
    this.clientData = new ReceivedClientData(clientDataJSON);
  }

  /** The `type` of its client data. */
  abstract readonly type: 'webauthn.create' | 'webauthn.get';
  abstract readonly authenticatorData: AuthenticatorData;
  /** Whose hash the authenticator data has. */
  abstract readonly expectedRpId: string;
  abstract readonly mustBePresent: boolean;
  abstract readonly mustBeVerified: boolean;
}
