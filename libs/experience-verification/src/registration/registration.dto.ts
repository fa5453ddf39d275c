import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsArray,
  IsDefined,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { BinaryMember } from '../validation/binary-member';
import { Expose, ExposeRaw, ExposeRead, Type } from '../validation/exposed-members';
import { AllowCredentialDto } from '../authentication/authentication.dto';
import { CredentialPayloadDto } from '../webauthn/credential-payload.dto';
import { ExtensibleDto, LargeBlobInputDto, PrfInputDto } from '../webauthn/extensions.dto';
import {
  ATTESTATION_PREFERENCES,
  type AttestationPreference,
  type Hint,
  HINTS,
  RESIDENT_KEY_REQUIREMENTS,
  type ResidentKeyRequirement,
} from '../webauthn/relying-party';
import { IdentifierDto } from '../identifiers/identifier.dto';
import {
  type Base64Url,
  USER_VERIFICATION_REQUIREMENTS,
  type UserVerificationRequirement,
} from '../webauthn/webauthn-types';

export class CreateRegistrationDto extends ExtensibleDto {
  @ApiPropertyOptional({
    type: IdentifierDto,
    nullable: true,
    description:
      'Of the new user, in a `Register` interaction. Left out by a signed-in user who adds a passkey.',
  })
  @Expose()
  @Type(() => IdentifierDto)
  @IsOptional()
  @IsObject()
  @ValidateNested()
  identifier?: IdentifierDto | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 128,
    description:
      'With `identifier`: the secret of an invitation, which stands in its link behind `#invitation=`. The account is created by it.',
    example: null,
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  invitation?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    enum: ['conditional'],
    description:
      'For a signed-in user: the browser may create the passkey without a prompt (conditional create), so that user presence and verification are not asked for. Pass the options to `navigator.credentials.create` with the same `mediation`.',
    example: null,
  })
  @Expose()
  @IsOptional()
  @IsIn(['conditional'], { message: 'must be conditional' })
  mediation?: 'conditional' | null;
}

export class RelyingPartyEntityDto {
  @ApiProperty({
    description: 'Relying party identifier, of which the passkey will be.',
    example: 'localhost',
  })
  id!: string;

  @ApiProperty({ description: 'Its name, which authenticators may show.', example: 'Passkey sign-in' })
  name!: string;
}

export class UserEntityDto {
  @ApiProperty({
    description:
      'User handle: 64 random bytes, base64url, the same for all passkeys of a user, and for each try of one browser to register an identifier.',
  })
  id!: string;

  @ApiProperty({ description: 'By which people tell accounts apart: the identifier.', example: 'alice' })
  name!: string;

  @ApiProperty({ description: 'The same, for authenticators that show this one.', example: 'alice' })
  displayName!: string;
}

export class CredentialParameterDto {
  @ApiProperty({ description: 'Type of the credential: there is one.', enum: ['public-key'] })
  type!: string;

  @ApiProperty({ description: 'COSE algorithm identifier.', example: -7 })
  alg!: number;
}

export class AuthenticatorSelectionDto {
  @ApiProperty({
    description: 'Whether the passkey is to be discoverable, by the policy.',
    enum: RESIDENT_KEY_REQUIREMENTS,
    example: 'required',
  })
  residentKey!: ResidentKeyRequirement;

  @ApiProperty({ description: 'In agreement with `residentKey`.', example: true })
  requireResidentKey!: boolean;

  @ApiProperty({
    description: 'Whether the authenticator verifies the user, by the policy.',
    enum: USER_VERIFICATION_REQUIREMENTS,
    example: 'required',
  })
  userVerification!: UserVerificationRequirement;
}

export class RegistrationExtensionsDto {
  @ApiProperty({ description: 'Asks whether the passkey has become discoverable.', example: true })
  credProps!: boolean;

  @ApiPropertyOptional({ type: PrfInputDto, description: 'As the page asked for.' })
  prf?: PrfInputDto;

  @ApiPropertyOptional({ type: LargeBlobInputDto, description: 'As the page asked for.' })
  largeBlob?: LargeBlobInputDto;
}

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3, section 5.4). */
export class RegistrationOptionsDto {
  @ApiProperty({ description: 'The relying party.' })
  rp!: RelyingPartyEntityDto;

  @ApiProperty({ description: 'The account that the passkey will open.' })
  user!: UserEntityDto;

  @ApiProperty({
    description: '32 random bytes, base64url.',
    example: 'PtQ6a2oXQn5E0m1C8mWJ0mX9m9mQ1p4Yc0Jr9m8x0aA',
  })
  challenge!: string;

  @ApiProperty({ type: [CredentialParameterDto], description: 'In order of preference.' })
  pubKeyCredParams!: CredentialParameterDto[];

  @ApiProperty({ description: 'Milliseconds, also the lifetime of the challenge.', example: 300000 })
  timeout!: number;

  @ApiProperty({ enum: ATTESTATION_PREFERENCES, description: 'By the policy; `none` by default.' })
  attestation!: AttestationPreference;

  @ApiProperty({
    type: [AllowCredentialDto],
    description: "The user's own passkeys: not to be registered twice.",
  })
  excludeCredentials!: AllowCredentialDto[];

  @ApiProperty({ description: 'What the authenticator has to be able to do.' })
  authenticatorSelection!: AuthenticatorSelectionDto;

  @ApiPropertyOptional({ isArray: true, enum: HINTS, description: 'When configured.' })
  hints?: Hint[];

  @ApiProperty({ description: 'Client extension inputs.' })
  extensions!: RegistrationExtensionsDto;
}

export class CreatedRegistrationDto {
  @ApiProperty({
    description: 'The record of this registration, for its verification.',
    example: '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11',
  })
  verificationId!: string;

  @ApiProperty({ description: 'Options for `navigator.credentials.create`, as JSON.' })
  registrationOptions!: RegistrationOptionsDto;
}

export class AttestationDto {
  @ApiProperty({
    type: String,
    description: 'Client data, base64url.',
    example: 'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0',
  })
  @BinaryMember()
  @IsNotEmpty()
  clientDataJSON!: Base64Url;

  @ApiProperty({
    type: String,
    description: 'Attestation object, base64url.',
    example: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVik',
  })
  @BinaryMember()
  @IsNotEmpty()
  attestationObject!: Base64Url;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Hints; values that are not known are dropped.',
    example: ['internal', 'hybrid'],
  })
  @ExposeRead((value) => (Array.isArray(value) ? (value as unknown[]) : null))
  @IsOptional()
  @IsArray()
  transports?: unknown[] | null;
}

/** What `startRegistration` of @simplewebauthn/browser returns. */
export class AttestationPayloadDto extends CredentialPayloadDto {
  @ApiProperty({ description: 'What the authenticator answered.' })
  @Expose()
  @Type(() => AttestationDto)
  @IsDefined()
  @IsObject()
  @ValidateNested()
  response!: AttestationDto;
}

export class VerifyRegistrationDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 128,
    description: "Left out: the interaction's latest pending registration.",
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
    type: AttestationPayloadDto,
  })
  @ExposeRaw()
  @IsObject()
  payload!: object;
}
