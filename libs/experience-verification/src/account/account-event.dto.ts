import { ApiProperty } from '@nestjs/swagger';
import type { AuditEvent, AuditEventType } from '../audit/audit-event';
import { browserInWords, placeOf } from '../defaults/session-place';

/** What happened to the account, as its owner may know it: never a reason of a refusal, nor a whole address of others. */
export class AccountEventDto {
  @ApiProperty({
    format: 'uuid',
    description: 'Of the event.',
    example: '019ab5f0-6c1e-7c3e-9c55-0f6d3e2b1a00',
  })
  id!: string;

  @ApiProperty({
    type: String,
    example: 'user.signed-in',
    description: 'What happened: one of the types of `GET /api/audit-events`.',
  })
  type!: AuditEventType;

  @ApiProperty({ type: String, format: 'date-time', description: "By the database's clock." })
  createdAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The network it came from: of IPv4 the first 24 bits, of IPv6 the first 48.',
    example: '203.0.113.0/24',
  })
  address!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Browser and system in words.',
    example: 'Firefox on Linux',
  })
  browser!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['management', 'configuration'],
    description: 'Who did it, where it was not the user.',
    example: null,
  })
  by!: 'management' | 'configuration' | null;

  @ApiProperty({
    type: [String],
    description: 'Members of the account that were changed.',
    example: ['primaryEmail'],
  })
  changed!: string[];

  static of({ id, type, createdAt, details }: AuditEvent): AccountEventDto {
    return {
      id,
      type,
      createdAt: new Date(createdAt).toISOString(),
      address: placeOf(details.ip),
      browser: browserInWords(details.userAgent),
      by: details.by ?? null,
      changed: details.changed ?? [],
    };
  }
}

export class AccountEventPageDto {
  @ApiProperty({ type: [AccountEventDto], description: 'Newest first.' })
  events!: AccountEventDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}
