import { ApiProperty } from '@nestjs/swagger';

class SignalledUserDto {
  @ApiProperty({ example: 'localhost' })
  rpId!: string;

  @ApiProperty({ description: 'User handle, base64url.' })
  userId!: string;
}

export class AllAcceptedCredentialsDto extends SignalledUserDto {
  @ApiProperty({
    type: [String],
    description: 'Credential IDs, base64url.',
    example: ['u6O8Yx7kJm3b0qQm1o2a4Q'],
  })
  allAcceptedCredentialIds!: string[];
}

export class CurrentUserDetailsDto extends SignalledUserDto {
  @ApiProperty({ example: 'alice' })
  name!: string;

  @ApiProperty({ example: 'alice' })
  displayName!: string;
}

/** Arguments of the browser's Signal API (WebAuthn Level 3, section 5.1.10), as they are passed. */
export class SignalsDto {
  @ApiProperty({ description: 'For `PublicKeyCredential.signalAllAcceptedCredentials`.' })
  allAcceptedCredentials!: AllAcceptedCredentialsDto;

  @ApiProperty({ description: 'For `PublicKeyCredential.signalCurrentUserDetails`.' })
  currentUserDetails!: CurrentUserDetailsDto;
}
