import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UserId } from '../webauthn/webauthn-types';
import type { InteractionEvent } from '../ports/interaction.port';
import type { AuthenticationMethod } from '../ports/session.port';

/** One sign-in or registration in one browser: what it is for and who has been identified in it. */
@Entity('interactions')
export class InteractionRecord {
  /** SHA-256 of the cookie's value. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'interactions_pkey' })
  id!: Buffer;

  @Column('text')
  event!: InteractionEvent;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: UserId | null;

  /** How the user was authenticated (RFC 8176); empty until then. */
  @Column('text', { array: true, default: '{}' })
  amr!: AuthenticationMethod[];

  /** When the user was authenticated last; null until then. */
  @Column('timestamptz', { name: 'authenticated_at', nullable: true })
  authenticatedAt!: Date | null;

  /** The credential record that authenticated the user, if one did. */
  @Column('uuid', { name: 'passkey_id', nullable: true })
  passkeyId!: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
