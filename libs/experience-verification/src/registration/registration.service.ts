import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../ports/http-exchange';
import { readDto } from '../validation/request-body';
import type { Attempt } from '../attempts/attempt';
import { Attempts } from '../attempts/attempts.service';
import { AuditService } from '../audit/audit.service';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { RelyingParty } from '../webauthn/relying-party';
import { VerificationRecordService } from '../records/verification-record.service';
import type { InteractionId, VerificationId } from '../webauthn/webauthn-types';
import { AttestationRoots } from '../trust/certificates/attestation-roots';
import { FidoMetadata } from '../trust/metadata/fido-metadata';
import { AttestationPayloadDto, type VerifyRegistrationDto } from './registration.dto';
import { decoyCredential } from '../authentication/decoy-assertion';
import { Decoys } from '../passkeys/decoys.service';
import { RegistrationRepository } from '../records/registration.repository';
import { verifyRegistration } from './registration-verification';

/** The registration ceremony (WebAuthn Level 3, section 7.1). */
@Injectable()
export class RegistrationService {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly repository: RegistrationRepository,
    private readonly records: VerificationRecordService,
    private readonly decoys: Decoys,
    private readonly roots: AttestationRoots,
    private readonly metadata: FidoMetadata,
    private readonly attempts: Attempts,
    private readonly audit: AuditService,
  ) {}

  /**
   * Verifies the new credential against the record, whose challenge this call spends.
   * @throws ExperienceException `session.verification_session_not_found`, `session.mfa.pending_info_not_found`,
   *   `session.mfa.webauthn_verification_failed`, `session.mfa.webauthn_credential_already_in_use`
   */
  verify(
    relyingParty: RelyingParty,
    interactionId: InteractionId | null,
    body: VerifyRegistrationDto,
    caller: Caller,
  ): Promise<VerificationId> {
    const attempt = this.attempts.begin({ rpId: relyingParty.id, caller, failure: 'registration.failed' });
    return attempt.make(() => this.prove(relyingParty, interactionId, body, attempt));
  }

  private async prove(
    relyingParty: RelyingParty,
    interactionId: InteractionId | null,
    body: VerifyRegistrationDto,
    attempt: Attempt,
  ): Promise<VerificationId> {
    const expected = { ceremony: 'registration', rpId: relyingParty.id } as const;
    const spent = await this.records.spend(interactionId, body.verificationId, expected, body.payload);
    attempt.uses(spent);
    const payload = readDto(AttestationPayloadDto, body.payload, 'payload');
    attempt.isAboutCredential(payload.id);
    // A decoy is registered, as far as anybody may learn.
    const isDecoy = this.decoys.has(relyingParty.id, Buffer.from(payload.id, 'base64url'));
    const record = isDecoy ? { ...spent, credential: decoyCredential(payload.id) } : spent;
    const credential = await verifyRegistration(payload, record, relyingParty, {
      roots: this.roots,
      metadata: this.metadata,
    });
    const event = attempt.event('registration.succeeded');
    await this.repository.complete(record, credential, this.options.verifiedTtl, event);
    this.audit.publish(event);
    return record.id;
  }
}
