import { Injectable } from '@nestjs/common';
import type { Caller } from './ports/http-exchange';
import { AuthenticationOptionsService } from './authentication/authentication-options.service';
import type { CreatedAuthenticationDto } from './authentication/authentication.dto';
import { AuthenticationService, type Proof } from './authentication/authentication.service';
import type { RelyingParty } from './webauthn/relying-party';
import { RegistrationOptionsService } from './registration/registration-options.service';
import type { CreatedRegistrationDto } from './registration/registration.dto';
import { RegistrationService } from './registration/registration.service';
import type { Identifier } from './identifiers/identifier';
import type { InteractionId, UserId, VerificationId } from './webauthn/webauthn-types';

/** Where a ceremony takes place. */
export interface CeremonyPlace {
  /** Whose passkeys it is about, of `RELYING_PARTY_PROVIDER`. */
  relyingParty: RelyingParty;
  /** The interaction of the browser, of `INTERACTION_PROVIDER`: options and answer must come from the same one. */
  interactionId: InteractionId;
}

/** Options that are asked for. */
export interface OptionsInput extends CeremonyPlace {
  /** Client extension inputs (WebAuthn Level 3, section 9) as JSON, put into the options. Default none. */
  extensions?: Record<string, unknown>;
}

/** What a browser answered to options. */
export interface ResponseInput extends Omit<CeremonyPlace, 'interactionId'> {
  /** Null: the browser is in no interaction, and there is nothing to answer. */
  interactionId: InteractionId | null;
  /** Of the options; left out: the interaction's latest that are pending. */
  verificationId?: string | null;
  /** PublicKeyCredential as JSON (section 5.1): what @simplewebauthn/browser returns. Nothing of it is trusted. */
  payload: object;
  /** Who calls, for audit events and lockouts: address, user agent and request id. */
  caller: Caller;
}

/**
 * The ceremonies of WebAuthn Level 3 (sections 7.1 and 7.2), for the module's own controllers and for a host's.
 * Options make a verification record, of which the answer spends the challenge: by the first attempt, right or wrong.
 * A verified record is used once, by `POST /api/experience/identification` or `POST /api/my-account/passkeys`.
 *
 * Every method throws ExperienceException with a `code` of `ERRORS`; refusals are recorded as audit events, with the
 * step of the specification and the reason.
 *
 * @example
 * const { verificationId, authenticationOptions } = await webAuthn.generateAuthenticationOptions({
 *   relyingParty,
 *   interactionId,
 *   identifier: { type: 'username', value: 'alice' },
 * });
 * const payload = await startAuthentication({ optionsJSON: authenticationOptions });
 * const proof = await webAuthn.verifyAuthenticationResponse({
 *   relyingParty,
 *   interactionId,
 *   verificationId,
 *   payload,
 *   caller: { ip: '203.0.113.7' },
 * });
 * return proof; // { verificationId, amr: ['swk', 'pop', 'user'], passkeyId, authenticatedAt }
 */
@Injectable()
export class WebAuthnService {
  constructor(
    private readonly authenticationOptions: AuthenticationOptionsService,
    private readonly authentication: AuthenticationService,
    private readonly registrationOptions: RegistrationOptionsService,
    private readonly registration: RegistrationService,
  ) {}

  /**
   * Options for the passkeys of the user who has this identifier.
   * @param input `identifier` in its stored spelling
   * @returns `verificationId`, and `authenticationOptions`: PublicKeyCredentialRequestOptionsJSON (section 5.5)
   * @throws `user.user_not_exist`, `session.mfa.webauthn_verification_not_found`; with `accountEnumeration: 'decoy'`
   *   neither: then the options are made up
   */
  generateAuthenticationOptions(
    input: OptionsInput & { identifier: Identifier },
  ): Promise<CreatedAuthenticationDto> {
    const { relyingParty, interactionId, identifier, extensions = {} } = input;
    return this.authenticationOptions.createForIdentifier(
      relyingParty,
      interactionId,
      identifier,
      extensions,
    );
  }

