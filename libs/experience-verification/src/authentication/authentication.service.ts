import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { NewAuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Caller } from '../api/http-exchange';
import { readDto } from '../api/request-body';
import { identifierHashOf } from '../limits/limit-key';
import { type Attempt, Lockouts } from '../limits/lockouts.service';
import type { RelyingParty } from '../ports/relying-party.port';
import { takeSteps } from '../webauthn/ceremony-step';
import { secretBytes } from '../webauthn/secret-bytes';
import { type AuthenticationMethod, methodsOfPasskey } from '../ports/session.port';
import type { Identifier } from '../users/identifier';
import { NOBODY, USER_DIRECTORY, type UserDirectory, type UserLookup } from '../ports/user-directory.port';
import type { AuthenticationRequest } from '../records/verification-record.entity';
import { VerificationRecordService } from '../records/verification-record.service';
import {
  fromBase64Url,
  type InteractionId,
  type OfferedCredential,
  toDescriptor,
  type UserId,
  type VerificationId,
} from '../webauthn/webauthn-types';
import { verifyAssertion } from './assertion-verification';
import {
  AssertionPayloadDto,
  type AuthenticationOptionsDto,
  type CreatedAuthenticationDto,
  type VerifyAuthenticationDto,
} from './authentication.dto';
import {
  type AuthenticationCeremony,
  AuthenticationRepository,
  type PendingAuthentication,
} from '../records/authentication.repository';
import { decoyCredentials } from './decoy-credentials';
import { OWNER_STEPS } from './steps/authentication-steps';

/** Extension inputs that the page asked for. */
type Extensions = Record<string, unknown>;

/** What a verified assertion proves. */
export interface Proof {
  verificationId: VerificationId;
  amr: AuthenticationMethod[];
}

