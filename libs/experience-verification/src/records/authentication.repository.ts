import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event';
import { AuditRepository, NO_EVENT } from '../audit/audit.repository';
import { PreparedStatements } from '../database/prepared-statements';
import { TABLES } from '../database/tables';
import type { UserLookup } from '../ports/user-directory.port';
import { ID_COLUMNS, idById, IDENTIFIER_COLUMNS, idByIdentifier, parametersOf } from '../users/user-lookup';
import type { AuthenticationMethod } from '../ports/session.port';
import { begin, beginDiscoverable, complete } from './sign-in.statements';
import type { AuthenticationCeremony, AuthenticationRequest } from './verification-record.entity';
import type { InteractionId, OfferedCredential, RpId, VerificationId } from '../webauthn/webauthn-types';

/** A pending verification record to be made. */
export interface PendingAuthentication {
  interactionId: InteractionId;
  id: VerificationId;
  ceremony: AuthenticationCeremony;
  challenge: Buffer;
  rpId: RpId;
  request: AuthenticationRequest;
  /** Seconds. */
  ttl: number;
}

/** What an assertion changes of its credential record. */
export interface CredentialUpdate {
  id: string;
  signCount: number;
  backupEligible: boolean;
  backupState: boolean;
  /** Kept when the record has none. */
  userHandle: Buffer | null;
}

export interface CompletedAuthentication {
  cloneSuspected: boolean;
  verifiedAt: Date;
}

type OfferedRow = OfferedCredential | { credentialId: null };

const values = (pending: PendingAuthentication) => [
  pending.interactionId,
  pending.id,
  pending.challenge,
  pending.rpId,
  pending.request,
  pending.ttl,
  pending.ceremony,
];

@Injectable()
export class AuthenticationRepository {
  private readonly beginByIdentifier: (values: unknown[]) => Promise<OfferedRow[]>;
  private readonly beginById: (values: unknown[]) => Promise<OfferedRow[]>;
  private readonly beginAny: (values: unknown[]) => Promise<unknown>;
  private readonly completeOne: (values: unknown[]) => Promise<CompletedAuthentication[]>;

  constructor(
    statements: PreparedStatements,
    private readonly audit: AuditRepository,
    @Inject(TABLES) tables: string,
  ) {
    this.beginByIdentifier = statements.sharing(begin(tables, idByIdentifier, IDENTIFIER_COLUMNS));
    this.beginById = statements.sharing(begin(tables, idById, ID_COLUMNS));
    this.beginAny = statements.sharing(beginDiscoverable(tables));
    this.completeOne = statements.sharing(complete(tables));
  }

  /**
   * Finds the user's passkeys and makes the record, in one statement. Without a passkey no record is made,
   * unless `decoy`: then it is one that nothing can verify.
   * @returns null when there is no such user
   */
  async begin(
    pending: PendingAuthentication,
    lookup: UserLookup,
    decoy: boolean,
  ): Promise<OfferedCredential[] | null> {
    const asked = [...values(pending), decoy, ...parametersOf(lookup)];
    const rows = await ('userId' in lookup ? this.beginById(asked) : this.beginByIdentifier(asked));
    if (rows.length === 0) return null;
    return rows.filter((row): row is OfferedCredential => row.credentialId !== null);
  }

  /** Makes the record of a ceremony whose user is not known yet. */
  async beginDiscoverable(pending: PendingAuthentication): Promise<void> {
    await this.beginAny(values(pending));
  }

  /**
   * Updates the credential record (WebAuthn Level 3, section 7.2, last step but one), marks the verification
   * record verified and records the event, in one statement. Null when the credential is gone, or its counter
   * has moved on meanwhile.
   * @param proof what it proves, and for how many seconds the record waits to be used
   * @param cloneSuspected recorded too when the counter has not moved on; null: that is refused
   */
  async complete(
    record: { interactionId: Buffer; id: VerificationId },
    credential: CredentialUpdate,
    proof: { amr: AuthenticationMethod[]; ttl: number },
    succeeded: AuditEvent,
    cloneSuspected: AuditEvent | null,
  ): Promise<CompletedAuthentication | null> {
    const [row] = await this.completeOne([
      record.interactionId,
      record.id,
      credential.id,
      credential.signCount,
      credential.backupState,
      credential.backupEligible,
      credential.userHandle,
      proof.ttl,
      proof.amr,
      ...this.audit.parametersOf(succeeded),
      ...(cloneSuspected ? this.audit.parametersOf(cloneSuspected) : NO_EVENT),
    ]);
    return row ?? null;
  }
}
