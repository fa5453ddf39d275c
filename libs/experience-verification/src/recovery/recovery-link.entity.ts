import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { User } from '../users/user.entity';
import type { RpId, UserId } from '../webauthn/webauthn-types';

/** A link by which a user gets back in; using it deletes it, and so does another one. */
@Entity('recovery_links')
@Unique('recovery_links_secret_hash_key', ['secretHash'])
export class RecoveryLink {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'recovery_links_pkey' })
  @ForeignKey(() => User, { name: 'recovery_links_user_id_fkey', onDelete: 'CASCADE' })
  userId!: UserId;

  /** SHA-256 of the secret in it: that is random, of 256 bits, so that nothing slower is needed. */
  @Column('bytea', { name: 'secret_hash' })
  secretHash!: Buffer;

  @Column('text', { name: 'rp_id' })
  rpId!: RpId;

  /** From before a suspension or a recovery it is void. */
  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
