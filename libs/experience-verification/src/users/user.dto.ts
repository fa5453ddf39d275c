import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Expose } from '../api/exposed-members';
import { AUTHENTICATION_METHODS, type AuthenticationMethod } from '../ports/session.port';
import type { User } from './user.entity';

/** A user, as the management API and the user see it. */
export class UserDto {
  @ApiProperty({ example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'alice' })
  username!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'alice@example.com' })
  primaryEmail!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '+442071838750' })
  primaryPhone!: string | null;

  @ApiProperty({ example: false })
  suspended!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  static of(user: User): UserDto {
    return {
      id: user.id,
      username: user.username,
      primaryEmail: user.primaryEmail,
      primaryPhone: user.primaryPhone,
      suspended: user.suspended,
      createdAt: user.createdAt.toISOString(),
    };
  }
}

/** The signed-in user. */
export class AccountDto extends UserDto {
  @ApiProperty({
    enum: AUTHENTICATION_METHODS,
    isArray: true,
    description: 'How this browser was authenticated (RFC 8176).',
    example: ['pop', 'swk', 'user'],
  })
  amr!: AuthenticationMethod[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'When the user last signed in or proved presence here (`auth_time` of OpenID Connect).',
  })
  authenticatedAt!: string;
}

export class CreateUserDto {
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 512, example: 'bob' })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  username?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 512, example: 'bob@example.com' })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  primaryEmail?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 512, example: '+442071838751' })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  primaryPhone?: string | null;
}

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
  @ApiProperty({ type: [UserDto] })
  users!: UserDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}
