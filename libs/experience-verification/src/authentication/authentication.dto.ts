import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsDefined,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { BinaryMember } from '../validation/binary-member';
import { Expose, ExposeRaw, Type } from '../validation/exposed-members';
import { CredentialPayloadDto } from '../webauthn/credential-payload.dto';
import { ExtensibleDto } from '../webauthn/extensions.dto';
import { IdentifierDto } from '../identifiers/identifier.dto';
import {
  type Base64Url,
  TRANSPORTS,
  USER_VERIFICATION_REQUIREMENTS,
  type UserVerificationRequirement,
} from '../webauthn/webauthn-types';

export class CreateAuthenticationDto extends ExtensibleDto {
  @ApiProperty({ description: 'The identifier used to look up the user.' })
  @Expose()
  @Type(() => IdentifierDto)
  @IsDefined()
  @IsObject()
  @ValidateNested()
  identifier!: IdentifierDto;
}

export class AllowCredentialDto {
  @ApiProperty({
    description: 'Type of the credential: there is one.',
    enum: ['public-key'],
    example: 'public-key',
  })
  type!: string;

  @ApiProperty({ description: 'Credential ID, base64url.', example: 'u6O8Yx7kJm3b0qQm1o2a4Q' })
  id!: string;

  @ApiPropertyOptional({
    description: 'How the browser may reach the authenticator: hints.',
    enum: TRANSPORTS,
    isArray: true,
    example: ['internal', 'hybrid'],
  })
  transports?: string[];
}

export class AuthenticationExtensionsDto {
  @ApiPropertyOptional({ description: 'AppID of security keys that were registered with U2F.' })
  appid?: string;

  @ApiPropertyOptional({ description: 'Of registrations alone; never set here.' })
  credProps?: boolean;

  @ApiPropertyOptional({ description: 'Of registrations alone; never set here.' })
  hmacCreateSecret?: boolean;
}

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, section 5.5). */
export class AuthenticationOptionsDto {
  @ApiProperty({
    description: '32 random bytes, base64url.',
    example: 'PtQ6a2oXQn5E0m1C8mWJ0mX9m9mQ1p4Yc0Jr9m8x0aA',
  })
  challenge!: string;

  @ApiPropertyOptional({ description: 'Milliseconds, also the lifetime of the challenge.', example: 300000 })
  timeout?: number;

  @ApiPropertyOptional({
    description: 'Relying party identifier, of which the passkeys are.',
    example: 'localhost',
  })
  rpId?: string;

  @ApiPropertyOptional({ type: [AllowCredentialDto], description: 'Absent for discoverable credentials.' })
  allowCredentials?: AllowCredentialDto[];

  @ApiPropertyOptional({
    description: 'Whether the authenticator verifies the user, by the policy.',
    enum: USER_VERIFICATION_REQUIREMENTS,
    example: 'required',
  })
  userVerification?: UserVerificationRequirement;

  @ApiPropertyOptional({
    description: 'With those that the page asked for: `prf`, `largeBlob`.',
    example: {},
  })
  extensions?: AuthenticationExtensionsDto;
}

export class CreatedAuthenticationDto {
  @ApiProperty({
    description: 'The unique verification ID of the passkey sign-in WebAuthn authentication record.',
    example: '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11',
  })
  verificationId!: string;

  @ApiProperty({ description: 'The WebAuthn authentication options for initiating passkey sign-in.' })
  authenticationOptions!: AuthenticationOptionsDto;
}

export class AssertionDto {
  @ApiProperty({
    type: String,
    description: 'Client data, base64url.',
    example: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0',
  })
  @BinaryMember()
  @IsNotEmpty()
  clientDataJSON!: Base64Url;

  @ApiProperty({
    type: String,
    description: 'Authenticator data, base64url.',
    example: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAA',
  })
  @BinaryMember()
  @IsNotEmpty()
  authenticatorData!: Base64Url;

  @ApiProperty({ type: String, description: 'Assertion signature, base64url.', example: 'MEUCIQDx' })
  @BinaryMember()
  @IsNotEmpty()
  signature!: Base64Url;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'User handle, base64url; needed for discoverable credentials.',
  })
  @BinaryMember()
  @IsOptional()
  userHandle?: Base64Url | null;
}

/** What `startAuthentication` of @simplewebauthn/browser returns. */
export class AssertionPayloadDto extends CredentialPayloadDto {
  @ApiProperty({ description: 'What the authenticator answered.' })
  @Expose()
  @Type(() => AssertionDto)
  @IsDefined()
  @IsObject()
  @ValidateNested()
  response!: AssertionDto;
}

export class VerifyAuthenticationDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 128,
    description: "Left out: the interaction's latest pending authentication.",
    example: '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  verificationId?: string | null;

  /** Read as an object only: its members are looked at after the challenge is spent. */
  @ApiProperty({
    description: 'The credential that the browser returned, as JSON.',
    type: AssertionPayloadDto,
  })
  @ExposeRaw()
  @IsObject()
  payload!: object;
}
