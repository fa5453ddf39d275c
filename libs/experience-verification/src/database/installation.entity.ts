import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Tells this database from every other one: made with the schema, kept by backups. */
@Entity('installations')
export class Installation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'installations_pkey' })
  id!: string;

  @Column('timestamptz', { name: 'made_at', default: () => 'now()' })
  madeAt!: Date;
}
