import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { User } from '../users/user.entity';
import type { UserId } from '../webauthn/webauthn-types';
import type { AuthenticationMethod } from '../ports/session.port';

/** A signed-in browser. */
@Entity('sessions')
@Unique('sessions_public_id_key', ['publicId'])
export class Session {
  /** SHA-256 of the cookie's value. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'sessions_pkey' })
  id!: Buffer;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => User, { name: 'sessions_user_id_fkey', onDelete: 'CASCADE' })
  @Index('sessions_user_id_idx')
  userId!: UserId;

  @Column('text', { array: true })
  amr!: AuthenticationMethod[];

  /** What its user, and management, call it by, and what hangs on it. */
  @Column('uuid', { name: 'public_id' })
  publicId!: string;

  /** The credential record that opened it, if one did. */
  @Column('uuid', { name: 'passkey_id', nullable: true })
  passkeyId!: string | null;

  /** The network it was opened from. */
  @Column('text', { nullable: true })
  address!: string | null;

  /** The browser in words. */
  @Column('text', { nullable: true })
  browser!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** Written at most once a minute. */
  @Column('timestamptz', { name: 'last_seen_at', default: () => 'now()' })
  lastSeenAt!: Date;

  @Column('timestamptz', { name: 'authenticated_at', default: () => 'now()' })
  authenticatedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