/** The authentication ceremony (WebAuthn Level 3, section 7.2). */
@Injectable()
export class AuthenticationService {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(USER_DIRECTORY) private readonly users: UserDirectory,
    private readonly repository: AuthenticationRepository,
    private readonly records: VerificationRecordService,
    private readonly audit: AuditService,
    private readonly lockouts: Lockouts,
  ) {}

  /**
   * Options for the passkeys of the user who has this identifier.
   * @throws ExperienceException `user.user_not_exist`, `session.mfa.webauthn_verification_not_found`
   */
  async createForIdentifier(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    identifier: Identifier,
    extensions: Extensions,
  ): Promise<CreatedAuthenticationDto> {
    const pending = this.pendingRecord(relyingParty, interactionId, 'authentication');
    pending.request.identifierHash = identifierHashOf(identifier);
    const decoy = this.options.accountEnumeration === 'decoy';
    const lookup = (await this.users.locate(identifier)) ?? { column: 'id', value: NOBODY };
    const found = await this.repository.begin(pending, lookup, decoy);
    const offered = found?.length || !decoy ? found : this.decoys(relyingParty, identifier);
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
    const lookup: UserLookup = { column: 'id', value: userId };
    const offered = requireOffered(await this.repository.begin(pending, lookup, false));
    return this.answer(relyingParty, pending, offered, extensions);
  }

  /** Options for whichever passkey the person picks: the passkey button and autofill. */
  async createDiscoverable(
    relyingParty: RelyingParty,
    interactionId: InteractionId,
    extensions: Extensions,
  ): Promise<CreatedAuthenticationDto> {
    const { discoverableTtl } = this.options;
    const pending = this.pendingRecord(relyingParty, interactionId, 'authentication', discoverableTtl);
    await this.repository.beginDiscoverable(pending);
    return this.answer(relyingParty, pending, undefined, extensions);
  }

  /**
   * Verifies the assertion against the record, whose challenge this call spends.
   * @throws ExperienceException `session.verification_session_not_found`, `session.mfa.pending_info_not_found`,
   *   `session.mfa.webauthn_verification_failed`, `session.identity_conflict`, `user.suspended`
   */
  verify(
    relyingParty: RelyingParty,
    interactionId: InteractionId | null,
    body: VerifyAuthenticationDto,
    caller: Caller,
  ): Promise<Proof> {
    return this.verifyFor('authentication', relyingParty, interactionId, body, caller, null);
  }

  /**
   * The same for a step-up of `userId`.
   * @throws as `verify` does; `session.identity_conflict` also when the challenge was made for another user
   */
  verifyStepUp(
    relyingParty: RelyingParty,
    interactionId: InteractionId | null,
    body: VerifyAuthenticationDto,
    caller: Caller,
    userId: UserId,
  ): Promise<Proof> {
    return this.verifyFor('step-up', relyingParty, interactionId, body, caller, userId);
  }

  private verifyFor(
    ceremony: AuthenticationCeremony,
    relyingParty: RelyingParty,
    interactionId: InteractionId | null,
    { verificationId, payload }: VerifyAuthenticationDto,
    caller: Caller,
    userId: UserId | null,
  ): Promise<Proof> {
    const known: Omit<NewAuditEvent, 'type'> = { rpId: relyingParty.id, userId, details: {} };
    const ceremonySteps = async (attempt: Attempt) => {
      const expected = { ceremony, rpId: relyingParty.id } as const;
      const record = await this.records.spend(interactionId, verificationId, expected, payload);
      known.userId = record.userId;
      known.details.verificationId = record.id;
      attempt.isFor((record.request as AuthenticationRequest).identifierHash);
      const response = readDto(AssertionPayloadDto, payload, 'payload');
      known.details.credentialId = response.id;
      const nameUnknown = this.options.accountEnumeration === 'reveal';
      const { credential, ...assertion } = await verifyAssertion(response, record, relyingParty, nameUnknown);
      known.userId = credential.userId;
      known.details.passkeyId = credential.id;
      await takeSteps(OWNER_STEPS, {
        record,
        credential,
        presentUser: userId,
        accountsAreSecret: !nameUnknown,
      });
      const amr = methodsOfPasskey(assertion.backupEligible);
      const event = this.audit.prepare(
        { ...known, type: `${ceremony}.succeeded`, details: { ...known.details, amr } },
        caller,
      );
      const { userHandle } = response.response;
      const update = {
        id: credential.id,
        ...assertion,
        userHandle: userHandle ? fromBase64Url(userHandle) : null,
        markClone: relyingParty.policy.signCountRegression === 'mark',
      };
      const completed = await this.repository.complete(record, update, this.options.verifiedTtl, event);
      if (!completed) {
        throw refused(
          'the credential was removed, or its counter moved on, while the assertion was verified',
        );
      }
      this.audit.publish(event);
      if (completed.cloneSuspected) {
        await this.audit.record({ ...known, type: 'passkey.clone-suspected' }, caller);
      }
      return { verificationId: record.id, amr };
    };
    return this.lockouts.counting('assertion', caller, (attempt) =>
      this.audit.recordingRefusal(`${ceremony}.failed`, known, caller, () => ceremonySteps(attempt)),
    );
  }

  private pendingRecord(
    { id: rpId, policy }: RelyingParty,
    interactionId: InteractionId,
    ceremony: AuthenticationCeremony,
    ttl = this.options.challengeTtl,
  ): PendingAuthentication {
    return {
      interactionId,
      id: randomUUID() as string as VerificationId,
      ceremony,
      challenge: secretBytes(32),
      rpId,
      request: { userVerification: policy.userVerification },
      ttl: policy.timeout ?? ttl,
    };
  }

  private decoys({ id }: RelyingParty, identifier: Identifier): OfferedCredential[] {
    return decoyCredentials(this.options.secret ?? '', id, identifier);
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

const refused = (reason: string) =>
  new ExperienceException('session.mfa.webauthn_verification_failed', { reason });
