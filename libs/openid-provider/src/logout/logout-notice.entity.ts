import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Session } from 'nestjs-passkey-sign-in';

/** An application that wants to be told when a session is over (OpenID Connect Back-Channel Logout 1.0). */
@Entity('oidc_logout_notices')
@Index('oidc_logout_notices_next_at_idx', ['nextAt'], { where: 'live_session_id IS NULL' })
@Index('oidc_logout_notices_lives_until_idx', ['livesUntil'], { where: 'live_session_id IS NOT NULL' })
export class LogoutNotice {
  /** Not a foreign key: the notice is what is left when the session has gone. */
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'oidc_logout_notices_pkey' })
  sessionId!: string;

  @PrimaryColumn('text', { name: 'client_id', primaryKeyConstraintName: 'oidc_logout_notices_pkey' })
  clientId!: string;

  /** The same while the session is there: its end makes it null. */
  @Column('uuid', { name: 'live_session_id', nullable: true })
  @ForeignKey(() => Session, 'publicId', {
    name: 'oidc_logout_notices_live_session_id_fkey',
    onDelete: 'SET NULL',
  })
  @Index('oidc_logout_notices_live_session_id_idx')
  liveSessionId!: string | null;

  /** When the session may have ended by time or idleness: it is looked at then. */
  @Column('timestamptz', { name: 'lives_until', default: () => 'now()' })
  livesUntil!: Date;

  @Column('text', { name: 'relying_party_id' })
  relyingPartyId!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** By which the application knows the session. */
  @Column('text')
  sid!: string;

  @Column('int', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { name: 'next_at', default: () => 'now()' })
  nextAt!: Date;
}
