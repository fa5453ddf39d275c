import { ApiProperty } from '@nestjs/swagger';
import {
  AUTHENTICATION_METHODS,
  type AuthenticationMethod,
  type SessionSummary,
} from '../ports/session.port';

/** A browser in which the user is signed in. */
export class SessionDto {
  @ApiProperty({
    format: 'uuid',
    description: 'Says nothing about the cookie.',
    example: '0b8f5b0e-8a43-4c52-9d05-6f1c2c7f7a55',
  })
  id!: string;

  @ApiProperty({ description: 'Whether it is the one that asks.' })
  current!: boolean;

  @ApiProperty({ type: String, format: 'date-time', description: 'When it began.' })
  createdAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'When the user last proved who they are in it.',
  })
  authenticatedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When it was last used, to the minute.' })
  lastSeenAt!: string;

  @ApiProperty({
    enum: AUTHENTICATION_METHODS,
    isArray: true,
    description: 'How the user was authenticated in it (RFC 8176).',
    example: ['pop', 'swk', 'user'],
  })
  amr!: AuthenticationMethod[];

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The passkey that opened it; null when none did, such as after a recovery.',
    example: '4c5cf2cb-1d0f-4b8b-9f5e-0b6f5f2a6c11',
  })
  passkeyId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The network it was opened from: of IPv4 the first 24 bits, of IPv6 the first 48.',
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

  static of(session: SessionSummary, currentId: string | null): SessionDto {
    return {
      id: session.id,
      current: session.id === currentId,
      createdAt: session.createdAt.toISOString(),
      authenticatedAt: session.authenticatedAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      amr: session.amr,
      passkeyId: session.passkeyId,
      address: session.address,
      browser: session.browser,
    };
  }
}
