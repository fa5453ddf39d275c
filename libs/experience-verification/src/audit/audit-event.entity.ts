import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RpId, UserId } from '../webauthn/webauthn-types';
import type { AuditDetails, AuditEventType } from './audit-event';

/** Outcomes of ceremonies and changes of passkeys. Users that are deleted leave theirs behind. */
@Entity('audit_events')
@Index('audit_events_user_id_created_at_id_idx', ['userId', 'createdAt', 'id'])
@Index('audit_events_created_at_id_idx', ['createdAt', 'id'])
export class AuditEventRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_events_pkey' })
  id!: string;

  @Column('text')
  type!: AuditEventType;

  @Column('text', { name: 'rp_id' })
  rpId!: RpId;

  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: UserId | null;

  @Column('jsonb')
  details!: AuditDetails;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
