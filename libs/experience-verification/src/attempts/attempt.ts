import type { Caller } from '../ports/http-exchange';
import { ExperienceException } from '../errors/experience.exception';
import type { AuditDetails, AuditEvent, AuditEventType, NewAuditEvent } from '../audit/audit-event';
import type { AuditService } from '../audit/audit.service';
import type { AttemptKind, LockKey, Lockouts } from '../limits/lockouts.service';
import type { RpId, UserId, VerificationId } from '../webauthn/webauthn-types';

/** What is attempted, and by whom. */
export interface AttemptSubject {
  rpId: RpId;
  caller: Caller;
  /** The event that a refusal is recorded as. */
  failure: AuditEventType;
  /** Where failures in a row lock the identifier for the caller. */
  counted?: AttemptKind;
  /** Known before the attempt. */
  userId?: UserId | null;
  verificationId?: string;
}

/**
 * One attempt to prove something: knows who calls and, as it goes on, whose record, passkey and account it is about.
 * A refusal is recorded with what is known by then, and a failure is counted.
 */
export class Attempt {
  private userId: UserId | null;
  private readonly details: AuditDetails = {};
  private lock: LockKey | null = null;
  private hasRecord = false;

  constructor(
    private readonly subject: AttemptSubject,
    private readonly audit: AuditService,
    private readonly lockouts: Lockouts,
  ) {
    this.userId = subject.userId ?? null;
    if (subject.verificationId !== undefined) this.details.verificationId = subject.verificationId;
  }

  /**
   * Does `work`. Its refusal is recorded and counted, and thrown on, also when it can't be recorded; its success
   * forgets earlier failures.
   */
  async make<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (this.lock) this.lockouts.forget(this.lock);
      return result;
    } catch (error) {
      if (!this.isAboutNothing(error)) {
        await this.audit.recordRefusal(this.as(this.subject.failure), error, this.subject.caller);
      }
      if (this.lock) await this.lockouts.count(this.lock, error);
      throw error;
    }
  }

  /**
   * Whether no record was found, so that nobody's account is concerned: such refusals are counted with the requests, and
   * would else be rows that anybody can make.
   */
  private isAboutNothing(error: unknown): boolean {
    const notFound =
      error instanceof ExperienceException && error.code === 'session.verification_session_not_found';
    return notFound && this.userId === null && !this.hasRecord;
  }

  /** Languages of who calls, the best first. */
  get locales(): string[] {
    return this.subject.caller.locales ?? [];
  }

  /** The record that it uses, with the user that it was made for. */
  uses({ id, userId }: { id: VerificationId; userId: UserId | null }): void {
    this.hasRecord = true;
    this.details.verificationId = id;
    this.userId = userId;
  }

  isAboutUser(userId: UserId | null): void {
    this.userId = userId;
  }

  /** @param credentialId base64url, as it was sent */
  isAboutCredential(credentialId: string): void {
    this.details.credentialId = credentialId;
  }

  isAboutPasskey({ id, userId }: { id: string; userId: UserId }): void {
    this.details.passkeyId = id;
    this.userId = userId;
  }

  /**
   * Failures count for this identifier.
   * @throws ExperienceException `request.too_many` while the identifier is locked for this caller
   */
  isForIdentifier(identifierHash: string | undefined): void {
    const { counted, caller } = this.subject;
    if (counted) this.lock = this.lockouts.admit(counted, identifierHash, caller);
  }

  /** An event of what is known, to be written in the statement that makes it true and published after that. */
  event(type: AuditEventType, details: AuditDetails = {}): AuditEvent {
    return this.audit.prepare(this.as(type, details), this.subject.caller);
  }

  private as(type: AuditEventType, details: AuditDetails = {}): NewAuditEvent {
    return {
      type,
      rpId: this.subject.rpId,
      userId: this.userId,
      details: Object.assign({}, this.details, details),
    };
  }
}