  /**
   * Options for the passkeys of a user who is signed in or identified by other means (step-up, second factor).
   * @throws `user.user_not_exist`, `session.mfa.webauthn_verification_not_found`
   */
  generateStepUpOptions(input: OptionsInput & { userId: UserId }): Promise<CreatedAuthenticationDto> {
    const { relyingParty, interactionId, userId, extensions = {} } = input;
    return this.authenticationOptions.createForUser(relyingParty, interactionId, userId, extensions);
  }

  /** Options for whichever passkey the person picks (discoverable credentials): a passkey button, or autofill. */
  generateDiscoverableOptions(input: OptionsInput): Promise<CreatedAuthenticationDto> {
    const { relyingParty, interactionId, extensions = {} } = input;
    return this.authenticationOptions.createDiscoverable(relyingParty, interactionId, extensions);
  }

  /**
   * Options for the first passkey of a user who does not exist yet, in an interaction for `Register`.
   * @param input `invitation`: the secret of one; `caller` is told of few taken names with `accountEnumeration: 'decoy'`
   * @returns `verificationId`, and `registrationOptions`: PublicKeyCredentialCreationOptionsJSON (section 5.4)
   * @throws `session.invalid_interaction_type`, `user.*_already_in_use`, `user.address_proof_required`, `request.too_many`,
   *   `sign_up.closed`, `sign_up.invitation_required`, `invitation.not_found`
   */
  generateRegistrationOptions(
    input: OptionsInput & { identifier: Identifier; invitation?: string; caller?: Caller },
  ): Promise<CreatedRegistrationDto> {
    const { relyingParty, interactionId, identifier, invitation, extensions = {}, caller } = input;
    return this.registrationOptions.createForNewUser(
      relyingParty,
      interactionId,
      { identifier, invitation },
      extensions,
      caller?.ip,
    );
  }

  /**
   * Options for a further passkey of a user.
   * @param input `mediation: 'conditional'` for a passkey that the browser makes without a prompt (section 5.1.3)
   * @throws `auth.unauthorized` when the user is gone
   */
  generateRegistrationOptionsForUser(
    input: OptionsInput & { userId: UserId; mediation?: 'conditional' },
  ): Promise<CreatedRegistrationDto> {
    const { relyingParty, interactionId, userId, mediation, extensions = {} } = input;
    return this.registrationOptions.createForUser(relyingParty, interactionId, userId, mediation, extensions);
  }

  /**
   * Verifies an assertion (section 7.2).
   * @returns `verificationId` of the verified record, `amr`: the authentication methods (RFC 8176) that it proves,
   *   `passkeyId` of the credential record, and `authenticatedAt` by the database's clock
   * @throws `session.verification_session_not_found`, `session.mfa.pending_info_not_found`,
   *   `session.mfa.webauthn_verification_failed`, `session.identity_conflict`, `user.suspended`, `request.too_many`
   */
  verifyAuthenticationResponse(input: ResponseInput): Promise<Proof> {
    const { relyingParty, interactionId, caller, ...body } = input;
    return this.authentication.verify(relyingParty, interactionId, body, caller);
  }

  /**
   * The same for a step-up of `userId`.
   * @throws as `verifyAuthenticationResponse` does; `session.identity_conflict` for a passkey of anybody else
   */
  verifyStepUpResponse(input: ResponseInput & { userId: UserId }): Promise<Proof> {
    const { relyingParty, interactionId, caller, userId, ...body } = input;
    return this.authentication.verifyStepUp(relyingParty, interactionId, body, caller, userId);
  }

  /**
   * Verifies a new credential (section 7.1). It is kept once the record is used.
   * @returns the id of the verified record
   * @throws `session.verification_session_not_found`, `session.mfa.pending_info_not_found`,
   *   `session.mfa.webauthn_verification_failed`, `session.mfa.webauthn_credential_already_in_use`
   */
  verifyRegistrationResponse(input: ResponseInput): Promise<VerificationId> {
    const { relyingParty, interactionId, caller, ...body } = input;
    return this.registration.verify(relyingParty, interactionId, body, caller);
  }
}
