import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { User } from 'nestjs-passkey-sign-in';

/** Users whom applications may tell apart from others: the claim `groups` has its name. */
@Entity('groups')
@Unique('groups_relying_party_id_name_key', ['relyingPartyId', 'name'])
export class Group {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'groups_pkey' })
  id!: string;

  @Column('text', { name: 'relying_party_id' })
  relyingPartyId!: string;

  @Column('text')
  name!: string;

  /** What applications are told of its members. */
  @Column('jsonb', { default: {} })
  claims!: Record<string, unknown>;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

@Entity('group_members')
export class GroupMember {
  @PrimaryColumn('uuid', { name: 'group_id', primaryKeyConstraintName: 'group_members_pkey' })
  @ForeignKey(() => Group, { name: 'group_members_group_id_fkey', onDelete: 'CASCADE' })
  groupId!: string;

  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'group_members_pkey' })
  @ForeignKey(() => User, { name: 'group_members_user_id_fkey', onDelete: 'CASCADE' })
  @Index('group_members_user_id_idx')
  userId!: string;
}
