import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A webhook whose receiver answered that it is gone (410). Nothing is sent there until an operator deletes the row. */
@Entity('ended_webhooks')
export class EndedWebhook {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'ended_webhooks_pkey' })
  url!: string;

  @Column('timestamptz', { name: 'ended_at', default: () => 'now()' })
  endedAt!: Date;
}
