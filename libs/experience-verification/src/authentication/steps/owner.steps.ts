import { ExperienceException } from '../../errors/experience.exception';
import type { KnownCredential, SpentRecord } from '../../records/verification-record.repository';
import type { UserId } from '../../webauthn/webauthn-types';

/** A passkey that has proved itself, beside who is expected to hold it. */
export interface ProvenPasskey {
  record: SpentRecord;
  credential: KnownCredential;
  /** Who is present, in a step-up. */
  presentUser: UserId | null;
  /** Whether a stranger may learn whose passkey it is not. */
  accountsAreSecret: boolean;
}

/** Section 7.2 step 6, for a user identified before the ceremony. */
export function ownerIsExpected({ record, credential, presentUser, accountsAreSecret }: ProvenPasskey): void {
  const { userId } = credential;
  if (presentUser !== null && presentUser !== userId) {
    throw new ExperienceException('session.identity_conflict');
  }
  if (record.identifiedUserId !== null && record.identifiedUserId !== userId) {
    throw new ExperienceException('session.identity_conflict');
  }
  if (!record.decoy && (record.userId === null || record.userId === userId)) return;
  // A decoy and a real user must answer alike, also to somebody who tries a passkey of their own.
  if (!accountsAreSecret) throw new ExperienceException('session.identity_conflict');
  throw new Error("the passkey is not of the identifier's user");
}

export function ownerIsNotSuspended({ credential }: ProvenPasskey): void {
  if (credential.suspended) throw new ExperienceException('user.suspended');
}
