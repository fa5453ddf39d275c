import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many requests of a key came in its window. The table is unlogged: a crash of the database forgets them. */
@Entity('rate_limits')
export class RateLimit {
  /** Hash of the kind of limit and of whom it limits. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'rate_limits_pkey' })
  key!: Buffer;

  @Column('integer')
  count!: number;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
