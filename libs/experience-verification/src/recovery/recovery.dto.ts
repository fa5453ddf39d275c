import { ApiProperty } from '@nestjs/swagger';
import { IsDefined, IsNotEmpty, IsObject, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Expose, Type } from '../validation/exposed-members';
import { IdentifierDto } from '../identifiers/identifier.dto';

export class RecoveryCodesStatusDto {
  @ApiProperty({ description: 'Codes that can still be used.', example: 10 })
  remaining!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null without any.' })
  createdAt!: string | null;
}

export class RecoveryCodesDto {
  @ApiProperty({
    type: [String],
    description: 'Each works once. They are not shown again.',
    example: ['7K3M-Q2ZD-9XW4-B0HE'],
  })
  codes!: string[];
}

export class SendVerificationCodeDto {
  @ApiProperty({ description: 'Of the account to be recovered.' })
  @Expose()
  @Type(() => IdentifierDto)
  @IsDefined()
  @IsObject()
  @ValidateNested()
  identifier!: IdentifierDto;
}

export class VerifyRecoveryCodeDto extends SendVerificationCodeDto {
  @ApiProperty({
    minLength: 1,
    maxLength: 64,
    description: 'Case, spaces and hyphens do not matter.',
    example: '7K3M-Q2ZD-9XW4-B0HE',
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  code!: string;
}

export class VerifyVerificationCodeDto {
  @ApiProperty({
    description: 'Of the answer to the call that sent the code.',
    maxLength: 128,
    example: '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11',
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  verificationId!: string;

  @ApiProperty({ minLength: 1, maxLength: 64, description: 'As it was sent.', example: '48120957' })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  code!: string;
}

export class RecoveryLinkDto {
  @ApiProperty({
    description: 'The sign-in page of the relying party’s first origin, with the secret in its fragment.',
    example: 'https://example.com/#recovery-link=pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  url!: string;

  @ApiProperty({
    description: 'The secret by itself, for a page of your own.',
    example: 'pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  secret!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'From then on it lets nobody in.' })
  expiresAt!: string;
}

export class VerifyRecoveryLinkDto {
  @ApiProperty({
    minLength: 1,
    maxLength: 128,
    description: 'What stands in the link behind `#recovery-link=`.',
    example: 'pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  secret!: string;
}
