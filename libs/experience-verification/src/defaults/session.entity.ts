import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity';
import type { UserId } from '../webauthn/webauthn-types';
import type { AuthenticationMethod } from '../ports/session.port';

/** A signed-in browser. */
@Entity('sessions')
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

  @Column('timestamptz', { name: 'authenticated_at', default: () => 'now()' })
  authenticatedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
