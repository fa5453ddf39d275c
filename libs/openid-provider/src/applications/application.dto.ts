import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
} from 'class-validator';
import { Expose, IsVisibleText } from 'nestjs-passkey-sign-in';
import { type Application, APPLICATION_TYPES, type ApplicationType } from '../ports/application';

const Uri = (description: string, example: string) =>
  ApiPropertyOptional({ type: String, nullable: true, description, example });

/** What an application may be given, and changed to. */
class ApplicationMembersDto {
  @ApiProperty({ description: 'What people know it by.', example: 'Grafana', maxLength: 100 })
  @Expose()
  @IsString()
  @Length(1, 100)
  @IsVisibleText()
  name!: string;

  @ApiPropertyOptional({
    type: [String],
    description:
      'Where users may be led back to, each to the letter: https, or http on the machine itself; of native ones any port there, or a scheme such as `com.example.app:`. Without one its requests for users are refused.',
    example: ['https://grafana.example.com/login/generic_oauth'],
  })
  @Expose()
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  redirectUris?: string[] | null;

  @ApiPropertyOptional({
    type: [String],
    description: 'Where users may be led after a sign-out.',
    example: ['https://grafana.example.com/login'],
  })
  @Expose()
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  postLogoutRedirectUris?: string[] | null;

  @Uri(
    'Where it is told that a session is over (OpenID Connect Back-Channel Logout 1.0).',
    'https://grafana.example.com/logout',
  )
  @Expose()
  @IsOptional()
  @IsString()
  backchannelLogoutUri?: string | null;

  @Uri('Its logo.', 'https://grafana.example.com/logo.svg')
  @Expose()
  @IsOptional()
  @IsString()
  logoUri?: string | null;

  @Uri('Its terms of service.', 'https://grafana.example.com/terms')
  @Expose()
  @IsOptional()
  @IsString()
  termsUri?: string | null;

  @Uri('Its privacy policy.', 'https://grafana.example.com/privacy')
  @Expose()
  @IsOptional()
  @IsString()
  privacyUri?: string | null;

  @ApiPropertyOptional({
    type: Boolean,
    description: "Whether it is somebody else's: its users are asked for consent.",
    example: false,
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  thirdParty?: boolean | null;

  @ApiPropertyOptional({
    type: [String],
    description: 'Names of the groups whose members may use it; none: everybody.',
    example: [],
  })
  @Expose()
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  groups?: string[] | null;

  @ApiPropertyOptional({
    type: Object,
    nullable: true,
    description:
      'Its public keys (RFC 7517), by which it authenticates instead of by a secret (`private_key_jwt`).',
    example: null,
  })
  @Expose()
  @IsOptional()
  @IsObject()
  jwks?: { keys: Record<string, unknown>[] } | null;

  @ApiPropertyOptional({
    enum: ['public', 'pairwise'],
    description: '`pairwise`: `sub` of a user is another one than other applications have.',
    example: 'public',
  })
  @Expose()
  @IsOptional()
  @IsIn(['public', 'pairwise'])
  subjectType?: 'public' | 'pairwise' | null;
}

export class CreateApplicationDto extends ApplicationMembersDto {
  @ApiProperty({
    enum: APPLICATION_TYPES,
    description:
      '`web`: with a server, which keeps a secret; `spa`: in a browser alone; `native`: an app; `machine`: without people; `device`: without a browser.',
    example: 'web',
  })
  @Expose()
  @IsIn(APPLICATION_TYPES)
  type!: ApplicationType;
}

/** Null is for members that can be taken back, which their own decorators say: a name can't. */
export class UpdateApplicationDto extends PartialType(ApplicationMembersDto, { skipNullProperties: false }) {}

export class ApplicationDto implements Omit<Application, 'secretHashes' | 'relyingPartyId'> {
  @ApiProperty({ description: 'The `client_id`.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182' })
  id!: string;

  @ApiProperty({ description: 'What people know it by.', example: 'Grafana' })
  name!: string;

  @ApiProperty({ enum: APPLICATION_TYPES, description: 'What kind of client it is.' })
  type!: ApplicationType;

  @ApiProperty({ type: [String], description: 'Where users may be led back to.' })
  redirectUris!: string[];

  @ApiProperty({ type: [String], description: 'Where users may be led after a sign-out.' })
  postLogoutRedirectUris!: string[];

  @ApiProperty({ type: String, nullable: true, description: 'Where it is told that a session is over.' })
  backchannelLogoutUri!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Its logo.' })
  logoUri!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Its terms of service.' })
  termsUri!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Its privacy policy.' })
  privacyUri!: string | null;

  @ApiProperty({ description: 'Whether its users are asked for consent.' })
  thirdParty!: boolean;

  @ApiProperty({
    type: [String],
    description: 'Names of the groups whose members may use it; none: everybody.',
  })
  groups!: string[];

  @ApiProperty({ type: Object, nullable: true, description: 'Its public keys.' })
  jwks!: { keys: Record<string, unknown>[] } | null;

  @ApiProperty({
    enum: ['public', 'pairwise'],
    description: 'Whether others know its users by the same `sub`.',
  })
  subjectType!: 'public' | 'pairwise';

  @ApiProperty({
    description: "Whether a file of the operator's has it (`APPLICATIONS`), which alone changes it.",
  })
  configured!: boolean;

  static of(application: Application): ApplicationDto {
    const { id, name, type, redirectUris, postLogoutRedirectUris, backchannelLogoutUri } = application;
    const { logoUri, termsUri, privacyUri, thirdParty, groups, jwks, subjectType, configured } = application;
    return {
      ...{ id, name, type, redirectUris, postLogoutRedirectUris, backchannelLogoutUri },
      ...{ logoUri, termsUri, privacyUri, thirdParty, groups, jwks, subjectType, configured },
    };
  }
}

export class CreatedApplicationDto extends ApplicationDto {
  @ApiPropertyOptional({
    description:
      'Its first secret, told this once. Those that can keep none, and those with keys, have none.',
    example: 'pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  secret?: string;
}

export class ApplicationPageDto {
  @ApiProperty({ type: [ApplicationDto], description: 'In the order of their ids.' })
  applications!: ApplicationDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}

export class ApplicationSecretDto {
  @ApiProperty({ description: 'By which it is deleted.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607183' })
  id!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When it was made.' })
  createdAt!: string;
}

export class CreatedSecretDto {
  @ApiProperty({ description: 'By which it is deleted.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607183' })
  id!: string;

  @ApiProperty({
    description: 'The secret, told this once.',
    example: 'pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  secret!: string;
}
