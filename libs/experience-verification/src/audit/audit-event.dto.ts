import { ApiProperty } from '@nestjs/swagger';
import { AUDIT_EVENTS, type AuditDetails, type AuditEvent, type AuditEventType } from './audit-event';

export class AuditEventDto implements Omit<AuditEvent, 'rpId' | 'userId'> {
  @ApiProperty({
    description: 'Of the event.',
    example: '019ab5f0-6c1e-7c3e-9c55-0f6d3e2b1a00',
  })
  id!: string;

  @ApiProperty({
    enum: Object.keys(AUDIT_EVENTS),
    enumName: 'AuditEventType',
    description: Object.entries(AUDIT_EVENTS)
      .map(([type, when]) => `\`${type}\`: ${when}`)
      .join(' '),
  })
  type!: AuditEventType;

  @ApiProperty({ description: 'Relying party where it happened.', example: 'localhost' })
  rpId!: string;

  @ApiProperty({
    description: 'Whose account it is about; null: nobody is known.',
    type: String,
    nullable: true,
    example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10',
  })
  userId!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'Where they apply: `passkeyId`, `credentialId`, `verificationId`, `code` and `reason` of a refusal, `amr`, `changed`, `by`, `token`, `administrator`, `invitation`, `webhook`, `ip`, `userAgent`, `requestId`.',
    example: {
      code: 'session.mfa.webauthn_verification_failed',
      reason: 'the signature is not valid',
      ip: '203.0.113.7',
    },
  })
  details!: AuditDetails;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: "By the database's clock, which the order of events is by.",
  })
  createdAt!: string;
}

export class AuditEventPageDto {
  @ApiProperty({ type: [AuditEventDto], description: 'Newest first.' })
  events!: AuditEventDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}
