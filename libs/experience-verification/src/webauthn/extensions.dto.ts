import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  isObject,
  IsObject,
  IsOptional,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { fromBase64Url, unpadded } from '../validation/base64url';
import { BinaryMember } from '../validation/binary-member';
import { DtoReader } from '../validation/dto-reader';
import { Expose, ExposeRead, Type } from '../validation/exposed-members';

export class PrfValuesDto {
  @ApiProperty({ description: 'Salt, base64url.', example: 'c2FsdA' })
  @BinaryMember()
  @IsNotEmpty()
  first!: string;

  @ApiPropertyOptional({ type: String, description: 'Another salt, base64url.' })
  @BinaryMember()
  @IsOptional()
  second?: string | null;
}

/** Salts by credential ID, each as PrfValuesDto has them; those that are none stay as they came. */
function readByCredential(value: unknown): unknown {
  if (!isObject<Record<string, unknown>>(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([id, salts]) => [
      unpadded(id),
      (isObject<Record<string, unknown>>(salts) && DtoReader.for(PrfValuesDto)?.read(salts)) || salts,
    ]),
  );
}

const isByCredential = (value: unknown): boolean =>
  isObject<Record<string, unknown>>(value) &&
  Object.entries(value).every(
    ([id, salts]) => id !== '' && fromBase64Url(id) !== null && salts instanceof PrfValuesDto,
  );

/** AuthenticationExtensionsPRFInputsJSON (WebAuthn Level 3, section 10.1.4). */
export class PrfInputDto {
  @ApiPropertyOptional({
    type: PrfValuesDto,
    description: 'For whichever credential is used.',
  })
  @Expose()
  @Type(() => PrfValuesDto)
  @IsOptional()
  @IsObject()
  @ValidateNested()
  eval?: PrfValuesDto | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/PrfValuesDto' },
    description: 'By credential ID, base64url: with `allowCredentials` only.',
    example: {},
  })
  @ExposeRead(readByCredential)
  @IsOptional()
  @ValidateBy({
    name: 'isByCredential',
    validator: {
      validate: isByCredential,
      defaultMessage: () => 'must have salts, base64url, by credential ID, base64url',
    },
  })
  evalByCredential?: Record<string, PrfValuesDto> | null;
}

/** AuthenticationExtensionsLargeBlobInputsJSON (WebAuthn Level 3, section 10.1.5). */
export class LargeBlobInputDto {
  @ApiPropertyOptional({
    type: String,
    enum: ['required', 'preferred'],
    description: 'At registration.',
  })
  @Expose()
  @IsOptional()
  @IsIn(['required', 'preferred'], { message: 'must be one of required, preferred' })
  support?: string | null;

  @ApiPropertyOptional({ type: Boolean, description: 'At authentication.', example: true })
  @Expose()
  @IsOptional()
  @IsBoolean()
  read?: boolean | null;

  @ApiPropertyOptional({
    type: String,
    description: 'At authentication, base64url: what is to be kept.',
  })
  @BinaryMember()
  @IsOptional()
  write?: string | null;
}

/** Client extension inputs that a page may ask for; they come back in the options. */
export class ExtensionInputsDto {
  @ApiPropertyOptional({
    description: 'Asks for secrets that only this passkey gives (WebAuthn Level 3, section 10.1.4).',
    type: PrfInputDto,
  })
  @Expose()
  @Type(() => PrfInputDto)
  @IsOptional()
  @IsObject()
  @ValidateNested()
  prf?: PrfInputDto | null;

  @ApiPropertyOptional({
    description: 'Asks to keep data with the passkey, or to read it (WebAuthn Level 3, section 10.1.5).',
    type: LargeBlobInputDto,
  })
  @Expose()
  @Type(() => LargeBlobInputDto)
  @IsOptional()
  @IsObject()
  @ValidateNested()
  largeBlob?: LargeBlobInputDto | null;
}

/** A body that may ask for extensions, and needs nothing. */
export class ExtensibleDto {
  @ApiPropertyOptional({
    type: ExtensionInputsDto,
    nullable: true,
    description:
      'Extensions that the page wants: they are put into the options. Their results stay in the page.',
    example: null,
  })
  @Expose()
  @Type(() => ExtensionInputsDto)
  @IsOptional()
  @IsObject()
  @ValidateNested()
  extensions?: ExtensionInputsDto | null;
}

/** The inputs without the members that were left out. */
export function toExtensions({ extensions }: ExtensibleDto): Record<string, unknown> {
  return extensions ? (withoutAbsent(extensions) as Record<string, unknown>) : {};
}

function withoutAbsent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member != null)
      .map(([name, member]) => [name, withoutAbsent(member)]),
  );
}
