import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { hasCalendarDay } from '../validation/calendar-day';
import { Expose, ExposeRaw, ExposeRead, Type } from '../validation/exposed-members';
import { IsVisibleText } from '../validation/visible-text';
import type { ErrorCode } from '../errors/error-catalog';
import { ProvenIdentifiersDto } from '../identifiers/identifiers.dto';
import { TRANSPORTS } from '../webauthn/webauthn-types';

/** As many as fit into a body. */
const MAX_IMPORT = 50;

/** Characters. */
export const MAX_KEY = 8192;

const NO_MOMENT = 'must be a date and time with its zone, such as 2026-01-31T12:00:00Z';

/** RFC 3339: without a zone, a time means another moment on each machine. */
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)$/i;

const IsMoment = () =>
  ValidateBy(
    {
      name: 'isMoment',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          MOMENT.test(value) &&
          hasCalendarDay(value) &&
          !isNaN(toMoment(value).getTime()),
      },
    },
    { message: NO_MOMENT },
  );

/** Of what IsMoment takes; PostgreSQL writes zones of whole hours as `+02`. */
export const toMoment = (text: string): Date =>
  new Date(
    text
      .replace(' ', 'T')
      .replace(/([+-]\d\d)$/, '$1:00')
      .toUpperCase(),
  );

/** The owner of a passkey that moves. */
export class TransferredUserDto extends ProvenIdentifiersDto {
  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    default: false,
    example: false,
    description:
      'Whether the user may not sign in. One who is created here is suspended; for one who is here, and is not, the passkey is refused.',
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  suspended?: boolean | null;
}

/** A passkey as it moves from one system to another. Binary members are base64url; base64 is taken too. */
export class TransferredPasskeyDto {
  @ApiProperty({
    description: 'Its owner, by identifiers; created if there is no such user.',
    example: { username: 'carol', primaryEmail: 'carol@example.com', emailVerified: true },
  })
  @Expose()
  @Type(() => TransferredUserDto)
  @IsObject()
  @ValidateNested()
  user!: TransferredUserDto;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 128,
    description:
      'The user handle that the authenticator holds, 1 to 64 bytes. Null when the former system did not keep it: then the first one that comes is kept.',
    example: 'dXNlci1oYW5kbGUtb2YtY2Fyb2w',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  userHandle?: string | null;

  @ApiProperty({ description: 'Credential ID.', maxLength: MAX_KEY, example: 'Y3JlZGVudGlhbC1vZi1jYXJvbA' })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_KEY)
  credentialId!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_KEY,
    description: 'COSE_Key (RFC 9052); or else `publicKeySpki`.',
    example: null,
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_KEY)
  publicKey?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_KEY,
    description: 'SubjectPublicKeyInfo, DER.',
    example:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li_hp_m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_KEY)
  publicKeySpki?: string | null;

  @ApiPropertyOptional({
    description: 'Signature counter at its last use.',
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 4294967295,
    default: 0,
    example: 0,
  })
  @Expose()
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(4_294_967_295)
  signCount?: number | null;

  @ApiPropertyOptional({
    description: 'How the authenticator can be reached; a text with commas is taken too.',
    enum: TRANSPORTS,
    isArray: true,
    nullable: true,
    example: ['internal', 'hybrid'],
  })
  @ExposeRead((value) => (typeof value === 'string' ? value.split(/[\s,]+/) : value))
  @IsOptional()
  @IsArray()
  transports?: unknown[] | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 36,
    description: 'Zeros when left out or empty; its dashes may be missing.',
    example: null,
  })
  @Expose()
  @IsOptional()
  @IsString()
  @MaxLength(36)
  aaguid?: string | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'Null when the former system did not keep it: then the first sign-in tells.',
    example: true,
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  backupEligible?: boolean | null;

  @ApiPropertyOptional({
    description: 'Whether it is backed up.',
    type: Boolean,
    nullable: true,
    example: true,
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  backupState?: boolean | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'Null when it is not known.',
    example: true,
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  discoverable?: boolean | null;

  @ApiPropertyOptional({
    description: 'By which its owner recognises it.',
    type: String,
    nullable: true,
    maxLength: 128,
    example: "Carol's phone",
  })
  @Expose()
  @IsOptional()
  @IsString()
  @MaxLength(128)
  @IsVisibleText()
  name?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'With its zone. One that is later than now counts as now, as does one that is left out.',
    example: '2026-01-31T12:00:00Z',
  })
  @Expose()
  @IsOptional()
  @IsMoment()
  createdAt?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'With its zone; one that is later than now counts as now.',
    example: '2026-01-31T12:00:00Z',
  })
  @Expose()
  @IsOptional()
  @IsMoment()
  lastUsedAt?: string | null;
}

export class ImportPasskeysDto {
  @ApiProperty({
    description: 'As `GET /api/passkeys/export` gives them.',
    type: [TransferredPasskeyDto],
    minItems: 1,
    maxItems: MAX_IMPORT,
  })
  // Each is read by itself, so that a wrong one does not keep the others out.
  @ExposeRaw()
  @IsArray()
  @ArrayMaxSize(MAX_IMPORT)
  passkeys!: unknown[];
}

export class ImportResultDto {
  @ApiProperty({ description: 'As it was sent; empty when none was.', example: 'Y3JlZGVudGlhbC1vZi1jYXJvbA' })
  credentialId!: string;

  @ApiProperty({
    enum: ['imported', 'unchanged', 'refused'],
    description: '`unchanged`: its owner has it already.',
  })
  status!: 'imported' | 'unchanged' | 'refused';

  @ApiPropertyOptional({ description: 'Of the owner, unless refused.' })
  userId?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Why it was refused.',
    example: 'passkey.import_conflict',
  })
  code?: ErrorCode;

  @ApiPropertyOptional({ description: 'The same in words, with the member that is wrong.' })
  problem?: string;
}

export class ImportResultsDto {
  @ApiProperty({ type: [ImportResultDto], description: 'In the order of the passkeys.' })
  results!: ImportResultDto[];
}

export class PasskeyPageDto {
  @ApiProperty({ description: 'One page of them, by their identifiers here.', type: [TransferredPasskeyDto] })
  passkeys!: TransferredPasskeyDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}
