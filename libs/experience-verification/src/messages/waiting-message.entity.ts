import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import type { IdentifierType } from '../identifiers/identifier';

/**
 * The outbox: a message to an owner of an account that nobody has taken yet. It ends when it is taken or refused for good, at
 * `expires_at`, when a newer code replaces it, and with its user.
 */
@Entity('waiting_messages')
@Unique('waiting_messages_code_of_key', ['codeOf'])
@Index('waiting_messages_address_type_idx', ['addressType', 'nextAttemptAt'])
export class WaitingMessage {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'waiting_messages_pkey' })
  id!: string;

  /** Of a code: for whom codes are counted, so that the newest one waits alone. */
  @Column('bytea', { name: 'code_of', nullable: true })
  codeOf!: Buffer | null;

  /** No foreign key: its lock would tell by its time who has an account. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  /** To whom, and what: under the secret. */
  @Column('bytea')
  sealed!: Buffer;

  /** Of the address that it goes to. */
  @Column('text', { name: 'address_type', default: 'email' })
  addressType!: IdentifierType;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** The index is that of servers before `address_type`. */
  @Column('timestamptz', { name: 'next_attempt_at', default: () => 'now()' })
  @Index('waiting_messages_next_attempt_at_idx')
  nextAttemptAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
