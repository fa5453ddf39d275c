import { ApiProperty } from '@nestjs/swagger';
import { AUTHENTICATION_METHODS, type AuthenticationMethod } from '../ports/session.port';
import { UserDto } from '../management/user.dto';

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
