import { Inject, Injectable } from '@nestjs/common';
import { generateRegistrationOptions } from '@simplewebauthn/server';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { type PasskeyOwner, PasskeysService } from '../passkeys/passkeys.service';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { credentialAlgorithms } from '../webauthn/cose-algorithms';
import type { RelyingParty } from '../webauthn/relying-party';
import { USER_DIRECTORY, type UserDirectory } from '../ports/user-directory.port';
import type { RegistrationRequest } from '../records/verification-record.entity';
import { type Identifier, IDENTIFIERS } from '../identifiers/identifier';
import { skeletonOf, whyNotAllowed } from '../identifiers/username-rule';
import { SignUps } from '../invitations/sign-ups.service';
import { Accounts } from '../users/accounts.service';
import { LOOKS_LIKE_ANOTHER, usernameNotAllowed } from '../users/username-refusal';
import { TakenNames } from './taken-names.service';
import { secretBytes } from '../webauthn/secret-bytes';
import {
  type InteractionId,
  toDescriptor,
  type UserId,
  type VerificationId,
} from '../webauthn/webauthn-types';
import type { CreatedRegistrationDto, RegistrationOptionsDto } from './registration.dto';
import { newVerificationId } from '../records/new-verification-id';
import { OWN_INTERACTIONS } from '../records/own-interactions';
import { RecoveryRepository } from '../records/recovery.repository';
import { RegistrationRepository } from '../records/registration.repository';

/** Length of a user handle: the most that WebAuthn Level 3 (section 5.4.3) allows. */
const USER_HANDLE_BYTES = 64;

/** Somebody new, and the secret of the invitation by which they come, if any. */
interface NewUserAsked {
  identifier: Identifier;
  invitation?: string;
}

/** For whom a registration is. */
interface Candidate {
  user: PasskeyOwner;
  /** Null for a new user, who has an identifier instead. */
  userId: UserId | null;
  identifier?: Identifier;
  invitation?: string;
  mediation?: 'conditional';
}

