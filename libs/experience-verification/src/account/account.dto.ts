import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  Equals,
  IsDefined,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IDENTIFIERS } from '../identifiers/identifier';
import { IdentifierDto } from '../identifiers/identifier.dto';
import { UserDto } from '../management/user.dto';
import {
  AUTHENTICATION_METHODS,
  type AuthenticationMethod,
  type CurrentSession,
} from '../ports/session.port';
import { Expose, Type } from '../validation/exposed-members';

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

  static inSession(user: UserDto, { amr, authenticatedAt }: CurrentSession): AccountDto {
    return { ...user, amr, authenticatedAt: authenticatedAt.toISOString() };
  }
}

/** What an owner changes of the account. Members that are left out stay. */
export class ChangeAccountDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 512,
    example: 'bob',
    description: 'The new user name; null takes it away.',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  username?: string | null;
}

/** Addresses are proved before they are put on the account: of them the owner says here no more than that they go. */
const taken = applyDecorators(
  ApiPropertyOptional({
    type: String,
    nullable: true,
    enum: [null],
    example: null,
    description: 'Null takes the address away. A new one: `POST /api/my-account/addresses`.',
  }),
  Expose(),
  IsOptional(),
  Equals(null, {
    message: 'must be null, or left out: a new one is proved first, by a code that is sent there',
  }),
);
for (const { member, verifiedMember } of Object.values(IDENTIFIERS)) {
  if (verifiedMember !== null) taken(ChangeAccountDto.prototype, member);
}

export class ProveAddressDto {
  @ApiProperty({
    description: 'The address to be put on the account: an email address or a phone number.',
    example: { type: 'email', value: 'bob@example.com' },
  })
  @Expose()
  @Type(() => IdentifierDto)
  @IsDefined()
  @IsObject()
  @ValidateNested()
  identifier!: IdentifierDto;
}
