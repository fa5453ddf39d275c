import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Expose } from '../validation/exposed-members';
import { IsVisibleText } from '../validation/visible-text';
import {
  DEVICE_TYPES,
  type DeviceType,
  toBase64Url,
  TRANSPORTS,
  type Transport,
} from '../webauthn/webauthn-types';
import type { CredentialRecord } from './credential-record.entity';
import type { PasskeyProvider } from './passkey-provider';

export class PasskeyProviderDto implements PasskeyProvider {
  @ApiProperty({ description: 'As the provider calls itself.', example: 'Apple Passwords' })
  name!: string;

  @ApiPropertyOptional({ description: 'A picture, as a data URL, where one is known.' })
  icon?: string;
}

/** A passkey as its owner sees it. */
export class PasskeyDto {
  @ApiProperty({
    description: 'Of the passkey here, by which calls name it.',
    example: '4c5cf2cb-1d0f-4b8b-9f5e-0b6f5f2a6c11',
  })
  id!: string;

  @ApiProperty({ description: 'Credential ID, base64url.', example: 'u6O8Yx7kJm3b0qQm1o2a4Q' })
  credentialId!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The owner's own name for it.",
    example: 'My phone',
  })
  name!: string | null;

  @ApiProperty({
    example: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd',
    description: 'Model of the authenticator; zeros when it does not say.',
  })
  aaguid!: string;

  @ApiPropertyOptional({ description: 'Who made it, by the AAGUID; absent when that is not known.' })
  provider?: PasskeyProviderDto;

  @ApiProperty({
    description: 'How the authenticator can be reached, as it said.',
    enum: TRANSPORTS,
    isArray: true,
    example: ['internal', 'hybrid'],
  })
  transports!: Transport[];

  @ApiProperty({
    enum: DEVICE_TYPES,
    description:
      '`multiDevice`: it may be synced (backup eligible); `singleDevice`: it never leaves its device.',
  })
  deviceType!: DeviceType;

  @ApiProperty({ description: 'Whether it is backed up now (backup state).' })
  backedUp!: boolean;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: 'Whether it works without a username (`credProps.rk`); null when the client did not say.',
  })
  discoverable!: boolean | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'When its signature counter last went back, where the policy marks rather than refuses that.',
  })
  cloneSuspectedAt!: string | null;

  @ApiProperty({ description: 'When it was registered.', type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    description: 'When it was last used here; null: not yet.',
    type: String,
    format: 'date-time',
    nullable: true,
  })
  lastUsedAt!: string | null;

  static of(record: CredentialRecord, provider: PasskeyProvider | undefined): PasskeyDto {
    return {
      id: record.id,
      credentialId: toBase64Url(record.credentialId),
      name: record.name,
      aaguid: record.aaguid,
      provider,
      transports: record.transports,
      deviceType: record.backupEligible ? 'multiDevice' : 'singleDevice',
      backedUp: record.backupState,
      discoverable: record.discoverable,
      cloneSuspectedAt: record.cloneSuspectedAt?.toISOString() ?? null,
      createdAt: record.createdAt.toISOString(),
      lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
    };
  }
}

export class RenamePasskeyDto {
  @ApiProperty({ description: 'The new name.', minLength: 1, maxLength: 128, example: 'My phone' })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  @IsVisibleText()
  name!: string;
}

export class AddPasskeyDto {
  @ApiProperty({
    maxLength: 128,
    description: 'A verified registration of this interaction.',
    example: '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11',
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  verificationId!: string;

  @ApiPropertyOptional({
    description: 'By which its owner recognises it. Left out: it has none.',
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 128,
    example: 'My phone',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  @IsVisibleText()
  name?: string | null;
}
