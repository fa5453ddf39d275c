import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A key that signs tokens of one relying party. */
@Entity('oidc_signing_keys')
@Unique('oidc_signing_keys_turn_key', ['relyingPartyId', 'algorithm', 'turn'])
export class SigningKey {
  /** The `kid`. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'oidc_signing_keys_pkey' })
  id!: string;

  @Column('text', { name: 'relying_party_id' })
  relyingPartyId!: string;

  @Column('text')
  algorithm!: string;

  /** Which of its algorithm it is, from 0. */
  @Column('int')
  turn!: number;

  /** The private JWK, sealed. */
  @Column('bytea')
  key!: Buffer;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'signs_from' })
  signsFrom!: Date;
}
