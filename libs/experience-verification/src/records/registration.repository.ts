import { Inject, Injectable } from '@nestjs/common';
import { type PreparedStatement, PreparedStatements } from '../database/prepared-statements';
import { TABLES } from '../database/tables';
import type { AuditEvent } from '../audit/audit-event';
import { AuditRepository } from '../audit/audit.repository';
import type { UserLookup } from '../ports/user-directory.port';
import { NO_IDENTIFIER_PARAMETERS, parametersOf } from '../users/user-lookup';
import { methodsOfPasskey } from '../ports/session.port';
import { beginRegistration, completeRegistration } from './registration.statements';
import type { RegistrationRequest } from './verification-record.entity';
import type { InteractionId, RpId, UserId, VerificationId } from '../webauthn/webauthn-types';
import type { NewCredential } from './new-credential';

/** A pending verification record to be made. */
export interface PendingRegistration {
  interactionId: InteractionId;
  id: VerificationId;
  challenge: Buffer;
  rpId: RpId;
  request: RegistrationRequest;
  /** Null for a new user. */
  userId: UserId | null;
  userHandle: Buffer;
  /** Seconds. */
  ttl: number;
  /** Seconds for which another try of a new user has the same handle. */
  keepHandle: number;
  /** Whether the interaction must be for a registration, by its row here. */
  mustRegister: boolean;
}

@Injectable()
export class RegistrationRepository {
  private readonly beginOne: (values: unknown[]) => Promise<{ userHandle: Buffer }[]>;
  private readonly completeOne: PreparedStatement;

  constructor(
    @Inject(TABLES) tables: string,
    private readonly audit: AuditRepository,
    private readonly statements: PreparedStatements,
  ) {
    this.beginOne = statements.sharing(beginRegistration(tables));
    this.completeOne = completeRegistration(tables);
  }

  /**
   * Makes the record, unless a user has the identifier, or a name that looks like it, or the interaction is not for it: then null.
   * @returns the handle that the passkey will carry
   */
  async begin(
    pending: PendingRegistration,
    claimed: Extract<UserLookup, { tenant: string }> | null,
  ): Promise<Buffer | null> {
    const [record] = await this.beginOne([
      pending.interactionId,
      pending.id,
      pending.challenge,
      pending.rpId,
      pending.request,
      pending.userId,
      pending.userHandle,
      pending.ttl,
      pending.keepHandle,
      pending.mustRegister,
      ...(claimed ? parametersOf(claimed) : NO_IDENTIFIER_PARAMETERS),
      pending.request.skeleton ?? null,
    ]);
    return record?.userHandle ?? null;
  }

  /** Marks the record verified, with the credential that waits to be bound, and records the event. */
  async complete(
    { interactionId, id }: { interactionId: Buffer; id: VerificationId },
    credential: NewCredential,
    ttl: number,
    event: AuditEvent,
  ): Promise<void> {
    await this.statements.query(this.completeOne, [
      interactionId,
      id,
      credential,
      ttl,
      methodsOfPasskey(credential.backupEligible),
      ...this.audit.parametersOf(event),
    ]);
  }
}
