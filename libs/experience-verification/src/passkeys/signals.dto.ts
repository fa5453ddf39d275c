import { ApiProperty } from '@nestjs/swagger';

class SignalledUserDto {
  @ApiProperty({ description: 'Relying party identifier, of which the passkeys are.', example: 'localhost' })
  rpId!: string;

  @ApiProperty({ description: 'User handle, base64url.' })
  userId!: string;
}

export class CurrentUserDetailsDto extends SignalledUserDto {
  @ApiProperty({ description: 'The identifier by which the account is known now.', example: 'alice' })
  name!: string;

  @ApiProperty({ description: 'The same, for authenticators that show this one.', example: 'alice' })
  displayName!: string;
}

/**
 * Arguments of the browser's Signal API (WebAuthn Level 3, section 5.1.10), as they are passed. There is no list of the
 * passkeys that remain: one from a restored backup would have newer passkeys removed.
 */
export class SignalsDto {
  @ApiProperty({ description: 'For `PublicKeyCredential.signalCurrentUserDetails`.' })
  currentUserDetails!: CurrentUserDetailsDto;
}