/** Options of the registration ceremony (WebAuthn Level 3, section 7.1, step 1), each with its record. */
@Injectable()
export class RegistrationOptionsService {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(USER_DIRECTORY) private readonly users: UserDirectory,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    @Inject(OWN_INTERACTIONS) private readonly ownInteractions: boolean,
    private readonly accounts: Accounts,
    private readonly repository: RegistrationRepository,
    private readonly passkeys: PasskeysService,
    private readonly takenNames: TakenNames,
    private readonly recoveries: RecoveryRepository,
    private readonly signUps: SignUps,
  ) {}

  /**
   * Options for the first passkey of a user who does not exist yet. Another try of the same browser has the same handle.
   * @param address who asks: where accounts are secret, one is told of few that are taken
   * @throws ExperienceException `session.invalid_interaction_type`, `user.*_already_in_use`, `user.username_not_allowed`,
   *   `user.address_proof_required`, `sign_up.closed`, `sign_up.invitation_required`, `invitation.not_found`
   */
  createForNewUser(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    newUser: NewUserAsked,
    extensions: Record<string, unknown>,
    address: string | undefined,
  ): Promise<CreatedRegistrationDto> {
    return this.takenNames.limited(address, async () => {
      const asked = [relyingParty, interactionId, newUser, extensions] as const;
      if (!this.ownInteractions) {
        await this.requireRegister(interactionId);
        return this.begin(...asked);
      }
      // The statement that makes the record sees what the interaction is for: only where one is refused it is asked, and told first.
      try {
        return await this.begin(...asked);
      } catch (error) {
        if (error instanceof ExperienceException) await this.requireRegister(interactionId);
        throw error;
      }
    });
  }

  /** @throws ExperienceException `session.invalid_interaction_type` */
  private async requireRegister(interactionId: InteractionId): Promise<void> {
    if ((await this.interactions.eventOf(interactionId)) === 'Register') return;
    throw new ExperienceException('session.invalid_interaction_type');
  }

  private async begin(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    { identifier, invitation: secret }: NewUserAsked,
    extensions: Record<string, unknown>,
  ): Promise<CreatedRegistrationDto> {
    // Before anything is told of names.
    const invitation = await this.signUps.admit(relyingParty, secret);
    if (identifier.type === 'username') {
      const why = whyNotAllowed(identifier.value, this.options.usernames);
      if (why !== null) throw usernameNotAllowed(why);
    }
    const candidate = { userHandle: secretBytes(USER_HANDLE_BYTES), name: identifier.value, passkeys: [] };
    const pending = this.pendingRecord(relyingParty, interactionId, {
      user: candidate,
      userId: null,
      identifier,
      invitation,
    });
    await this.requireProof(relyingParty, interactionId, identifier);
    // Nor may it be what somebody signs in with as an older username.
    const typed = { ...identifier, asUsername: identifier.value };
    const taken = await this.users.locate(typed, relyingParty);
    const free = !taken || 'identifier' in taken;
    const userHandle = free ? await this.repository.begin(pending, taken) : null;
    if (!userHandle) {
      const isTaken = !free || (await this.accounts.idOf(typed, relyingParty)) !== null;
      throw isTaken
        ? new ExperienceException(IDENTIFIERS[identifier.type].alreadyInUse)
        : usernameNotAllowed(LOOKS_LIKE_ANOTHER);
    }
    return this.answer(relyingParty, pending, { ...candidate, userHandle }, extensions);
  }

  /**
   * Where accounts are secret, only who is reached at an address is told whether it is taken.
   * @throws ExperienceException `user.address_proof_required`
   */
  private async requireProof(
    { id: rpId }: RelyingParty,
    interactionId: InteractionId,
    identifier: Identifier,
  ): Promise<void> {
    if (this.options.accountEnumeration !== 'decoy' || !IDENTIFIERS[identifier.type].reachable) return;
    if (await this.recoveries.hasProved({ interactionId, rpId }, identifier)) return;
    throw new ExperienceException('user.address_proof_required');
  }

  /**
   * Options for a further passkey of the signed-in user.
   * @throws ExperienceException `auth.unauthorized` when the user is gone
   */
  async createForUser(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    userId: UserId,
    mediation: 'conditional' | undefined,
    extensions: Record<string, unknown>,
  ): Promise<CreatedRegistrationDto> {
    const user = await this.passkeys.owner(userId, relyingParty.id);
    const pending = this.pendingRecord(relyingParty, interactionId, { user, userId, mediation });
    await this.repository.begin(pending, null);
    return this.answer(relyingParty, pending, user, extensions);
  }

  private pendingRecord(
    { id: rpId, policy }: RelyingParty,
    interactionId: InteractionId,
    { user, userId, identifier, invitation, mediation }: Candidate,
  ) {
    const { residentKey, attestation } = policy;
    // Without a prompt a browser may have no way to verify the user (section 5.1.3).
    const userVerification = mediation === 'conditional' ? 'preferred' : policy.userVerification;
    const algorithms = credentialAlgorithms(policy.algorithms);
    return {
      interactionId,
      id: newVerificationId(),
      challenge: secretBytes(32),
      rpId,
      request: {
        ...{ userVerification, residentKey, algorithms, attestation, mediation, identifier, invitation },
        ...(identifier?.type === 'username' && this.allowed(identifier.value)),
      },
      userId,
      userHandle: user.userHandle,
      ttl: policy.timeout ?? this.options.challengeTtl,
      keepHandle: this.options.interactionTtl,
      mustRegister: userId === null && this.ownInteractions,
    };
  }

  private allowed(username: string): Pick<RegistrationRequest, 'skeleton' | 'usernamePolicy'> {
    return { skeleton: skeletonOf(username), usernamePolicy: this.options.usernames.version };
  }

  private async answer(
    { id: rpID, name: rpName, policy }: RelyingParty,
    pending: { id: VerificationId; challenge: Buffer; request: RegistrationRequest; ttl: number },
    { userHandle, name, passkeys }: PasskeyOwner,
    extensions: Record<string, unknown>,
  ): Promise<CreatedRegistrationDto> {
    const { userVerification, residentKey, algorithms, attestation } = pending.request;
    const options = await generateRegistrationOptions({
      rpID,
      rpName,
      userName: name,
      userDisplayName: name,
      userID: new Uint8Array(userHandle),
      challenge: new Uint8Array(pending.challenge),
      timeout: pending.ttl * 1000,
      excludeCredentials: passkeys.map(toDescriptor),
      authenticatorSelection: { residentKey, userVerification },
      supportedAlgorithmIDs: algorithms,
    });
    const registrationOptions = {
      ...options,
      attestation,
      extensions: { ...options.extensions, ...extensions },
      hints: policy.hints.length > 0 ? policy.hints : undefined,
    } as RegistrationOptionsDto;
    return { verificationId: pending.id, registrationOptions };
  }
}
