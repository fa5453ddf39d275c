import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { User } from 'nestjs-passkey-sign-in';

/** An application that a user has signed in to, and what it may see. */
@Entity('application_consents')
export class Consent {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'application_consents_pkey' })
  @ForeignKey(() => User, { name: 'application_consents_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  /** The `client_id`: one in a file has no row. */
  @PrimaryColumn('text', { name: 'application_id', primaryKeyConstraintName: 'application_consents_pkey' })
  applicationId!: string;

  /** What the user has allowed, or the operator's own application has been given. */
  @Column('text', { array: true })
  scopes!: string[];

  @Column('timestamptz', { name: 'first_used_at', default: () => 'now()' })
  firstUsedAt!: Date;

  /** Written at most once a minute. */
  @Column('timestamptz', { name: 'last_used_at', default: () => 'now()' })
  lastUsedAt!: Date;
}
