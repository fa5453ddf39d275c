import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../ports/http-exchange';
import { readDto } from '../validation/request-body';
import { AnswerTimes } from '../attempts/answer-times';
import type { Attempt } from '../attempts/attempt';
import { Attempts } from '../attempts/attempts.service';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { marksRegression, type RelyingParty } from '../webauthn/relying-party';
import { type AuthenticationMethod, methodsOfPasskey } from '../ports/session.port';
import type { AuthenticationCeremony } from '../records/verification-record.entity';
import type { KnownCredential, SpentRecord } from '../records/verification-record.repository';
import { VerificationRecordService } from '../records/verification-record.service';
import { Accounts } from '../users/accounts.service';
import { isOfTenant } from '../users/users.repository';
import { FidoMetadata } from '../trust/metadata/fido-metadata';
import { takeSteps } from '../webauthn/ceremony-step';
import {
  fromBase64Url,
  type InteractionId,
  type UserId,
  type VerificationId,
} from '../webauthn/webauthn-types';
import { type VerifiedAssertion, verifyAssertion } from './assertion-verification';
import { AssertionPayloadDto, type VerifyAuthenticationDto } from './authentication.dto';
import { AuthenticationRepository } from '../records/authentication.repository';
import { OWNER_STEPS } from './steps/authentication-steps';

/** What a verified assertion proves. */
export interface Proof {
  verificationId: VerificationId;
  amr: AuthenticationMethod[];
  /** The credential record that proved it. */
  passkeyId: string;
  /** By the database's clock. */
  authenticatedAt: Date;
}

/** An assertion, and what it answers. */
interface Answer {
  ceremony: AuthenticationCeremony;
  relyingParty: RelyingParty;
  interactionId: InteractionId | null;
  body: VerifyAuthenticationDto;
  /** Who is present, in a step-up. */
  userId: UserId | null;
}

/** Users from before tenants had users of their own may have passkeys at several: they are users of one of them. */
const ofTenant = (credential: KnownCredential | null, relyingParty: RelyingParty): KnownCredential | null =>
  credential && isOfTenant(credential, relyingParty) ? credential : null;

/** The authentication ceremony (WebAuthn Level 3, section 7.2). */
@Injectable()
export class AuthenticationService {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly repository: AuthenticationRepository,
    private readonly records: VerificationRecordService,
    private readonly accounts: Accounts,
    private readonly attempts: Attempts,
    private readonly answerTimes: AnswerTimes,
    private readonly audit: AuditService,
    private readonly metadata: FidoMetadata,
  ) {}

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
    const ceremony = 'authentication';
    return this.verifyFor({ ceremony, relyingParty, interactionId, body, userId: null }, caller);
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
    return this.verifyFor({ ceremony: 'step-up', relyingParty, interactionId, body, userId }, caller);
  }

  private verifyFor(answer: Answer, caller: Caller): Promise<Proof> {
    const { ceremony, relyingParty, userId } = answer;
    const attempt = this.attempts.begin({
      rpId: relyingParty.id,
      caller,
      failure: `${ceremony}.failed`,
      counted: 'assertion',
      userId,
    });
    return this.answerTimes.ofRefusal(() => attempt.make(() => this.prove(answer, attempt)));
  }

  private async prove(answer: Answer, attempt: Attempt): Promise<Proof> {
    const { ceremony, relyingParty, interactionId, body, userId } = answer;
    const expected = { ceremony, rpId: relyingParty.id } as const;
    const spent = await this.records.spend(interactionId, body.verificationId, expected, body.payload);
    const record = { ...spent, credential: ofTenant(spent.credential, relyingParty) };
    attempt.uses(record);
    attempt.isForIdentifier(record.request.identifierHash);
    const payload = readDto(AssertionPayloadDto, body.payload, 'payload');
    attempt.isAboutCredential(payload.id);
    const accountsAreSecret = this.options.accountEnumeration !== 'reveal';
    const assertion = await verifyAssertion(payload, record, relyingParty, !accountsAreSecret, this.metadata);
    const { credential } = assertion;
    attempt.isAboutPasskey(credential);
    const suspended = await this.accounts.isSuspended(credential.userId, credential.suspended);
    const proven = {
      record,
      credential: { ...credential, suspended },
      presentUser: userId,
      accountsAreSecret,
    };
    await takeSteps(OWNER_STEPS, proven);
    const amr = methodsOfPasskey(assertion.backupEligible);
    const { userHandle } = payload.response;
    const authenticatedAt = await this.complete(answer, record, assertion, userHandle, amr, attempt);
    return { verificationId: record.id, amr, passkeyId: credential.id, authenticatedAt };
  }

  /** Steps 22 to 24, race-free: the credential record is updated, and the verification record is verified. */
  private async complete(
    { ceremony, relyingParty }: Answer,
    record: SpentRecord<AuthenticationCeremony>,
    { credential, ...assertion }: VerifiedAssertion,
    userHandle: string | null | undefined,
    amr: AuthenticationMethod[],
    attempt: Attempt,
  ): Promise<Date> {
    const succeeded = attempt.event(`${ceremony}.succeeded`, { amr });
    const marks = marksRegression(relyingParty.policy, assertion.backupEligible);
    const clone = marks ? attempt.event('passkey.clone-suspected') : null;
    const update = {
      id: credential.id,
      ...assertion,
      userHandle: userHandle ? fromBase64Url(userHandle) : null,
    };
    const completed = await this.repository.complete(
      record,
      update,
      { amr, ttl: this.options.verifiedTtl },
      succeeded,
      clone,
    );
    if (!completed) {
      throw new ExperienceException('session.mfa.webauthn_verification_failed', {
        reason: 'the credential was removed, or its counter moved on, while the assertion was verified',
        step: '7.2 step 22',
      });
    }
    this.audit.publish(succeeded);
    if (clone && completed.cloneSuspected) this.audit.publish(clone);
    return completed.verifiedAt;
  }
}
