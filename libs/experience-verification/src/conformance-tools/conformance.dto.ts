import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Expose, ExposeRaw, Type } from '../validation/exposed-members';
import {
  ATTESTATION_PREFERENCES,
  type AttestationPreference,
  RESIDENT_KEY_REQUIREMENTS,
  type ResidentKeyRequirement,
} from '../webauthn/relying-party';
import { USER_VERIFICATION_REQUIREMENTS, type UserVerificationRequirement } from '../webauthn/webauthn-types';

/** AuthenticatorSelectionCriteria (WebAuthn Level 3, section 5.4.4). */
export class SelectionDto {
  @Expose()
  @IsOptional()
  @IsIn(['platform', 'cross-platform'])
  authenticatorAttachment?: 'platform' | 'cross-platform';

  @Expose()
  @IsOptional()
  @IsBoolean()
  requireResidentKey?: boolean;

  @Expose()
  @IsOptional()
  @IsIn(RESIDENT_KEY_REQUIREMENTS)
  residentKey?: ResidentKeyRequirement;

  @Expose()
  @IsOptional()
  @IsIn(USER_VERIFICATION_REQUIREMENTS)
  userVerification?: UserVerificationRequirement;
}

/** ServerPublicKeyCredentialCreationOptionsRequest. */
export class CreationRequestDto {
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  username!: string;

  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  displayName!: string;

  @Expose()
  @Type(() => SelectionDto)
  @IsOptional()
  @IsObject()
  @ValidateNested()
  authenticatorSelection?: SelectionDto | null;

  @Expose()
  @IsOptional()
  @IsIn(ATTESTATION_PREFERENCES)
  attestation?: AttestationPreference | null;

  @ExposeRaw()
  @IsOptional()
  @IsObject()
  extensions?: Record<string, unknown> | null;
}

/** ServerPublicKeyCredentialGetOptionsRequest. */
export class GetRequestDto {
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  username!: string;

  @Expose()
  @IsOptional()
  @IsIn(USER_VERIFICATION_REQUIREMENTS)
  userVerification?: UserVerificationRequirement | null;

  @ExposeRaw()
  @IsOptional()
  @IsObject()
  extensions?: Record<string, unknown> | null;
}
