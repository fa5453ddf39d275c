import { Inject, Injectable } from '@nestjs/common';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import { AnswerTimes } from '../attempts/answer-times';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { identifierHashOf } from '../limits/limit-key';
import type { RelyingParty } from '../webauthn/relying-party';
import { NOBODY } from '../ports/user-directory.port';
import { Accounts } from '../users/accounts.service';
import type { Identifier } from '../identifiers/identifier';
import { secretBytes } from '../webauthn/secret-bytes';
import {
  type InteractionId,
  type OfferedCredential,
  toDescriptor,
  type UserId,
} from '../webauthn/webauthn-types';
import type { AuthenticationOptionsDto, CreatedAuthenticationDto } from './authentication.dto';
import { AuthenticationRepository, type PendingAuthentication } from '../records/authentication.repository';
import { newVerificationId } from '../records/new-verification-id';
import type { AuthenticationCeremony } from '../records/verification-record.entity';
import { Decoys } from '../passkeys/decoys.service';

/** Extension inputs that the page asked for. */
type Extensions = Record<string, unknown>;

/** Options of the authentication ceremony (WebAuthn Level 3, section 7.2, step 1), each with its record. */
@Injectable()
export class AuthenticationOptionsService {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly accounts: Accounts,
    private readonly repository: AuthenticationRepository,
    private readonly decoys: Decoys,
    private readonly answerTimes: AnswerTimes,
  ) {}

  /**
   * Options for the passkeys of the user who has this identifier.
   * @throws ExperienceException `user.user_not_exist`, `session.mfa.webauthn_verification_not_found`
   */
  createForIdentifier(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    identifier: Identifier,
    extensions: Extensions,
  ): Promise<CreatedAuthenticationDto> {
    return this.answerTimes.ofOptions(() =>
      this.createForOwnerOf(identifier, relyingParty, interactionId, extensions),
    );
  }

  private async createForOwnerOf(
    identifier: Identifier,
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    extensions: Extensions,
  ): Promise<CreatedAuthenticationDto> {
    const pending = this.pendingRecord(relyingParty, interactionId, 'authentication');
    pending.request.identifierHash = identifierHashOf(identifier, relyingParty);
    const decoy = this.options.accountEnumeration === 'decoy';
    const lookup = (await this.accounts.locate(identifier, relyingParty)) ?? { userId: NOBODY };
    const found = await this.repository.begin(pending, lookup, decoy);
    const offered = found?.length || !decoy ? found : this.decoys.of(relyingParty.id, identifier);
    return this.answer(relyingParty, pending, requireOffered(offered), extensions);
  }

  /**
   * Options for the passkeys of a user who is signed in, or identified in the interaction by other means.
   * @throws ExperienceException `user.user_not_exist`, `session.mfa.webauthn_verification_not_found`
   */
  async createForUser(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    userId: UserId,
    extensions: Extensions,
  ): Promise<CreatedAuthenticationDto> {
    const pending = this.pendingRecord(relyingParty, interactionId, 'step-up');
    const offered = requireOffered(await this.repository.begin(pending, { userId }, false));
    return this.answer(relyingParty, pending, offered, extensions);
  }

  /** Options for whichever passkey the person picks: the passkey button and autofill. */
  async createDiscoverable(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    extensions: Extensions,
  ): Promise<CreatedAuthenticationDto> {
    const { discoverableChallengeTtl } = this.options;
    const pending = this.pendingRecord(
      relyingParty,
      interactionId,
      'authentication',
      discoverableChallengeTtl,
    );
    await this.repository.beginDiscoverable(pending);
    return this.answer(relyingParty, pending, undefined, extensions);
  }

  private pendingRecord(
    { id: rpId, policy }: RelyingParty,
    interactionId: InteractionId,
    ceremony: AuthenticationCeremony,
    ttl = this.options.challengeTtl,
  ): PendingAuthentication {
    return {
      interactionId,
      id: newVerificationId(),
      ceremony,
      challenge: secretBytes(32),
      rpId,
      request: { userVerification: policy.userVerification },
      ttl: policy.timeout ?? ttl,
    };
  }

  private async answer(
    { policy }: RelyingParty,
    { id, challenge, rpId, request, ttl }: PendingAuthentication,
    offered: OfferedCredential[] | undefined,
    asked: Extensions,
  ): Promise<CreatedAuthenticationDto> {
    const extensions = policy.appid === undefined ? asked : { ...asked, appid: policy.appid };
    const options: AuthenticationOptionsDto = await generateAuthenticationOptions({
      rpID: rpId,
      challenge: new Uint8Array(challenge),
      timeout: ttl * 1000,
      userVerification: request.userVerification,
      allowCredentials: offered?.map(toDescriptor),
      extensions: Object.keys(extensions).length > 0 ? extensions : undefined,
    });
    const authenticationOptions = policy.hints.length > 0 ? { ...options, hints: policy.hints } : options;
    return { verificationId: id, authenticationOptions };
  }
}

/** @throws ExperienceException `user.user_not_exist`, `session.mfa.webauthn_verification_not_found` */
function requireOffered(offered: OfferedCredential[] | null): OfferedCredential[] {
  if (offered === null) throw new ExperienceException('user.user_not_exist');
  if (offered.length === 0) throw new ExperienceException('session.mfa.webauthn_verification_not_found');
  return offered;
}
