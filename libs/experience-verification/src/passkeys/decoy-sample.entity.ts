import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RpId } from '../webauthn/webauthn-types';
import type { PasskeyShape } from './decoy-credentials';

/** What passkeys accounts of a relying party had, when that was looked at: decoys are like them, on every server. */
@Entity('decoy_samples')
export class DecoySample {
  @PrimaryColumn('text', { name: 'rp_id', primaryKeyConstraintName: 'decoy_samples_pkey' })
  rpId!: RpId;

  /** Of each account its passkeys, the latest used first. */
  @Column('jsonb')
  accounts!: PasskeyShape[][];

  @Column('timestamptz', { name: 'sampled_at', default: () => 'now()' })
  sampledAt!: Date;
}
