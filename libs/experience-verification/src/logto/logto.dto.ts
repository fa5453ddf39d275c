import {
  IsDefined,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IdentifierDto } from '../identifiers/identifier.dto';
import { Expose, ExposeRaw, Type } from '../validation/exposed-members';
import { IsVisibleText } from '../validation/visible-text';

const Id = (): PropertyDecorator => (target, name) => {
  for (const decorate of [Expose(), IsString(), IsNotEmpty(), MaxLength(128)]) decorate(target, name);
};

const IsOneOf = (...values: string[]) => IsIn(values, { message: `must be ${values.join(' or ')}` });

/** The profile of a new user: a username, since other addresses would have to be proven first. */
export class ProfileDto {
  @Expose()
  @IsOneOf('username')
  type!: 'username';

  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  value!: string;
}

export class PasskeyOfInteractionDto {
  @Id()
  verificationId!: string;
}

export class FactorOfInteractionDto extends PasskeyOfInteractionDto {
  @Expose()
  @IsOneOf('WebAuthn')
  type!: 'WebAuthn';
}

export class VerifyRecordDto {
  @Id()
  verificationRecordId!: string;

  /** Read as an object only: its members are looked at after the challenge is spent. */
  @ExposeRaw()
  @IsObject()
  payload!: object;
}

export class AddFactorDto {
  @Expose()
  @IsOneOf('WebAuthn')
  type!: 'WebAuthn';

  @Id()
  newIdentifierVerificationRecordId!: string;

  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  @IsVisibleText()
  name?: string | null;
}

class PasskeySignInDto {
  @Expose()
  @IsOptional()
  @IsIn([true, false], { message: 'must be true or false' })
  skipped?: boolean | null;
}

export class UpdatePreferencesDto {
  @Expose()
  @Type(() => PasskeySignInDto)
  @IsOptional()
  @IsObject()
  @ValidateNested()
  passkeySignIn?: PasskeySignInDto | null;
}

export class SendCodeDto {
  @Expose()
  @Type(() => IdentifierDto)
  @IsDefined()
  @IsObject()
  @ValidateNested()
  identifier!: IdentifierDto;
}

export class VerifyCodeDto {
  @Id()
  verificationId!: string;

  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  code!: string;
}
