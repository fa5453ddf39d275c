import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { User } from '../users/user.entity';
import type { RpId, Transport, UserId } from '../webauthn/webauthn-types';

/** A passkey, as WebAuthn Level 3 (section 4, credential record) wants it kept. */
@Entity('credential_records')
@Unique('credential_records_rp_id_credential_id_key', ['rpId', 'credentialId'])
@Index('credential_records_user_id_rp_id_idx', ['userId', 'rpId'])
export class CredentialRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'credential_records_pkey' })
  id!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => User, { name: 'credential_records_user_id_fkey', onDelete: 'CASCADE' })
  userId!: UserId;

  /** Passkeys work for one relying party only: after a change of domain the old ones must not be offered. */
  @Column('text', { name: 'rp_id' })
  rpId!: RpId;

  @Column('bytea', { name: 'credential_id' })
  credentialId!: Buffer;

  /** COSE_Key (RFC 9052). */
  @Column('bytea', { name: 'public_key' })
  publicKey!: Buffer;

  /** 32 bits without sign; text because JavaScript drivers read bigint so. */
  @Column('bigint', { name: 'sign_count' })
  signCount!: string;

  @Column('text', { array: true })
  transports!: Transport[];

  @Column('uuid')
  aaguid!: string;

  /** The user handle that the authenticator holds with it; null: imported, and not known yet. */
  @Column('bytea', { name: 'user_handle', nullable: true })
  userHandle!: Buffer | null;

  /** Null: imported, and not known yet. */
  @Column('boolean', { name: 'backup_eligible', nullable: true })
  backupEligible!: boolean | null;

  @Column('boolean', { name: 'backup_state' })
  backupState!: boolean;

  @Column('boolean', { name: 'uv_initialized' })
  uvInitialized!: boolean;

  /** `credProps.rk` of the registration; null when the client did not say. */
  @Column('boolean', { nullable: true })
  discoverable!: boolean | null;

  /** When its signature counter last went back, where the policy lets it sign in nevertheless. */
  @Column('timestamptz', { name: 'clone_suspected_at', nullable: true })
  cloneSuspectedAt!: Date | null;

  @Column('text', { name: 'attestation_format' })
  attestationFormat!: string;

  /** The model that its attestation named: an AAGUID, or of U2F a key identifier in hex; null: not attested. */
  @Column('text', { name: 'attested_model', nullable: true })
  attestedModel!: string | null;

  /** The owner's own name for it. */
  @Column('text', { nullable: true })
  name!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** When it came here, by the database's clock; `createdAt` of an imported one is the former system's. */
  @Column('timestamptz', { name: 'bound_at', default: () => 'now()', select: false })
  readonly boundAt?: Date;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
