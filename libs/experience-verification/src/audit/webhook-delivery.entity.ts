import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AuditEventRecord } from './audit-event.entity';

/** The outbox: an event that a webhook has not accepted yet. Written with the event, deleted on acceptance. */
@Entity('webhook_deliveries')
export class WebhookDelivery {
  @PrimaryColumn('uuid', { name: 'event_id', primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  @ForeignKey(() => AuditEventRecord, { name: 'webhook_deliveries_event_id_fkey', onDelete: 'CASCADE' })
  eventId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'webhook_deliveries_pkey' })
  url!: string;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** Infinity once it was given up. */
  @Column('timestamptz', { name: 'next_attempt_at', default: () => 'now()' })
  @Index('webhook_deliveries_next_attempt_at_idx')
  nextAttemptAt!: Date;
}
