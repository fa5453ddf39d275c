import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { DEFAULT_TENANT } from '../webauthn/relying-party';
import type { UserId } from '../webauthn/webauthn-types';

/** A user account, and the user handle that its passkeys carry; `user_identifiers` has its identifiers. */
@Entity('users')
@Unique('users_user_handle_key', ['userHandle'])
@Index('users_tenant_id_idx', ['tenant', 'id'])
export class User {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id!: UserId;

  /** Among whom the user's identifiers are nobody else's; null: a host's directory decides. */
  @Column('text', { nullable: true, default: DEFAULT_TENANT })
  tenant!: string | null;

  /** 64 random bytes, made once for a user: `user.id` of WebAuthn, never the primary key or an identifier. */
  @Column('bytea', { name: 'user_handle' })
  userHandle!: Buffer;

  @Column('boolean', { default: false })
  suspended!: boolean;

  /** Whether the user may manage the users and all else of the relying party. */
  @Column('boolean', { default: false })
  administrator!: boolean;

  /**
   * Whatever was proved before counts no more, nor does a session from before: since a suspension, its end, or a
   * recovery.
   */
  @Column('timestamptz', { name: 'proofs_void_before', default: () => "'-infinity'" })
  proofsVoidBefore!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
