import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ApplicationType } from '../ports/application';

/** An application that people sign in to. */
@Entity('applications')
@Index('applications_relying_party_id_idx', ['relyingPartyId', 'id'])
export class ApplicationRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'applications_pkey' })
  id!: string;

  @Column('text', { name: 'relying_party_id' })
  relyingPartyId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  type!: ApplicationType;

  @Column('text', { name: 'redirect_uris', array: true })
  redirectUris!: string[];

  @Column('text', { name: 'post_logout_redirect_uris', array: true })
  postLogoutRedirectUris!: string[];

  @Column('text', { name: 'backchannel_logout_uri', nullable: true })
  backchannelLogoutUri!: string | null;

  @Column('text', { name: 'logo_uri', nullable: true })
  logoUri!: string | null;

  @Column('text', { name: 'terms_uri', nullable: true })
  termsUri!: string | null;

  @Column('text', { name: 'privacy_uri', nullable: true })
  privacyUri!: string | null;

  @Column('boolean', { name: 'third_party' })
  thirdParty!: boolean;

  /** Names of the groups that may use it; empty: everybody. */
  @Column('text', { array: true })
  groups!: string[];

  @Column('jsonb', { nullable: true })
  jwks!: { keys: Record<string, unknown>[] } | null;

  @Column('text', { name: 'subject_type' })
  subjectType!: 'public' | 'pairwise';

  /** Whether a file of the operator's has it, which alone changes it. */
  @Column('boolean', { default: false })
  configured!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

/** One of an application's secrets: of 256 random bits, so that its SHA-256 tells nobody what it is. */
@Entity('application_secrets')
export class ApplicationSecret {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'application_secrets_pkey' })
  id!: string;

  @Column('uuid', { name: 'application_id' })
  @ForeignKey(() => ApplicationRecord, {
    name: 'application_secrets_application_id_fkey',
    onDelete: 'CASCADE',
  })
  @Index('application_secrets_application_id_idx')
  applicationId!: string;

  /** SHA-256, base64url. */
  @Column('text')
  hash!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
