import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When a table is to be swept next, by whichever server asks first. */
@Entity('sweeps')
export class Sweep {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sweeps_pkey' })
  name!: string;

  @Column('timestamptz', { name: 'next_at' })
  nextAt!: Date;
}
