import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { User } from '../users/user.entity';
import type { RpId, UserId } from '../webauthn/webauthn-types';

/** A link by which people create accounts, where not everybody may. */
@Entity('invitations')
@Unique('invitations_secret_hash_key', ['secretHash'])
@Index('invitations_rp_id_id_idx', ['rpId', 'id'])
export class Invitation {
  /** UUID version 7: later ones have greater ids. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invitations_pkey' })
  id!: string;

  @Column('text', { name: 'rp_id' })
  rpId!: RpId;

  /** SHA-256 of the secret in it. */
  @Column('bytea', { name: 'secret_hash' })
  secretHash!: Buffer;

  /** To which it was sent; null: to nobody. */
  @Column('text', { nullable: true })
  email!: string | null;

  /** Ids of groups that its users join. */
  @Column('uuid', { array: true })
  groups!: string[];

  @Column('int', { default: 0 })
  uses!: number;

  @Column('int', { name: 'max_uses' })
  maxUses!: number;

  /** The administrator who made it, with whom it goes; null: a management token did. */
  @Column('uuid', { name: 'inviter_id', nullable: true })
  @ForeignKey(() => User, { name: 'invitations_inviter_id_fkey', onDelete: 'CASCADE' })
  @Index('invitations_inviter_id_idx')
  inviterId!: UserId | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
