import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RpId } from '../webauthn/webauthn-types';

const KEY = { primaryKeyConstraintName: 'deleted_credentials_pkey' };

/** A passkey that was deleted here; a trigger of the table of passkeys writes it. */
@Entity('deleted_credentials')
export class DeletedCredential {
  @PrimaryColumn('text', { ...KEY, name: 'rp_id' })
  rpId!: RpId;

  /** SHA-256 of the credential ID. */
  @PrimaryColumn('bytea', { ...KEY, name: 'credential_hash' })
  credentialHash!: Buffer;

  @Column('timestamptz', { name: 'deleted_at', default: () => 'now()' })
  deletedAt!: Date;
}
