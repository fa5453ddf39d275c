import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NewCredential } from './new-credential';
import type { AuthenticationMethod } from '../ports/session.port';
import type { AttestationPreference, ResidentKeyRequirement } from '../webauthn/relying-party';
import type { Identifier } from '../identifiers/identifier';
import type { RpId, UserId, UserVerificationRequirement, VerificationId } from '../webauthn/webauthn-types';

/** What an authentication asked of the authenticator. */
export interface AuthenticationRequest {
  userVerification: UserVerificationRequirement;
  /** Of the identifier that the options were asked for, to count failures by. */
  identifierHash?: string;
}

/** What a registration asked of the authenticator, and for whom. */
export interface RegistrationRequest {
  userVerification: UserVerificationRequirement;
  residentKey: ResidentKeyRequirement;
  attestation: AttestationPreference;
  /** Conditional create: without a prompt, so that nobody need be present (section 5.1.3). */
  mediation?: 'conditional';
  algorithms: number[];
  /** For a new user. */
  identifier?: Identifier;
  /** Of a new user's name: what `skeletonOf` makes of it. */
  skeleton?: string;
  /** `UsernamePolicy.version` of that by which the new name is allowed. */
  usernamePolicy?: string;
  /** SHA-256, base64url, of the secret of the invitation by which the new user comes. */
  invitation?: string;
}

/** A code that was sent to the user; of a saved code or a link, neither of `countedFor` and `sentTo`. */
export interface RecoveryRequest {
  /** For whom sends and tries are counted. */
  countedFor: string;
  /** With which it dies. Absent when there is nobody to send it to. */
  sentTo?: Identifier;
  /** By a link that management has made, which is enough by itself. */
  byLink?: true;
}

/** What each ceremony asked. */
export interface CeremonyRequest {
  authentication: AuthenticationRequest;
  /** Of a user who is signed in or identified already. A record of one is nothing to `authentication`. */
  'step-up': AuthenticationRequest;
  registration: RegistrationRequest;
  /** No ceremony, but the handle of the new user for whom registrations have been begun: another try has the same. */
  'new-user': RegistrationRequest;
  recovery: RecoveryRequest;
  /** A code that was sent to an address to be put on an account: of the user's, or of one who registers. */
  address: RecoveryRequest;
}

export type Ceremony = keyof CeremonyRequest;

export type AuthenticationCeremony = Extract<Ceremony, 'authentication' | 'step-up'>;

/**
 * One ceremony of one interaction. `pending` until its challenge is spent by the first attempt; then `spent`,
 * and `verified` when that attempt was right. Identification or binding deletes it: it is used once.
 */
@Entity('verification_records')
export class VerificationRecord {
  /** With the id it makes the primary key, so that the interaction's latest record needs no further index. */
  @PrimaryColumn('bytea', { name: 'interaction_id', primaryKeyConstraintName: 'verification_records_pkey' })
  interactionId!: Buffer;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'verification_records_pkey' })
  id!: VerificationId;

  @Column('text')
  ceremony!: Ceremony;

  @Column('text', { default: 'pending' })
  status!: 'pending' | 'spent' | 'verified';

  /** 32 random bytes; of a code that was sent, its keyed hash. */
  @Column('bytea')
  challenge!: Buffer;

  @Column('text', { name: 'rp_id' })
  rpId!: RpId;

  /** What was asked; the answer is checked against this, never against the answer's own claims. */
  @Column('jsonb')
  request!: CeremonyRequest[Ceremony];

  /**
   * The user it is for: known from the identifier or session, or proven by the assertion. No foreign key: it
   * would lock the user's row at each sign-in; statements that use the record join the user instead.
   */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: UserId | null;

  /** Answers for an identifier that fits no user or no passkey: no assertion can fit it. */
  @Column('boolean', { default: false })
  decoy!: boolean;

  /** Registration of a new user: the handle that the passkey will carry. */
  @Column('bytea', { name: 'user_handle', nullable: true })
  userHandle!: Buffer | null;

  /** How the user was authenticated (RFC 8176), once it is verified; empty until then. */
  @Column('text', { array: true, default: '{}' })
  amr!: AuthenticationMethod[];

  /** When it was verified. */
  @Column('timestamptz', { name: 'verified_at', nullable: true })
  verifiedAt!: Date | null;

  /** Verified authentication: the passkey that was used. */
  @Column('uuid', { name: 'credential_record_id', nullable: true })
  credentialRecordId!: string | null;

  /** Verified registration: the passkey to be bound. */
  @Column('jsonb', { name: 'new_credential', nullable: true })
  newCredential!: NewCredential | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
