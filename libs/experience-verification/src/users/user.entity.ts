import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { UserId } from '../webauthn/webauthn-types';

/** A user account: its identifiers, and the user handle that its passkeys carry. */
@Entity('users')
@Unique('users_user_handle_key', ['userHandle'])
@Unique('users_username_key', ['username'])
@Unique('users_primary_email_key', ['primaryEmail'])
@Unique('users_primary_phone_key', ['primaryPhone'])
export class User {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id!: UserId;

  /** 64 random bytes, made once for a user: `user.id` of WebAuthn, never the primary key or an identifier. */
  @Column('bytea', { name: 'user_handle' })
  userHandle!: Buffer;

  /** Unicode NFC. */
  @Column('text', { nullable: true })
  username!: string | null;

  /** Case-folded; unverified until proven. */
  @Column('text', { name: 'primary_email', nullable: true })
  primaryEmail!: string | null;

  /** E.164. */
  @Column('text', { name: 'primary_phone', nullable: true })
  primaryPhone!: string | null;

  @Column('boolean', { default: false })
  suspended!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
