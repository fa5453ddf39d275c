import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Installation } from '../installation.entity';

/** The secret that an installation began with: what must stay the same is derived from it, whatever the secret is now. */
@Entity('installation_secrets')
export class InstallationSecret {
  @PrimaryColumn('uuid', { name: 'installation_id', primaryKeyConstraintName: 'installation_secrets_pkey' })
  @ForeignKey(() => Installation, 'id', {
    name: 'installation_secrets_installation_id_fkey',
    onDelete: 'CASCADE',
  })
  installationId!: string;

  /** Sealed under the present secret. */
  @Column('bytea')
  sealed!: Buffer;
}
