import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { Expose } from '../validation/exposed-members';
import {
  type IdentifierMember,
  toMembers,
  toVerifiedMembers,
  type VerifiedMember,
} from '../identifiers/identifier';
import { ProvenIdentifiersDto } from '../identifiers/identifiers.dto';
import type { UserAccount } from '../users/users.repository';

/** A user, as the management API and the user see it. */
export class UserDto implements Record<IdentifierMember, string | null>, Record<VerifiedMember, boolean> {
  @ApiProperty({
    description: 'Of the user, by which calls name it.',
    example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10',
  })
  id!: string;

  @ApiProperty({ description: 'User name; null: none.', type: String, nullable: true, example: 'alice' })
  username!: string | null;

  @ApiProperty({
    description: 'Email address; null: none.',
    type: String,
    nullable: true,
    example: 'alice@example.com',
  })
  primaryEmail!: string | null;

  @ApiProperty({ example: true, description: 'Whether the user has proved to be reached by it.' })
  emailVerified!: boolean;

  @ApiProperty({
    description: 'Phone number in E.164; null: none.',
    type: String,
    nullable: true,
    example: '+442071838750',
  })
  primaryPhone!: string | null;

  @ApiProperty({ example: false, description: 'Whether the user has proved to be reached by it.' })
  phoneVerified!: boolean;

  @ApiProperty({ description: 'Whether the user can not sign in until that is taken back.', example: false })
  suspended!: boolean;

  @ApiProperty({
    example: false,
    description: 'Whether the user may use the management API, signed in with a passkey.',
  })
  administrator!: boolean;

  @ApiProperty({ description: 'When the account was made.', type: String, format: 'date-time' })
  createdAt!: string;

  static of({ id, identifiers, verified, suspended, administrator, createdAt }: UserAccount): UserDto {
    return {
      id,
      ...toMembers(identifiers),
      ...toVerifiedMembers(verified),
      suspended,
      administrator,
      createdAt: createdAt.toISOString(),
    };
  }
}

export class CreateUserDto extends ProvenIdentifiersDto {}

export class UpdateUserDto extends CreateUserDto {
  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    example: true,
    description: 'A suspended user is signed out and can not sign in.',
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  suspended?: boolean | null;
}

export class UserPageDto {
  @ApiProperty({ description: 'By `id`, ascending.', type: [UserDto] })
  users!: UserDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}
