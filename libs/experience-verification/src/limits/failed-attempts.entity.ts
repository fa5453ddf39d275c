import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Failures in a row of one identifier from one address. Unlogged, as the rate limits are. */
@Entity('failed_attempts')
export class FailedAttempts {
  /** Hash of the kind of attempt, the identifier and the address. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'failed_attempts_pkey' })
  key!: Buffer;

  @Column('integer')
  count!: number;

  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil!: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
