import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An application that wants to be told when a session is over (OpenID Connect Back-Channel Logout 1.0). */
@Entity('oidc_logout_notices')
export class LogoutNotice {
  /** Not a foreign key: the notice is what is left when the session has gone. */
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'oidc_logout_notices_pkey' })
  sessionId!: string;

  @PrimaryColumn('text', { name: 'client_id', primaryKeyConstraintName: 'oidc_logout_notices_pkey' })
  clientId!: string;

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
