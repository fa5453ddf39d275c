import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { readDto } from '../http/request-body';
import type { RelyingParty } from '../relying-party/relying-party.port';
import type { Identifier } from '../users/identifier';
import { USER_DIRECTORY, type UserDirectory } from '../users/user-directory.port';
import type { SpentRecord } from '../verification-record/verification-record.repository';
import { VerificationRecordService } from '../verification-record/verification-record.service';
import {
  type InteractionId,
  type OfferedCredential,
  toDescriptor,
  type UserId,
  type VerificationId,
} from '../webauthn-types';
import { verifyAssertion } from './assertion-verification';
import {
  AssertionPayloadDto,
  type CreatedAuthenticationDto,
  type VerifyAuthenticationDto,
} from './authentication.dto';
import { AuthenticationRepository, type PendingAuthentication } from './authentication.repository';
import { decoyCredentials } from './decoy-credentials';

/** The authentication ceremony (WebAuthn Level 3, section 7.2). */
@Injectable()
export class AuthenticationService {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(USER_DIRECTORY) private readonly users: UserDirectory,
    private readonly repository: AuthenticationRepository,
    private readonly records: VerificationRecordService,
  ) {}

  /**
   * Options for the passkeys of the user who has this identifier.
   * @throws ExperienceException `user.user_not_exist`, `session.mfa.webauthn_verification_not_found`
   */
  async createForIdentifier(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    identifier: Identifier,
  ): Promise<CreatedAuthenticationDto> {
    const pending = this.pendingRecord(relyingParty, interactionId);
    const decoy = this.options.accountEnumeration === 'decoy';
    const lookup = (await this.users.locate(identifier)) ?? NOBODY;
    const found = await this.repository.begin(pending, lookup, decoy);
    const offered = found?.length || !decoy ? found : this.decoys(relyingParty, identifier);
    if (offered === null) throw new ExperienceException('user.user_not_exist');
    if (offered.length === 0) throw new ExperienceException('session.mfa.webauthn_verification_not_found');
    return this.answer(relyingParty, pending, offered);
  }

  /** Options for whichever passkey the person picks: the passkey button and autofill. */
  async createDiscoverable(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
  ): Promise<CreatedAuthenticationDto> {
    const pending = this.pendingRecord(relyingParty, interactionId);
    await this.repository.beginDiscoverable(pending);
    return this.answer(relyingParty, pending);
  }

  /**
   * Verifies the assertion against the record, whose challenge this call spends.
   * @throws ExperienceException `session.verification_session_not_found`, `session.mfa.pending_info_not_found`,
   *   `session.mfa.webauthn_verification_failed`, `session.identity_conflict`, `user.suspended`
   */
  async verify(
    relyingParty: RelyingParty,
    interactionId: InteractionId | null,
    { verificationId, payload }: VerifyAuthenticationDto,
  ): Promise<VerificationId> {
    const expected = { ceremony: 'authentication', rpId: relyingParty.id } as const;
    const record = await this.records.spend(interactionId, verificationId, expected, payload);
    const response = readDto(AssertionPayloadDto, payload, 'payload');
    const nameUnknown = this.options.accountEnumeration === 'reveal';
    const assertion = await verifyAssertion(response, record, relyingParty, nameUnknown);
    const { credential, signCount, backupState } = assertion;
    this.refuseOtherUser(record, credential.userId);
    if (credential.suspended) throw new ExperienceException('user.suspended');
    const update = { id: credential.id, signCount, backupState };
    if (!(await this.repository.complete(record, update, this.options.verifiedTtl))) {
      throw refused('the credential was removed, or its counter moved on, while the assertion was verified');
    }
    return record.id;
  }

  /** WebAuthn Level 3, section 7.2, step 6, for a user identified before the ceremony. */
  private refuseOtherUser(record: SpentRecord, userId: UserId): void {
    if (record.identifiedUserId !== null && record.identifiedUserId !== userId) {
      throw new ExperienceException('session.identity_conflict');
    }
    if (!record.decoy && (record.userId === null || record.userId === userId)) return;
    // A decoy and a real user must answer alike, also to somebody who tries a passkey of their own.
    throw this.options.accountEnumeration === 'decoy'
      ? refused("the passkey is not of the identifier's user")
      : new ExperienceException('session.identity_conflict');
  }

  private pendingRecord(
    { id: rpId, policy }: RelyingParty,
    interactionId: InteractionId,
  ): PendingAuthentication {
    return {
      interactionId,
      id: randomUUID() as string as VerificationId,
      challenge: randomBytes(32),
      rpId,
      request: { userVerification: policy.userVerification },
      ttl: this.options.challengeTtl,
    };
  }

  private decoys({ id }: RelyingParty, identifier: Identifier): OfferedCredential[] {
    return decoyCredentials(this.options.secret ?? '', id, identifier);
  }

  private async answer(
    { policy }: RelyingParty,
    { id, challenge, rpId, request, ttl }: PendingAuthentication,
    offered?: OfferedCredential[],
  ): Promise<CreatedAuthenticationDto> {
    const options = await generateAuthenticationOptions({
      rpID: rpId,
      challenge: new Uint8Array(challenge),
      timeout: ttl * 1000,
      userVerification: request.userVerification,
      allowCredentials: offered?.map(toDescriptor),
      extensions: policy.appid === undefined ? undefined : { appid: policy.appid },
    });
    return { verificationId: id, authenticationOptions: options };
  }
}

/** Fits no user: the directory knows that there is none, and the statement still runs, in the same time. */
const NOBODY = { column: 'id', value: '00000000-0000-0000-0000-000000000000' } as const;

const refused = (reason: string) =>
  new ExperienceException('session.mfa.webauthn_verification_failed', { reason });
