import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from './error-catalog';

export class ErrorBodyDto {
  @ApiProperty({ enum: Object.keys(ERRORS), enumName: 'ErrorCode', description: 'Stable, dotted code.' })
  code!: ErrorCode;

  @ApiProperty({ description: 'For people who debug; not meant to be shown as it is.' })
  message!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      'For `guard.invalid_input`: each wrong member and why. For an unknown passkey: `unknownCredential`, with `rpId` and `credentialId`.',
  })
  data?: unknown;
}
