import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Session } from 'nestjs-passkey-sign-in';

/** What the provider keeps: a token, code, grant, session, interaction or another of its models. */
@Entity('oidc_payloads')
@Index('oidc_payloads_grant_idx', ['sessionId', 'clientId'], { where: "model = 'Grant'" })
export class Payload {
  /** SHA-256 of issuer, model and id: who reads it can't use the token. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'oidc_payloads_pkey' })
  key!: Buffer;

  @Column('text')
  model!: string;

  /** The session that it hangs on, and ends with. */
  @Column('uuid', { name: 'session_id', nullable: true })
  @ForeignKey(() => Session, 'publicId', { name: 'oidc_payloads_session_id_fkey', onDelete: 'CASCADE' })
  @Index('oidc_payloads_session_id_idx')
  sessionId!: string | null;

  /** SHA-256 of its grant's id: what is issued for one grant ends together. */
  @Column('bytea', { name: 'grant_key', nullable: true })
  @Index('oidc_payloads_grant_key_idx')
  grantKey!: Buffer | null;

  /** SHA-256 of a device's user code. */
  @Column('bytea', { name: 'user_code_key', nullable: true })
  @Index('oidc_payloads_user_code_key_idx')
  userCodeKey!: Buffer | null;

  @Column('text', { name: 'client_id', nullable: true })
  clientId!: string | null;

  /** Whether it was granted `offline_access`: it outlives its session's idleness, though not its end. */
  @Column('boolean', { default: false })
  offline!: boolean;

  /** The model's members, sealed. */
  @Column('bytea')
  payload!: Buffer;

  @Column('timestamptz', { name: 'consumed_at', nullable: true })
  consumedAt!: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
