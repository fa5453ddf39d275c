import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { BinaryMember } from '../validation/binary-member';
import { Expose, ExposeRaw } from '../validation/exposed-members';
import type { Base64Url } from './webauthn-types';

/** As long as a body: that an ID has more than 1023 bytes is for the ceremony to find. */
const MAX_CREDENTIAL_ID = 65536;

/** Members that both ceremonies' answers share: PublicKeyCredential as JSON (WebAuthn Level 3, section 5.1). */
export abstract class CredentialPayloadDto {
  @ApiProperty({
    type: String,
    description: 'Credential ID, base64url.',
    maxLength: MAX_CREDENTIAL_ID,
    example: 'u6O8Yx7kJm3b0qQm1o2a4Q',
  })
  @BinaryMember()
  @IsNotEmpty()
  @MaxLength(MAX_CREDENTIAL_ID)
  id!: Base64Url;

  @ApiProperty({
    type: String,
    description: 'The same as `id`.',
    maxLength: MAX_CREDENTIAL_ID,
    example: 'u6O8Yx7kJm3b0qQm1o2a4Q',
  })
  @BinaryMember()
  @IsNotEmpty()
  @MaxLength(MAX_CREDENTIAL_ID)
  rawId!: Base64Url;

  @ApiProperty({
    enum: ['public-key', 'WebAuthn'],
    description: '`WebAuthn` is taken as `public-key`.',
    example: 'public-key',
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(32)
  type!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Client extension outputs.',
    example: {},
  })
  @ExposeRaw()
  @IsOptional()
  @IsObject()
  clientExtensionResults?: Record<string, unknown> | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: '`platform` or `cross-platform`.',
    example: 'platform',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @MaxLength(64)
  authenticatorAttachment?: string | null;

  /** Logto's clients send `WebAuthn`. */
  get credentialType(): string {
    return this.type === 'WebAuthn' ? 'public-key' : this.type;
  }
}
