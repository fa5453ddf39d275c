import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { User } from 'nestjs-passkey-sign-in';

/** What applications are told of a user beside what the module knows. */
@Entity('user_claims')
export class CustomClaims {
  @PrimaryColumn('uuid', { name: 'user_id', primaryKeyConstraintName: 'user_claims_pkey' })
  @ForeignKey(() => User, { name: 'user_claims_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column('jsonb')
  claims!: Record<string, unknown>;
}
