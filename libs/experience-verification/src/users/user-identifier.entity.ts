import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { UserId } from '../webauthn/webauthn-types';
import type { IdentifierType } from '../identifiers/identifier';
import { User } from './user.entity';

const KEY = { primaryKeyConstraintName: 'user_identifiers_pkey' };

/** An identifier of a user, who has at most one of each type; its key decides who has it. */
@Entity('user_identifiers')
@Unique('user_identifiers_user_id_type_key', ['userId', 'type'])
@Unique('user_identifiers_tenant_skeleton_key', ['tenant', 'skeleton'])
export class UserIdentifier {
  /** The user's. */
  @PrimaryColumn('text', KEY)
  tenant!: string;

  @PrimaryColumn('text', KEY)
  type!: IdentifierType;

  /** In its stored spelling. */
  @PrimaryColumn('text', KEY)
  value!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => User, { name: 'user_identifiers_user_id_fkey', onDelete: 'CASCADE' })
  userId!: UserId;

  /** Of a user name: the same for all that look alike. Null where another one had it before names were compared so. */
  @Column('text', { nullable: true })
  skeleton!: string | null;

  /** When the user proved to be reached there; null until then. */
  @Column('timestamptz', { name: 'verified_at', nullable: true })
  verifiedAt!: Date | null;
}
