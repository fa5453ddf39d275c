import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RpId } from '../webauthn/webauthn-types';

/** The link by which somebody becomes an administrator of a relying party; using it deletes it. */
@Entity('administrator_links')
export class AdministratorLink {
  @PrimaryColumn('text', { name: 'rp_id', primaryKeyConstraintName: 'administrator_links_pkey' })
  rpId!: RpId;

  /** SHA-256 of the secret in it. */
  @Column('bytea', { name: 'secret_hash' })
  secretHash!: Buffer;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
